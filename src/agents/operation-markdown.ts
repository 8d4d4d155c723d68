import { type AnswerSet, statusInWords } from '../components/operation/answers.ts'
import { pathParts } from '../components/operation/path.ts'
import { describeAlternatives, noCredential } from '../components/operation/security.ts'
import { schemaKey, withoutCodes } from '../components/schema/schema-key.ts'
import type {
  EventDescription,
  HeaderDescription,
  MediaTypeDescription,
  Operation,
  Parameter,
  RequestBodyDescription,
  ResponseDescription,
} from '../model/operation.ts'
import { exampleRequest } from '../request/example-request.ts'
import { RequestError, serverFor } from '../request/index.ts'
import { namesNoHost, unnamedHost } from '../request/server.ts'
import type { Environment } from '../site.ts'
import { printCurl, SnippetError, textOf } from '../snippets/index.ts'
import { serverLines } from './about-markdown.ts'
import { settleDescription } from './description.ts'
import { examples } from './example-markdown.ts'
import { documentLink, type Link } from './links.ts'
import { blocks, codeBlock, codeSpan, indented, oneLine, plainWords } from './markdown-text.ts'
import { encodingLines, linkLines, parameterLines } from './parameter-markdown.ts'
import { describedItem, rowLines, schemaLines } from './schema-markdown.ts'

/** What a page of text needs besides the thing it tells of. */
export interface TextContext {
  link: Link
  /** The environment whose addresses are printed. */
  environment: Pick<Environment, 'api'> | undefined
  /** Errors of nearly every call, whose examples the pages leave out. */
  common: AnswerSet
}

/** Everything the page of an operation says, as Markdown. */
export function operationMarkdown(operation: Operation, context: TextContext): string {
  const { link } = context
  const { externalDocs, requestBody } = operation
  return blocks(
    `# ${plainWords(operation.summary)}`,
    codeSpan(routeOf(operation)),
    operation.deprecated && '**Deprecated.** It still works; new code should not use it.',
    gaps(operation.gaps),
    operation.event ? whoSends(operation.event, link) : needs(operation),
    operation.confirm && `**Careful:** ${oneLine(operation.confirm)}`,
    settleDescription(operation.description, 3, link),
    externalDocs &&
      documentLink(externalDocs.description || externalDocs.url, externalDocs.url, link),
    operation.servers.length > 0 &&
      operation.serversOf !== 'document' &&
      blocks(
        'Not served where the rest of the API is, but at:',
        serverLines(operation.servers, link),
      ),
    operation.event ? undefined : curl(operation, context),
    ...operation.samples.map(({ label, lang, source }) =>
      blocks(`${plainWords(label || lang || 'Sample')}:`, codeBlock(lang.toLowerCase(), source)),
    ),
    ...places.map(({ place, title }) => parameters(operation.parameters, place, title, link)),
    requestBody && body(requestBody, link, operation.event ? 0 : 1),
    answers(operation.responses, context),
    callbacks(operation, link),
  )
}

/** What is missing because the document is broken. */
export function gaps(missing: Operation['gaps']): string | undefined {
  if (missing.length === 0) return undefined
  return blocks(
    '**Incomplete.** The OpenAPI document has mistakes, so something is missing here:',
    missing.map(({ message, place }) => `- ${plainWords(message)} (${codeSpan(place)})`).join('\n'),
  )
}

/** Method and path from the root of the API's origin: `GET /v1/streams`. */
export function routeOf(
  operation: Pick<Operation, 'method' | 'server' | 'path'> & Partial<Pick<Operation, 'event'>>,
): string {
  const path = pathParts(operation)
    .map(({ text }) => text)
    .join('')
  return `${operation.method} ${path}`
}

/** It is not the reader who calls: the page says who does, and why. */
function whoSends({ kind, cause }: EventDescription, link: Link): string {
  if (kind === 'webhook' || !cause) return 'The API sends this request to you.'
  return `The API sends this request because of [${plainWords(cause.summary)}](${link(cause.href)}).`
}

/** Requests that the API sends because of this one; each has a page. */
function callbacks({ callbacks: all }: Operation, link: Link): string | undefined {
  if (all.length === 0) return undefined
  const lines = all.map(({ name, summary, href, method, expression }) => {
    const route = codeSpan(`${method} ${expression}`)
    return `- ${codeSpan(name)}: [${plainWords(summary)}](${link(href)}), ${route}`
  })
  return blocks('## Callbacks', lines.join('\n'))
}

/** Which credential and scopes a call needs. */
export function needs({
  security,
  securityStated,
}: Pick<Operation, 'security' | 'securityStated'>): string {
  const alternatives = security.filter((alternative) => alternative.length > 0)
  if (alternatives.length === 0) return noCredential(securityStated)
  const optional = alternatives.length < security.length
  const words = describeAlternatives(alternatives).map((phrases) =>
    phrases.map(({ text, scope }) => (scope ? codeSpan(text) : text)).join(''),
  )
  const scopes = new Map(
    alternatives.flatMap((schemes) =>
      schemes.flatMap((scheme) => scheme.scopes.map((scope) => [scope.name, scope] as const)),
    ),
  )
  const described = [...scopes.values()].filter(({ description }) => description)
  const lines = described.map(({ name, description, dangerous }) => {
    const words = `${oneLine(description)}${dangerous ? ' **It deletes or spends.**' : ''}`
    return described.length > 1 ? `- ${codeSpan(name)} allows: ${words}` : `Allows: ${words}`
  })
  return blocks(
    `${optional ? 'Takes' : 'Needs'} ${words.join(' or ')}${optional ? ', and works without too.' : '.'}`,
    lines.join('\n'),
  )
}

function curl(operation: Operation, { environment }: TextContext): string | undefined {
  const [credential, other] = operation.credentials
  try {
    const request = exampleRequest(operation, serverFor(operation.server, environment?.api))
    const instead = other && `${other.header}: ${other.prefix}$${other.variable}`
    return blocks(
      '## Request',
      codeBlock('sh', textOf(printCurl(request, credential))),
      operation.requestBody?.content[0]?.examples[0]?.generated &&
        'The body is made from the schema.',
      namesNoHost(operation.server, environment?.api) &&
        `The document names no host: put yours in the place of ${codeSpan(new URL(unnamedHost).host)}.`,
      instead && `Instead of the key, a token: ${codeSpan(`-H "${instead}"`)}.`,
    )
  } catch (error) {
    // A document may describe what no request can hold; its page has no sample either.
    if (error instanceof RequestError || error instanceof SnippetError) return undefined
    throw error
  }
}

const places = [
  { place: 'path', title: 'Path' },
  { place: 'query', title: 'Query' },
  { place: 'querystring', title: 'Query string' },
  { place: 'header', title: 'Headers' },
  { place: 'cookie', title: 'Cookies' },
] as const

function parameters(
  all: readonly Parameter[],
  place: Parameter['in'],
  title: string,
  link: Link,
): string | undefined {
  const here = all.filter((parameter) => parameter.in === place)
  if (here.length === 0) return undefined
  const rows = here.flatMap((parameter) => parameterLines(parameter, link))
  return blocks(`## ${title}`, rows.join('\n'))
}

/** @param shown How many examples of the first media type the page has shown before. */
function body(
  { required, description, content }: RequestBodyDescription,
  link: Link,
  shown: number,
): string {
  return blocks(
    '## Body',
    settleDescription(description, 3, link),
    ...content.map((media) =>
      blocks(
        `${codeSpan(media.mediaType)}${required ? '' : ', optional'}${sequenceWords(media)}:`,
        fields(media, link, false),
        encodingLines(media, link).join('\n'),
        media === content[0] && shown === 1 && shownExample(media, link),
        examples(media, link, media === content[0] ? shown : 0),
      ),
    ),
  )
}

/** The example of the request above, where the document says more of it. */
function shownExample({ examples: [first] }: MediaTypeDescription, link: Link): string {
  if (!first || (first.summary === '' && first.description === '')) return ''
  return describedItem(
    `Example in the request: ${plainWords(first.summary || first.name)}`,
    first.description,
    link,
  ).join('\n')
}

function answers(responses: readonly ResponseDescription[], { link, common }: TextContext): string {
  const errors = responses.filter(isError)
  return blocks(
    '## Answers',
    ...responses
      .filter((response) => !isError(response))
      .map((response) =>
        blocks(
          `### ${plainWords(statusInWords(response.status))}`,
          settleDescription(response.description, 4, link),
          ...response.content.map((media) =>
            blocks(mediaLine(media), fields(media, link, true), examples(media, link)),
          ),
          linkLines(response.links, link).join('\n'),
        ),
      ),
    errors.length > 0 &&
      blocks(
        '### Errors',
        errorList(errors, link),
        errorFields(errors, link),
        ...errors.filter((error) => !common.has(error)).map((error) => errorExamples(error, link)),
      ),
    headers(responses, link),
  )
}

function errorList(errors: readonly ResponseDescription[], link: Link): string {
  const lines = errors.flatMap(({ status, description, problems, links }) => [
    ...describedItem(plainWords(statusInWords(status)), description, link),
    ...indented(
      problems.flatMap(({ code, meaning }) => describedItem(codeSpan(code), meaning, link)),
    ),
    ...indented(linkLines(links, link)),
  ])
  return lines.join('\n')
}

/** An error looks the same whatever its status: its fields are spelled out once. */
function errorFields(errors: readonly ResponseDescription[], link: Link): string {
  const shapes = new Map<string, { statuses: Set<string>; media: MediaTypeDescription }>()
  for (const { status, content, problems } of errors) {
    for (const media of content) {
      const view = media.view && withoutCodes(media.view, problems)
      const key = `${media.mediaType} ${view ? schemaKey(view) : ''}`
      const shape = shapes.get(key) ?? {
        statuses: new Set<string>(),
        media: { ...media, ...(view && { view }) },
      }
      shapes.set(key, { ...shape, statuses: shape.statuses.add(status) })
    }
  }
  const all = [...shapes.values()]
  return blocks(
    ...all.map(({ statuses, media }) => {
      const whose = all.length > 1 ? [...statuses].join(', ') : 'each'
      return blocks(`Fields of ${whose}, ${mediaLine(media)}`, fields(media, link, true))
    }),
  )
}

function errorExamples({ status, content }: ResponseDescription, link: Link): string {
  return blocks(...content.map((media) => examples(media, link, 0, `Example of ${status}`)))
}

/** What all answers carry, each header once, with the answers that have it. */
function headers(responses: readonly ResponseDescription[], link: Link): string | undefined {
  const found = new Map<string, { header: HeaderDescription; statuses: string[] }>()
  for (const { status, headers: all } of responses) {
    for (const header of all) {
      const key = JSON.stringify({ ...header, anchor: '', view: schemaKey(header.view) })
      const entry = found.get(key) ?? { header, statuses: [] }
      entry.statuses.push(status)
      found.set(key, entry)
    }
  }
  if (found.size === 0) return undefined
  const rows = [...found.values()].flatMap(({ header, statuses }) => {
    const row = {
      ...header,
      schema: header.view,
      required: undefined,
      note: noteOf(header, whoCarries(statuses, responses)),
    }
    return rowLines(row, { link, received: true })
  })
  return blocks('### Headers of answers', rows.join('\n'))
}

function noteOf({ required }: HeaderDescription, whose: string): string {
  return required ? `always sent, ${whose}` : whose
}

function whoCarries(
  statuses: readonly string[],
  responses: readonly ResponseDescription[],
): string {
  const others = responses.map(({ status }) => status).filter((one) => !statuses.includes(one))
  if (others.length === 0) return 'with every answer'
  return others.length < statuses.length
    ? `with every answer but ${others.join(', ')}`
    : `with ${statuses.join(', ')}`
}

function sequenceWords({ sequence }: MediaTypeDescription): string {
  return sequence ? ', a sequence; each item is' : ''
}

function mediaLine(media: MediaTypeDescription): string {
  const { mediaType, view } = media
  const words = view && (view.name && view.type === 'object' ? view.name : view.type)
  return `${codeSpan(mediaType)}${sequenceWords(media)}${words ? `, ${oneLine(words)}` : ''}:`
}

function fields({ view }: MediaTypeDescription, link: Link, received: boolean): string {
  return view ? schemaLines(view, { link, received }).join('\n') : ''
}

function isError({ status }: ResponseDescription): boolean {
  return /^[45]/.test(status) || status === 'default'
}
