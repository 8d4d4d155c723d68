import { STATUS_CODES } from 'node:http'
import { firstSentence } from '../markdown/first-sentence.ts'
import type { Operation, Problem, Reference, Tag } from '../model/operation.ts'
import { serverFor } from '../request/index.ts'
import type { Site } from '../site.ts'
import { aboutMarkdown, schemesMarkdown, serverLines } from './about-markdown.ts'
import { settleDescription, settleInline } from './description.ts'
import { documentLink, type Link } from './links.ts'
import { blocks, codeSpan, oneLine, plainWords } from './markdown-text.ts'
import { gaps, routeOf } from './operation-markdown.ts'

/** The front page of the reference: where the API is, and every operation by tag. */
export function referenceMarkdown(
  reference: Reference,
  site: Pick<Site, 'environments'>,
  link: Link,
  title = 'API reference',
): string {
  const facts = [
    ...baseUrls(reference, site),
    `- Version: ${plainWords(reference.version)}`,
    `- OpenAPI: [JSON](${link('/openapi.json')}) or [YAML](${link('/openapi.yaml')})`,
  ]
  if (reference.problems.length > 0) {
    facts.push(`- Errors: [${reference.problems.length} codes](${link('/errors/')})`)
  }
  return blocks(
    `# ${plainWords(title)}`,
    gaps(reference.gaps),
    settleDescription(reference.description, 3, link),
    facts.join('\n'),
    (reference.serverDescriptions.length > 1 ||
      site.environments.length === 0 ||
      reference.serverDescriptions.some(({ variables }) => variables.length > 0)) &&
      blocks('## Servers', serverLines(reference.serverDescriptions, link)),
    schemesMarkdown(reference.securitySchemes, link),
    aboutMarkdown(reference, link),
    ...reference.tags.map((tag) =>
      blocks(
        `## [${plainWords(tag.title)}](${link(tag.href)})`,
        operationList([...tag.operations, ...tag.events], link, false),
      ),
    ),
  )
}

/** One line for each environment, as it is called and where its API is. */
export function baseUrls(
  { servers }: Pick<Reference, 'servers'>,
  { environments }: Pick<Site, 'environments'>,
): string[] {
  return environments.map(({ name, api }) => {
    const label = environments.length > 1 ? `Base URL, ${plainWords(name)}` : 'Base URL'
    return `- ${label}: ${codeSpan(servers[0] ? serverFor(servers[0].url, api) : api)}`
  })
}

/** A tag and its operations. */
export function tagMarkdown(tag: Tag, link: Link): string {
  const { externalDocs } = tag
  return blocks(
    `# ${plainWords(tag.title)}`,
    settleDescription(tag.description, 3, link),
    externalDocs &&
      documentLink(externalDocs.description || externalDocs.url, externalDocs.url, link),
    operationList(tag.operations, link, true),
    tag.events.length > 0 &&
      blocks('## Events', 'Requests that the API sends.', operationList(tag.events, link, true)),
    tag.also.length > 0 && blocks('## See also', operationList(tag.also, link, false)),
  )
}

/** Every error code by status. */
export function problemsMarkdown(problems: readonly Problem[], link: Link): string {
  const groups = [...Map.groupBy(problems, ({ status }) => status)].toSorted(([a], [b]) => a - b)
  return blocks(
    '# Errors',
    'An error is a problem document ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with a `code` that stays the same. Branch on the code, show `detail` to people.',
    ...groups.map(([status, members]) =>
      blocks(
        `## ${statusWithName(status)}`,
        members
          .map(({ code, href, meaning }) => {
            return `- [${codeSpan(code)}](${link(href)}): ${lineOf(meaning, link)}`
          })
          .join('\n'),
      ),
    ),
  )
}

/** One error code: what it means, what to do, who answers it. */
export function problemMarkdown(
  problem: Problem,
  reference: Reference,
  site: Pick<Site, 'url'>,
  link: Link,
): string {
  const callers = new Set(problem.operations)
  const operations = reference.operations.filter(({ id }) => callers.has(id))
  return blocks(
    `# ${plainWords(problem.title)}`,
    [
      `- Code: ${codeSpan(problem.code)}`,
      `- Status: ${statusWithName(problem.status)}`,
      `- Type: ${codeSpan(site.url + problem.href)}`,
    ].join('\n'),
    blocks('## What it means', settleDescription(problem.meaning, 3, link)),
    blocks('## What to do', settleDescription(problem.remedy, 3, link)),
    operations.length > 0 &&
      blocks(
        '## Who answers it',
        operations.length === reference.operations.length
          ? 'Every operation may.'
          : operationList(operations, link, false),
      ),
  )
}

/** @param described Adds the first sentence of each. */
export function operationList(
  operations: readonly Operation[],
  link: Link,
  described: boolean,
): string {
  return operations.map((operation) => operationLine(operation, link, described)).join('\n')
}

function operationLine(operation: Operation, link: Link, described: boolean): string {
  const words = described ? settleInline(firstSentence(operation.description), link) : undefined
  return [
    `- [${plainWords(operation.summary)}](${link(operation.href)}): ${codeSpan(routeOf(operation))}`,
    operation.deprecated ? ' (deprecated)' : '',
    words ? `. ${words}` : '',
  ].join('')
}

function statusWithName(status: number): string {
  const name = STATUS_CODES[status]
  return name ? `${status} ${name}` : String(status)
}

/** What fits on one line, whatever it was. */
function lineOf(markdown: string, link: Link): string {
  return settleInline(markdown, link) ?? oneLine(settleDescription(markdown, 6, link))
}
