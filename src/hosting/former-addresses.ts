import { type Guide, readGuides } from '../agents/guides.ts'
import { markdownTwinPath } from '../agents/links.ts'
import { child, type OpenApiDocument } from '../document/index.ts'
import { loadDocument, loadReference } from '../model/load.ts'
import type { Operation, Reference } from '../model/operation.ts'
import type { Site } from '../site.ts'
import type { Redirect } from './redirects.ts'

export interface FormerSite {
  /** Where its reference was: an operation's page lay in `/<tag>/<slug>` below. */
  reference: string
  document: OpenApiDocument
  operations: Pick<Reference, 'operations' | 'tags'>
  guides: readonly Pick<Guide, 'path' | 'formerly'>[]
}

/** Those of the site that is built; none where there was no earlier one. */
export async function redirectsOf({ formerReference }: Site): Promise<Redirect[]> {
  if (formerReference === undefined) return []
  return formerAddresses({
    reference: formerReference,
    document: await loadDocument(),
    operations: await loadReference(),
    guides: readGuides(),
  })
}

/**
 * Where the addresses of an earlier site lead now, pages and their Markdown twins.
 *
 * The slug of an operation was made from its summary. One that had another summary then is named
 * by `x-former-slugs` in the OpenAPI document, and a guide names its old addresses by `formerly`.
 */
export function formerAddresses({
  reference,
  document,
  operations,
  guides,
}: FormerSite): Redirect[] {
  const pages = [
    ...guides.flatMap(({ path, formerly }) => formerly.map((from) => ({ from, to: path }))),
    ...operations.operations
      .filter(({ event }) => event === undefined)
      .flatMap((operation) =>
        slugsOf(document, operation).map((slug) => ({
          from: `${reference}/${operation.tag}/${slug}`,
          to: operation.href,
        })),
      ),
  ]
  return [
    ...pages,
    ...pages.map(({ from, to }) => ({ from: `${from}.md`, to: markdownTwinPath(to) })),
    // Whatever else there was: close to what was looked for.
    ...operations.tags.flatMap(({ slug, href }) => below(`${reference}/${slug}`, href)),
    ...below(reference, '/reference/'),
  ]
}

function below(from: string, to: string): Redirect[] {
  return [
    { from, to },
    { from: `${from}/*`, to },
  ]
}

function slugsOf({ json }: OpenApiDocument, { summary, path, method }: Operation): string[] {
  const raw = child(child(child(json, 'paths'), path), method.toLowerCase())
  const former = child(raw, 'x-former-slugs')
  const named = Array.isArray(former) ? former.filter((slug) => typeof slug === 'string') : []
  return [...new Set([...named, summarySlug(summary)])]
}

/** `Get a stream's live stats` → `get-a-streams-live-stats`. */
function summarySlug(summary: string): string {
  return summary
    .toLowerCase()
    .replace(/[^a-z0-9\s-]/g, '')
    .trim()
    .replace(/[\s-]+/g, '-')
}
