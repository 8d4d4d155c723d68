import { createReadStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SearchRecord } from './record.ts'

/** Where records wait between the making of pages and that of the index: one line each. */
function recordFile(folder: string): string {
  return join(folder, 'pagefind', 'records.jsonl')
}

/** @param folder The built site. */
export async function keepRecords(folder: string, records: Iterable<SearchRecord>): Promise<void> {
  await mkdir(join(folder, 'pagefind'), { recursive: true })
  await writeFile(recordFile(folder), lines(records))
}

export async function* keptRecords(folder: string): AsyncGenerator<SearchRecord> {
  const input = createReadStream(recordFile(folder))
  for await (const line of createInterface({ input, crlfDelay: Infinity })) yield JSON.parse(line)
}

export async function dropRecords(folder: string): Promise<void> {
  await rm(recordFile(folder))
}

function* lines(records: Iterable<SearchRecord>): Generator<string> {
  for (const record of records) yield `${JSON.stringify(record)}\n`
}
