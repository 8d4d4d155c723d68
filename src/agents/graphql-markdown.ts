import { operationOf, scopesOf } from '../components/graphql/scopes.ts'
import { exampleOf, exampleRequest, textOf } from '../graphql/example.ts'
import type { GraphqlPage } from '../graphql/pages.ts'
import {
  type GraphqlField,
  type GraphqlInput,
  type GraphqlReference,
  type GraphqlRoot,
  type GraphqlType,
  type GraphqlValue,
  graphqlSdl,
  graphqlTypes,
  type RootField,
  type TypeUse,
  typeKinds,
} from '../graphql/reference.ts'
import { firstSentence } from '../markdown/first-sentence.ts'
import type { Reference } from '../model/operation.ts'
import type { Environment } from '../site.ts'
import { printCurl, textOf as snippetText } from '../snippets/index.ts'
import { settleDescription, settleInline } from './description.ts'
import type { Link } from './links.ts'
import { blocks, codeBlock, codeSpan, indented, oneLine, plainWords } from './markdown-text.ts'
import { needs } from './operation-markdown.ts'

/** What a page about the schema needs besides the schema. */
export interface GraphqlText {
  reference: GraphqlReference
  rest: Reference
  environments: readonly Pick<Environment, 'name' | 'api'>[]
  link: Link
}

/** Everything the page says, as Markdown. */
export function graphqlMarkdown(page: GraphqlPage, text: GraphqlText): string {
  switch (page.view) {
    case 'home':
    case 'explorer':
      return home(text)
    case 'root':
      return blocks(
        `# ${page.title}`,
        settleDescription(page.root.description, 3, text.link),
        fieldList(page.root, text.link),
      )
    case 'field':
      return blocks(`# ${page.title}`, fieldText(page.field, text))
    case 'types':
      return blocks(`# ${page.title}`, typeList(text))
    case 'type':
      return blocks(`# ${page.title}`, typeText(page.type, text))
  }
}

function home({ reference, environments, link }: GraphqlText): string {
  return blocks(
    '# GraphQL API',
    'One address, one query language: ask for exactly the fields you need, of several things at once. ' +
      `Credentials, scopes, rules and error codes are those of the [REST API](${link('/reference/')}); ` +
      'each field says which scope it takes.',
    [
      ...environments.map(({ name, api }) => {
        const label = environments.length > 1 ? `Endpoint, ${plainWords(name)}` : 'Endpoint'
        return `- ${label}: ${codeSpan(`POST ${api}${reference.path}`)}`
      }),
      `- Schema: [SDL](${link(graphqlSdl)})`,
      `- Types: [${reference.types.length}, by kind](${link(graphqlTypes)})`,
    ].join('\n'),
    ...reference.roots.map((root) =>
      blocks(
        `## [${root.title}](${link(root.href)})`,
        settleDescription(root.description, 3, link),
        fieldList(root, link),
      ),
    ),
  )
}

function fieldList({ fields }: GraphqlRoot, link: Link): string {
  return fields
    .map(({ name, href, description, deprecated }) => {
      const mark = deprecated === undefined ? '' : ' (deprecated)'
      return `- [${codeSpan(name)}](${link(href)})${mark}${said(firstSentence(description), link)}`
    })
    .join('\n')
}

function typeList({ reference, link }: GraphqlText): string {
  return blocks(
    ...typeKinds.map(({ kind, title }) => {
      const types = reference.types.filter((type) => type.kind === kind)
      if (types.length === 0) return undefined
      const lines = types.map(({ name, href, description }) => {
        return `- [${codeSpan(name)}](${link(href)})${said(firstSentence(description), link)}`
      })
      return blocks(`## ${title}`, lines.join('\n'))
    }),
  )
}

function fieldText(field: RootField, text: GraphqlText): string {
  const { reference, rest, link } = text
  const operation = operationOf(field.operation, rest)
  const answer = reference.types.find(({ name }) => name === field.type.name)
  const orNull = field.type.after.endsWith('!') ? '' : ', or null with an entry in `errors`'
  return blocks(
    codeSpan(`${field.root} { ${field.name}: ${textOf(field.type)} }`),
    deprecation(field.deprecated),
    operation && needs(operation),
    operation?.confirm && `**Careful:** ${oneLine(operation.confirm)}`,
    settleDescription(field.description, 3, link),
    operation &&
      `In the REST API: [${plainWords(operation.summary)}](${link(operation.href)}). Rules and error codes are the same.`,
    curl(field, text),
    field.args.length > 0 && blocks('## Arguments', inputLines(field.args, text, true)),
    blocks(
      '## Answer',
      typeWords(field.type, link) + orNull,
      answer && answerText(answer, scopesOf(field.operation, rest), text),
    ),
  )
}

function answerText(type: GraphqlType, given: readonly string[], text: GraphqlText): string {
  return blocks(
    settleDescription(type.description, 4, text.link),
    type.possible.length > 0 &&
      `One of ${type.possible.map((one) => typeWords(one, text.link)).join(', ')}.`,
    valueLines(type.values, text.link),
    fieldLines(type.fields, given, text),
  )
}

function curl(field: RootField, { reference, rest, environments }: GraphqlText): string {
  const example = exampleOf(field, reference, rest)
  const request = exampleRequest(example, reference, environments[0]?.api ?? '')
  const like =
    operationOf(field.operation, rest) ??
    rest.operations.find(({ credentials }) => credentials.length > 0)
  return codeBlock('sh', snippetText(printCurl(request, like?.credentials[0])))
}

function typeText(type: GraphqlType, text: GraphqlText): string {
  const { link, rest } = text
  const given = scopesOf(type.operation, rest)
  const kind = typeKinds.find((one) => one.kind === type.kind)?.one ?? ''
  const interfaces = type.interfaces.map((one) => typeWords(one, link)).join(', ')
  return blocks(
    `${kind}${interfaces === '' ? '' : ` with the fields of ${interfaces}`}`,
    settleDescription(type.description, 3, link),
    given.length > 0 && `Reading it needs ${given.map(codeSpan).join(', ')}.`,
    type.possible.length > 0 &&
      blocks('## May be', type.possible.map((one) => `- ${typeWords(one, link)}`).join('\n')),
    type.fields.length > 0 && blocks('## Fields', fieldLines(type.fields, given, text)),
    type.inputs.length > 0 && blocks('## Fields', inputLines(type.inputs, text, false)),
    type.values.length > 0 && blocks('## Values', valueLines(type.values, link)),
    type.specifiedBy && `[Specification of ${type.name}](${type.specifiedBy})`,
    type.usedBy.length > 0 &&
      blocks(
        '## Used by',
        type.usedBy.map(({ label, href }) => `- [${codeSpan(label)}](${link(href)})`).join('\n'),
      ),
  )
}

function fieldLines(
  fields: readonly GraphqlField[],
  given: readonly string[],
  text: GraphqlText,
): string {
  const lines = fields.flatMap((field) => {
    const scopes = scopesOf(field.operation, text.rest).filter((scope) => !given.includes(scope))
    const needed = scopes.length > 0 ? `, needs ${scopes.map(codeSpan).join(' and ')}` : ''
    return [
      `- ${codeSpan(field.name)}: ${typeWords(field.type, text.link)}${needed}${said(field.description, text.link)}${mark(field.deprecated)}`,
      ...indented(field.args.flatMap((arg) => inputLine(arg, text.link))),
    ]
  })
  return lines.join('\n')
}

/** @param inside Spell the fields of inputs out, as the page of a query or mutation does. */
function inputLines(
  inputs: readonly GraphqlInput[],
  { reference, link }: GraphqlText,
  inside: boolean,
): string {
  const lines = inputs.flatMap((input) => {
    const type = reference.types.find(({ name }) => name === input.type.name)
    const values = type ? valueLines(type.values, link).split('\n').filter(Boolean) : []
    const fields =
      inside && type
        ? type.inputs
            .filter(({ deprecated }) => deprecated === undefined)
            .flatMap((field) => inputLine(field, link))
        : []
    return [...inputLine(input, link), ...indented([...values, ...fields])]
  })
  return lines.join('\n')
}

function inputLine(input: GraphqlInput, link: Link): string[] {
  const facts = [
    typeWords(input.type, link),
    ...(input.required ? ['required'] : []),
    ...(input.default === undefined ? [] : [`default ${codeSpan(input.default)}`]),
  ]
  return [
    `- ${codeSpan(input.name)}: ${facts.join(', ')}${said(input.description, link)}${mark(input.deprecated)}`,
  ]
}

function valueLines(values: readonly GraphqlValue[], link: Link): string {
  return values
    .map(({ name, description, deprecated }) => {
      return `- ${codeSpan(name)}${said(description, link)}${mark(deprecated)}`
    })
    .join('\n')
}

/** `[Stream!]!` as a link that shows exactly that. */
function typeWords(type: TypeUse, link: Link): string {
  const words = codeSpan(textOf(type))
  return type.href === undefined ? words : `[${words}](${link(type.href)})`
}

function said(description: string, link: Link): string {
  if (description.trim() === '') return ''
  return `. ${settleInline(description, link) ?? oneLine(settleDescription(description, 6, link))}`
}

function mark(reason: string | undefined): string {
  return reason === undefined ? '' : ` **Deprecated.** ${oneLine(reason)}`
}

function deprecation(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `**Deprecated.** ${oneLine(reason)}`
}
