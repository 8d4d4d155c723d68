import { loadGraphql } from '../graphql/load.ts'
import type { GraphqlReference } from '../graphql/reference.ts'
import { loadDocument, loadReference } from '../model/load.ts'
import type { Reference } from '../model/operation.ts'
import { readSite, type Site } from '../site.ts'
import { readGuides, stampOfGuides } from './guides.ts'
import { type Link, linksOf } from './links.ts'
import { type TextPage, textPages } from './text-page.ts'

/** The text faces of the site, ready to be printed. */
export interface Texts {
  site: Site
  reference: Reference
  /** Nothing where there is no GraphQL API. */
  graphql: GraphqlReference | undefined
  /** In reading order. */
  pages: readonly TextPage[]
  byPath: ReadonlyMap<string, TextPage>
  link: Link
}

let kept: { stamp: string; texts: Texts } | undefined

/**
 * The pages of the site as text: made once, and again when the document or a guide has changed.
 *
 * @throws {DocumentError}
 */
export async function loadTexts(): Promise<Texts> {
  const site = readSite()
  const reference = await loadReference()
  const graphql = await loadGraphql()
  const stamp = site.foreignDocument ? '' : stampOfGuides()
  const { texts: last } = kept ?? {}
  if (last?.reference === reference && last.graphql === graphql && kept?.stamp === stamp) {
    return last
  }
  const pages = textPages({
    site,
    document: await loadDocument(),
    reference,
    guides: site.foreignDocument ? [] : readGuides(),
    graphql,
  })
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const texts: Texts = {
    site,
    reference,
    graphql,
    pages,
    byPath,
    link: linksOf(site, (path) => byPath.has(path), reference),
  }
  kept = { stamp, texts }
  return texts
}
