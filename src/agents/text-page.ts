import { commonAnswers } from '../components/operation/answers.ts'
import type { OpenApiDocument } from '../document/index.ts'
import { graphqlPages } from '../graphql/pages.ts'
import type { GraphqlReference } from '../graphql/reference.ts'
import type { FactSource } from '../guides/index.ts'
import { firstSentence, plainText } from '../markdown/first-sentence.ts'
import { guideValueMap } from '../markdown/guide-values.ts'
import type { Reference } from '../model/operation.ts'
import { serverFor } from '../request/index.ts'
import type { Site } from '../site.ts'
import { graphqlMarkdown } from './graphql-markdown.ts'
import { guideMarkdown } from './guide-markdown.ts'
import type { Guide } from './guides.ts'
import { type Link, linksOf } from './links.ts'
import { llmsIndex } from './llms.ts'
import { blocks, oneLine } from './markdown-text.ts'
import { operationMarkdown } from './operation-markdown.ts'
import {
  problemMarkdown,
  problemsMarkdown,
  referenceMarkdown,
  tagMarkdown,
} from './reference-markdown.ts'
import { schemaPageMarkdown, schemasMarkdown } from './schema-page-markdown.ts'

/** A page of the site as text. */
export interface TextPage {
  /** Of the HTML page, below the site's base, with slashes at both ends. */
  path: string
  kind:
    | 'home'
    | 'guide'
    | 'reference'
    | 'tag'
    | 'operation'
    | 'schemas'
    | 'schema'
    | 'problems'
    | 'problem'
    | 'graphql'
    | 'graphql-field'
    | 'graphql-type'
  title: string
  /** One line of bare words; may be empty. */
  description: string
  /** The whole page, its title included. Made when asked for: a large reference has thousands. */
  markdown(): string
}

/** What the pages are made of. */
export interface TextSources {
  site: Site
  document: OpenApiDocument
  reference: Reference
  /** None where the document is someone else's. */
  guides: readonly Guide[]
  /** Nothing where there is no GraphQL API. */
  graphql?: GraphqlReference | undefined
}

/**
 * Every page that has a Markdown twin, in reading order.
 *
 * @throws {GuideMarkdownError} While a guide's `markdown()` runs.
 */
export function textPages(sources: TextSources): TextPage[] {
  const { site, document, reference, guides, graphql } = sources
  const paths = new Set<string>()
  const link = linksOf(site, (path) => paths.has(path), reference)
  const pages: TextPage[] = [
    ...guides.map((guide) => guidePage(guide, { site, source: { document, reference }, link })),
    ...referencePages(reference, site, link),
    ...(graphql ? graphqlTextPages(graphql, reference, site, link) : []),
  ]
  pages.unshift(homePage({ site, document, reference, guides }, pages, link))
  for (const { path } of pages) paths.add(path)
  return pages
}

function homePage(
  { site, reference, guides }: TextSources,
  others: readonly TextPage[],
  link: Link,
): TextPage {
  const isReference = guides.length === 0
  return {
    path: '/',
    kind: 'home',
    title: isReference ? reference.title : site.title,
    description: isReference ? plainText(firstSentence(reference.description)) : site.description,
    markdown: () =>
      isReference
        ? referenceMarkdown(reference, site, link, reference.title)
        : llmsIndex({ site, reference, pages: others, link }),
  }
}

function guidePage(
  guide: Guide,
  { site, source: facts, link }: { site: Site; source: FactSource; link: Link },
): TextPage {
  const { path, title, description, file, source } = guide
  return {
    path,
    kind: 'guide',
    title,
    description,
    markdown: () => {
      // As in the configuration of the site: the path of the document's first server.
      const server = serverFor(facts.reference.servers[0]?.url ?? '', 'http://api')
      const values = guideValueMap(site, server.slice('http://api'.length))
      return blocks(
        `# ${title}`,
        description && `> ${oneLine(description)}`,
        guideMarkdown(source, { file, source: facts, link, values }),
      )
    },
  }
}

function referencePages(reference: Reference, site: Site, link: Link): TextPage[] {
  const context = { link, environment: site.environments[0], common: commonAnswers(reference) }
  const pages: TextPage[] = [
    {
      path: '/reference/',
      kind: 'reference',
      title: 'API reference',
      description: `Every operation of ${reference.title}, on a page of its own.`,
      markdown: () => referenceMarkdown(reference, site, link),
    },
  ]
  for (const tag of reference.tags) {
    pages.push({
      path: tag.href,
      kind: 'tag',
      title: tag.title,
      description: plainText(firstSentence(tag.description)),
      markdown: () => tagMarkdown(tag, link),
    })
    for (const operation of [...tag.operations, ...tag.events]) {
      pages.push({
        path: operation.href,
        kind: 'operation',
        title: operation.summary,
        description: plainText(firstSentence(operation.description)),
        markdown: () => operationMarkdown(operation, context),
      })
    }
  }
  pages.push(...schemaPages(reference, link))
  if (reference.problems.length > 0) {
    pages.push({
      path: '/errors/',
      kind: 'problems',
      title: 'Errors',
      description: 'Every error code of the API: what it means, who answers it, what to do.',
      markdown: () => problemsMarkdown(reference.problems, link),
    })
    for (const problem of reference.problems) {
      pages.push({
        path: problem.href,
        kind: 'problem',
        title: problem.title,
        description: plainText(problem.meaning),
        markdown: () => problemMarkdown(problem, reference, site, link),
      })
    }
  }
  return pages
}

function graphqlTextPages(
  graphql: GraphqlReference,
  rest: Reference,
  { environments }: Site,
  link: Link,
): TextPage[] {
  const text = { reference: graphql, rest, environments, link }
  // The explorer is no text.
  return graphqlPages(graphql, false).map((page) => ({
    path: page.path,
    kind:
      page.view === 'field' ? 'graphql-field' : page.view === 'type' ? 'graphql-type' : 'graphql',
    title: page.title,
    description: page.description,
    markdown: () => graphqlMarkdown(page, text),
  }))
}

function schemaPages(reference: Reference, link: Link): TextPage[] {
  if (reference.schemas.length === 0) return []
  return [
    {
      path: '/reference/schemas/',
      kind: 'schemas',
      title: 'Schemas',
      description: `Every schema of ${reference.title}, with who uses it.`,
      markdown: () => schemasMarkdown(reference, link),
    },
    ...reference.schemas.map(
      (page): TextPage => ({
        path: page.href,
        kind: 'schema',
        title: page.name,
        get description() {
          return plainText(firstSentence(page.description))
        },
        markdown: () => schemaPageMarkdown(page, link),
      }),
    ),
  ]
}
