import { graphqlSdl } from '../graphql/reference.ts'
import { firstSentence, plainText } from '../markdown/first-sentence.ts'
import type { Operation, Reference } from '../model/operation.ts'
import type { Site } from '../site.ts'
import type { Link } from './links.ts'
import { blocks, codeSpan, oneLine, plainWords } from './markdown-text.ts'
import { routeOf } from './operation-markdown.ts'
import { baseUrls } from './reference-markdown.ts'
import type { TextPage } from './text-page.ts'

/** With more, the index names tags only and the full text goes as far: no one reads thousands. */
const mostOperations = 150

/** Pages of which a large reference has thousands. */
const ofOneThing = new Set<TextPage['kind']>([
  'operation',
  'schema',
  'graphql-field',
  'graphql-type',
])

export interface LlmsSources {
  site: Site
  reference: Reference
  pages: readonly TextPage[]
  link: Link
}

/**
 * The index of all pages for programs that read: `/llms.txt`.
 *
 * @see https://llmstxt.org
 */
export function llmsIndex({ site, reference, pages, link }: LlmsSources): string {
  const title = site.foreignDocument ? reference.title : site.title
  const summary = site.foreignDocument
    ? plainText(firstSentence(reference.description)) || `Reference of ${reference.title}.`
    : site.description
  const ofKind = (...kinds: TextPage['kind'][]) => pages.filter(({ kind }) => kinds.includes(kind))
  const list = (some: readonly TextPage[]): string =>
    some.map((page) => line(page, link, operations.get(page.path))).join('\n')
  const operations = new Map(
    [...reference.operations, ...reference.events].map((operation) => [operation.href, operation]),
  )
  const isLarge = operations.size > mostOperations
  const manyFields = ofKind('graphql-field').length > mostOperations
  const guides = ofKind('guide')
  return `${blocks(
    `# ${plainWords(title)}`,
    `> ${plainWords(summary)}`,
    [
      ...baseUrls(reference, site),
      ...credentialLines(reference),
      '- Every page of this site is also Markdown: put `.md` in place of the last slash of its address.',
    ].join('\n'),
    guides.length > 0 && blocks('## Guides', list(guides)),
    blocks(
      '## API reference',
      list(ofKind('reference', 'schemas', 'problems', ...(isLarge ? ['tag' as const] : []))),
    ),
    ...(isLarge ? [] : reference.tags).map((tag) =>
      blocks(
        `## ${plainWords(tag.title)}`,
        list(
          ofKind('tag', 'operation').filter(
            ({ path }) => operations.get(path)?.tag === tag.slug || path === tag.href,
          ),
        ),
      ),
    ),
    !isLarge && reference.schemas.length > 0 && blocks('## Schemas', list(ofKind('schema'))),
    ofKind('graphql').length > 0 &&
      blocks(
        '## GraphQL',
        list(ofKind('graphql', ...(manyFields ? [] : ['graphql-field' as const]))),
      ),
    blocks(
      '## Optional',
      [
        `- [The pages in one file](${link('/llms-full.txt')}): ${isLarge ? 'all but those of single operations and schemas' : 'all of them, one after the other'}`,
        `- [OpenAPI document, JSON](${link('/openapi.json')}): the description of the API for programs`,
        `- [OpenAPI document, YAML](${link('/openapi.yaml')}): the same, easier to read`,
        ...(ofKind('graphql').length > 0
          ? [`- [GraphQL schema](${link(graphqlSdl)}): the GraphQL API in its definition language`]
          : []),
      ].join('\n'),
    ),
  )}\n`
}

/** The pages, one after the other: `/llms-full.txt`. */
export function llmsFull({ site, reference, pages, link }: LlmsSources): string {
  const isLarge = reference.operations.length > mostOperations
  const texts = pages
    .filter(({ kind }) => kind !== 'home' && !(isLarge && ofOneThing.has(kind)))
    .map((page) => blocks(page.markdown(), `Page: ${site.url}${page.path}`))
  return `${[llmsIndex({ site, reference, pages, link }).trim(), ...texts].join('\n\n---\n\n')}\n`
}

function line(
  { path, title, description }: TextPage,
  link: Link,
  operation?: Operation | undefined,
): string {
  const words = [operation && codeSpan(routeOf(operation)), oneLine(description)].filter(Boolean)
  const text = words.length > 0 ? `: ${words.join('. ')}` : ''
  return `- [${plainWords(title)}](${link(path)})${text}`
}

/** How a request says who sends it, as the document's own operations need it. */
function credentialLines({ operations }: Reference): string[] {
  const seen = new Map(
    operations.flatMap(({ credentials }) =>
      credentials.map((credential) => [credential.header, credential] as const),
    ),
  )
  if (seen.size === 0) return []
  const headers = [...seen.values()].map(({ header, prefix, variable }) => {
    return codeSpan(`${header}: ${prefix}$${variable}`)
  })
  return [`- Credential, one of them: ${headers.join(' or ')}`]
}
