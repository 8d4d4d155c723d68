import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as pagefind from 'pagefind'
import { joinBase } from '../site-path.ts'
import { pageRecords } from './page-records.ts'
import type { RecordKind, SearchRecord } from './record.ts'
import { dropRecords, keptRecords } from './record-file.ts'

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
 * @param folder The built site, with the records of the reference in it (`keepRecords`).
 * @returns The number of records.
 * @throws {SearchIndexError}
 */
export async function writeSearchIndex(folder: string, base: string): Promise<number> {
  const { index, errors } = await pagefind.createIndex({
    forceLanguage: 'en',
    includeCharacters: '_/{}',
  })
  if (!index) throw new SearchIndexError(errors.join('\n'))
  let count = 0
  for await (const records of batches(allRecords(folder))) {
    const added = await Promise.all(
      records.map((record) => index.addCustomRecord(entryOf(record, base))),
    )
    const failed = added.flatMap((one) => one.errors)
    if (failed.length > 0) throw new SearchIndexError(failed.join('\n'))
    count += records.length
  }
  await dropRecords(folder)
  const outputPath = join(folder, 'pagefind')
  const written = await index.writeFiles({ outputPath })
  await pagefind.close()
  if (written.errors.length > 0) throw new SearchIndexError(written.errors.join('\n'))
  await removeInterface(outputPath)
  return count
}

async function* allRecords(folder: string): AsyncGenerator<SearchRecord> {
  yield* keptRecords(folder)
  yield* otherPages(folder)
}

async function* batches(records: AsyncIterable<SearchRecord>): AsyncGenerator<SearchRecord[]> {
  let waiting: SearchRecord[] = []
  for await (const record of records) {
    waiting.push(record)
    if (waiting.length < batch) continue
    yield waiting
    waiting = []
  }
  if (waiting.length > 0) yield waiting
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
async function* otherPages(folder: string): AsyncGenerator<SearchRecord> {
  const files = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?:^|\/)index\.html$/.test(file))
    .filter((file) => !/^(?:index\.html$|(?:reference|errors|oauth)\/)/.test(file))
    .toSorted()
  for (const file of files) {
    const href = `/${file.replace(/index\.html$/, '')}`
    yield* pageRecords(await readFile(join(folder, file), 'utf8'), href, kindOf(href))
  }
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
