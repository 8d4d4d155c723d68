import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as pagefind from 'pagefind'
import { joinBase } from '../site-path.ts'
import { pageRecords } from './page-records.ts'
import type { RecordKind, SearchRecord } from './record.ts'
import { dropRecords, keptRecords } from './record-file.ts'
import { vocabularyOf } from './words.ts'

/** Beside the index: words parted by spaces, the most frequent first. */
const wordsFile = 'words.txt'

/** Records sent to the indexer at once. */
const batch = 200

/** The search's index could not be written. */
export class SearchIndexError extends Error {
  override readonly name = 'SearchIndexError'
  readonly code = 'search_index'
}

/**
 * Writes the search's index into a built site, and beside it the words that a typing mistake may be
 * meant for.
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
  const texts: string[] = []
  for await (const records of batches(allRecords(folder))) {
    const added = await Promise.all(
      records.map((record) => index.addCustomRecord(entryOf(record, base))),
    )
    const failed = added.flatMap((one) => one.errors)
    if (failed.length > 0) throw new SearchIndexError(failed.join('\n'))
    texts.push(...records.map(wordsOf))
  }
  await dropRecords(folder)
  const outputPath = join(folder, 'pagefind')
  const written = await index.writeFiles({ outputPath })
  await pagefind.close()
  if (written.errors.length > 0) throw new SearchIndexError(written.errors.join('\n'))
  await removeInterface(outputPath)
  await writeFile(join(outputPath, wordsFile), vocabularyOf(texts).join(' '))
  return texts.length
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

/** All that finds a record. */
function wordsOf(record: SearchRecord): string {
  const { title, method, path, names, place, text, words } = record
  return [title, method, path, names, place, text, words].filter(Boolean).join('. ')
}

function entryOf(record: SearchRecord, base: string) {
  const { kind, href, title, place, text, method = '', path = '', names = '' } = record
  return {
    url: joinBase(base, href),
    language: 'en',
    content: wordsOf(record),
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
    .filter((file) => !/^(?:index\.html$|(?:reference|errors|oauth|graphql)\/)/.test(file))
    .toSorted()
  for (const file of files) {
    const href = `/${file.replace(/index\.html$/, '')}`
    yield* pageRecords(await readFile(join(folder, file), 'utf8'), href, kindOf(href))
  }
}

function kindOf(href: string): RecordKind {
  return href.startsWith('/guides/') ? 'Guide' : 'Page'
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
