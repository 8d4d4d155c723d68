import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as pagefind from 'pagefind'
import type { Reference } from '../model/operation.ts'
import { joinBase } from '../site-path.ts'
import { pageRecords } from './page-records.ts'
import type { RecordKind, SearchRecord } from './record.ts'
import { referenceRecords } from './reference-records.ts'

/** Records sent to the indexer at once. */
const batch = 200

/** The search's index could not be written. */
export class SearchIndexError extends Error {
  override readonly name = 'SearchIndexError'
  readonly code = 'search_index'
}

/**
 * Writes the search's index into a built site: a record for each thing of the reference, and for
 * each section of the other pages.
 *
 * @param folder The built site.
 * @returns The number of records.
 * @throws {SearchIndexError}
 */
export async function writeSearchIndex(
  folder: string,
  reference: Reference,
  base: string,
): Promise<number> {
  const { index, errors } = await pagefind.createIndex({
    forceLanguage: 'en',
    includeCharacters: '_/{}',
  })
  if (!index) throw new SearchIndexError(errors.join('\n'))
  const records = [...referenceRecords(reference), ...(await otherPages(folder))]
  for (let from = 0; from < records.length; from += batch) {
    const added = await Promise.all(
      records
        .slice(from, from + batch)
        .map((record) => index.addCustomRecord(entryOf(record, base))),
    )
    const failed = added.flatMap((one) => one.errors)
    if (failed.length > 0) throw new SearchIndexError(failed.join('\n'))
  }
  const outputPath = join(folder, 'pagefind')
  const written = await index.writeFiles({ outputPath })
  await pagefind.close()
  if (written.errors.length > 0) throw new SearchIndexError(written.errors.join('\n'))
  await removeInterface(outputPath)
  return records.length
}

function entryOf(record: SearchRecord, base: string) {
  const { kind, href, title, place, text, method = '', path = '', names = '' } = record
  const said = [title, method, path, names, place, text].filter(Boolean).join('. ')
  return {
    url: joinBase(base, href),
    language: 'en',
    content: said,
    meta: {
      title,
      kind,
      ...(place && { place }),
      ...(method && { method }),
      ...(path && { path }),
      ...(names && { names }),
      ...(text && { text: text.slice(0, 200) }),
    },
  }
}

/** Pages that are not made from the OpenAPI document. */
async function otherPages(folder: string): Promise<SearchRecord[]> {
  const files = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?:^|\/)index\.html$/.test(file))
    .filter((file) => !/^(?:index\.html$|(?:reference|errors|oauth)\/)/.test(file))
    .toSorted()
  const records: SearchRecord[] = []
  for (const file of files) {
    const href = `/${file.replace(/index\.html$/, '')}`
    records.push(...pageRecords(await readFile(join(folder, file), 'utf8'), href, kindOf(href)))
  }
  return records
}

function kindOf(href: string): RecordKind {
  if (href.startsWith('/guides/')) return 'Guide'
  return href.startsWith('/graphql/') ? 'GraphQL' : 'Page'
}

/** The indexer brings search boxes of its own, which no page uses. */
async function removeInterface(folder: string): Promise<void> {
  const files = await readdir(folder)
  const ours = /^(?:pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|.*\.pf_meta|wasm\..*)$/
  for (const file of files) {
    if (/\.(?:js|css|json|pagefind|pf_meta)$/.test(file) && !ours.test(file))
      await rm(join(folder, file))
  }
}
