import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isObject } from '../../src/document/index.ts'
import { keptDescription, readDescription } from '../../src/sandbox/description.ts'
import { readContract } from '../../src/sandbox/rest/contract.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'streamloop-description-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('what is kept of the document says the same as the document, reference by reference', async () => {
  const read = await readDescription(directory)
  const kept = await readDescription(directory)
  expect(kept).not.toBe(read)
  expect(kept.json).toEqual(read.json)
  expect(readContract(kept).text).toBe(readContract(read).text)
  const refs = referencesIn(read.json)
  expect(refs.size).toBeGreaterThan(50)
  for (const ref of refs) expect(kept.resolve(ref)).toEqual(read.resolve(ref))
  expect((await stat(join(directory, keptDescription))).mode & 0o777).toBe(0o600)
})

test('what was kept of another document, or is damaged, is read anew', async () => {
  const { json } = await readDescription(directory)
  const file = join(directory, keptDescription)
  const good = await readFile(file, 'utf8')
  const [key = ''] = good.split('\n')
  for (const spoilt of [good.replace(key, 'another'), `${key}\n{"openapi":`, `${key}\n[]`, '']) {
    await writeFile(file, spoilt)
    expect((await readDescription(directory)).json).toEqual(json)
    expect(await readFile(file, 'utf8')).toBe(good)
  }
})

function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (isObject(value) && typeof value.$ref === 'string') found.add(value.$ref)
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) referencesIn(member, found)
  }
  return found
}
