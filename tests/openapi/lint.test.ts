import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { rootFile } from './description.ts'
import { lintDescription } from './lint.ts'

const folder = path.dirname(rootFile)
const copies: string[] = []

afterEach(async () => {
  await Promise.all(copies.splice(0).map((copy) => rm(copy, { recursive: true })))
})

/** A copy of the description with one file changed. */
async function spoil(file: string, change: (text: string) => string): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'openapi-'))
  copies.push(copy)
  await cp(folder, copy, { recursive: true })
  const text = await readFile(path.join(copy, file), 'utf8')
  const spoiled = change(text)
  if (spoiled === text) throw new Error(`The change left ${file} as it is.`)
  await writeFile(path.join(copy, file), spoiled)
  return path.join(copy, 'openapi.yaml')
}

test('finds nothing to object to', async () => {
  expect(await lintDescription(rootFile)).toEqual([])
})

test('names file and line of a reference that leads nowhere', async () => {
  const file = await spoil('paths/account.yaml', (text) => text.replace('#/User', '#/Person'))
  const findings = await lintDescription(file)
  expect(findings).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      rule: 'no-unresolved-refs',
      file: path.join(path.dirname(file), 'paths/account.yaml'),
      line: expect.toSatisfy((line: number) => line > 1),
    }),
  )
})

test('objects to an example that does not fit its schema', async () => {
  const file = await spoil('examples/streams.yaml', (text) =>
    text.replace('state: draft', 'state: asleep'),
  )
  const rules = (await lintDescription(file)).map(({ rule }) => rule)
  expect(rules).toContain('no-invalid-media-type-examples')
})

test('objects to a scope that the sign-in does not know', async () => {
  const file = await spoil('paths/streams.yaml', (text) =>
    text.replace('streamloop:write', 'streamloop:wirte'),
  )
  const rules = (await lintDescription(file)).map(({ rule }) => rule)
  expect(rules).toContain('security-scopes-defined')
})

test('is split into YAML files that refer only to each other', async () => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = files
    // The GraphQL schema lies beside the description and is not part of it.
    .filter((entry) => entry.isFile() && entry.name !== 'schema.graphql')
    .map(async (entry) => ({
      name: path.join(entry.parentPath, entry.name),
      text: await readFile(path.join(entry.parentPath, entry.name), 'utf8'),
    }))
  for (const { name, text } of await Promise.all(texts)) {
    expect(name).toMatch(/\.yaml$/)
    expect(text, name).not.toMatch(/\t| \n/)
    const references = [...text.matchAll(/\$ref: *"?([^"\n]+)/g)].map(([, reference]) => reference)
    for (const reference of references) {
      expect(reference, name).toMatch(/^(?:[a-z./-]+\.yaml)?#\/\w+$/)
    }
  }
})
