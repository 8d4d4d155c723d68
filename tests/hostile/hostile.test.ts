import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DocumentError, readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'
import { hostileDocuments } from './documents.ts'

// Small ones, read as a build reads them; `npm run test:hostile` builds large ones whole.

/** Characters of all that a page, or a schema's page, has to show. */
const most = 10_000_000

const documents = Object.entries(hostileDocuments(300)).map(([name, make]) => ({ name, ...make() }))

function write({ files, links = {} }: (typeof documents)[number]): string {
  const root = writeFiles(files)
  for (const [name, target] of Object.entries(links)) {
    symlinkSync(target, path.join(path.dirname(root), name))
  }
  return root
}

test.each(documents.filter(({ refused }) => !refused))(
  'T25: $name: every page is worked out',
  async (each) => {
    const reference = readReference(await readDocument(write(each)))
    expect(reference.operations.length).toBeGreaterThan(0)
    for (const page of [...reference.operations, ...reference.events]) {
      expect(JSON.stringify(page).length).toBeLessThan(most)
    }
    for (const { view, examples } of reference.schemas.slice(0, 20)) {
      expect(JSON.stringify([view, examples]).length).toBeLessThan(most)
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  },
)

test.each(documents.filter(({ refused }) => refused))(
  'T21, T23: $name: refused with its place',
  async (each) => {
    const refusal = await readDocument(write(each)).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DocumentError)
    expect(refusal).toMatchObject({ code: each.refused, file: Object.keys(each.files)[0] })
    const { line, column, pointer, message } = refusal as DocumentError
    expect(line + column).toBeGreaterThan(2)
    if (each.refused?.startsWith('ref_')) expect(pointer).toMatch(/\/\$ref$/)
    expect(message).not.toContain('root:')
  },
)
