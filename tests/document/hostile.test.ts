import { expect, test } from 'vitest'
import { DocumentError, readDocument } from '../../src/document/index.ts'
import { writeFiles } from './write-files.ts'

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n"

/** Milliseconds of processor time, which other programs of the machine do not lengthen. */
async function timed<T>(
  work: () => Promise<T>,
): Promise<{ result: T | DocumentError; ms: number }> {
  const start = process.cpuUsage()
  const result = await work().catch((error: unknown) => {
    if (error instanceof DocumentError) return error
    throw error
  })
  const { user, system } = process.cpuUsage(start)
  return { result, ms: (user + system) / 1000 }
}

test('T23: aliases of aliases that would fill the memory are refused in two seconds', async () => {
  const levels = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? 'x0: &a0 [l,l,l,l,l,l,l,l,l]'
      : `x${level}: &a${level} [${Array(9).fill(`*a${level - 1}`)}]`,
  )
  const root = writeFiles({ 'api.yaml': `${head}x-bomb:\n  ${levels.join('\n  ')}\n` })
  const { result, ms } = await timed(() => readDocument(root))
  expect(result).toMatchObject({ code: 'too_many_values' })
  expect(ms).toBeLessThan(2000)
})

test('an alias inside its own anchor is refused', async () => {
  const root = writeFiles({ 'api.yaml': `${head}x-a: &a { b: *a }\n` })
  expect((await timed(() => readDocument(root))).result).toMatchObject({ code: 'syntax', line: 3 })
})

test.each([
  ['YAML in one line', 'api.yaml', `${head}x-deep: ${'['.repeat(100_000)}`],
  ['closed YAML', 'api.yaml', `${head}x-deep: ${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['JSON', 'api.json', `{"openapi":"3.1.1","x-deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('100,000 levels of %s are refused in two seconds', async (_what, file, text) => {
  const root = writeFiles({ [file]: text })
  const { result, ms } = await timed(() => readDocument(root))
  expect(result).toBeInstanceOf(DocumentError)
  expect(ms).toBeLessThan(2000)
})

test('T23: a file above the limit is refused before it is read', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components: { schemas: { A: { $ref: big.json } } }\npaths: { /x: { get: { responses: { '200': { description: ok, content: { application/json: { schema: { $ref: big.json } } } } } } } }\n`,
    'big.json': `{"description":"${'x'.repeat(33 * 1024 * 1024)}"}`,
  })
  const { result, ms } = await timed(() => readDocument(root))
  expect(result).toMatchObject({ code: 'too_large' })
  expect(ms).toBeLessThan(2000)
})

test('one endless text is refused', async () => {
  const root = writeFiles({ 'api.yaml': `${head}x-a: ${'x'.repeat(2 * 1024 * 1024)}\n` })
  expect((await timed(() => readDocument(root))).result).toMatchObject({ code: 'too_many_values' })
})

test('T24: keys that every object inherits are ordinary keys', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components:
  schemas:
    __proto__: { properties: { polluted: { type: string } } }
    constructor: { properties: { prototype: { type: string }, __proto__: { type: string } } }
    toString: { type: string }
x-a: { __proto__: { polluted: true } }
`,
  })
  const { json } = await readDocument(root)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect((json['x-a'] as Record<string, unknown>).polluted).toBeUndefined()
  const { schemas } = json.components as { schemas: object }
  expect(Object.keys(schemas)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(JSON.stringify(json)).toContain(
    '"prototype":{"type":"string"},"__proto__":{"type":"string"}',
  )
})

test('the same holds for JSON and for an upgraded document', async () => {
  const root = writeFiles({
    'api.json':
      '{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"__proto__":{"type":"object","properties":{"polluted":{"type":"string"}}},"constructor":{"type":"string","nullable":true}}}}',
  })
  const { json } = await readDocument(root)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  const { schemas } = json.components as { schemas: object }
  expect(Object.keys(schemas)).toEqual(['__proto__', 'constructor'])
})

test('T22: a chain of 10,000 references in one file is followed', async () => {
  const links = Array.from(
    { length: 10_000 },
    (_, index) => `    A${index}: { $ref: '#/components/schemas/A${index + 1}' }`,
  )
  const root = writeFiles({
    'api.yaml': `${head}components:\n  schemas:\n${links.join('\n')}\n    A10000: { type: string }\n`,
  })
  const { result, ms } = await timed(async () =>
    (await readDocument(root)).resolve('#/components/schemas/A0'),
  )
  expect(result).toEqual({ type: 'string' })
  expect(ms).toBeLessThan(10_000)
})

test('a chain of 2,000 files is followed', async () => {
  const files: Record<string, string> = {
    'api.yaml': `${head}components: { schemas: { A: { $ref: f0.yaml } } }\n`,
  }
  for (let index = 0; index < 2000; index += 1)
    files[`f${index}.yaml`] = `$ref: f${index + 1}.yaml\n`
  files['f2000.yaml'] = 'type: string\n'
  const { result } = await timed(async () =>
    (await readDocument(writeFiles(files))).resolve('#/components/schemas/A'),
  )
  expect(result).toEqual({ type: 'string' })
})

test('T22: schemas that contain themselves stay references', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components:
  schemas:
    Self: { $ref: '#/components/schemas/Self' }
    Ping: { allOf: [{ $ref: '#/components/schemas/Pong' }] }
    Pong: { oneOf: [{ $ref: '#/components/schemas/Ping' }], items: { $ref: tree.yaml } }
`,
    'tree.yaml': "type: object\nproperties: { children: { type: array, items: { $ref: '#' } } }\n",
  })
  const document = await readDocument(root)
  expect(document.resolve('#/components/schemas/tree')).toMatchObject({
    properties: { children: { items: { $ref: '#/components/schemas/tree' } } },
  })
  expect(() => document.resolve('#/components/schemas/Self')).toThrow(DocumentError)
})

test('T25: 100,000 properties are read in ten seconds', async () => {
  const properties = Array.from({ length: 100_000 }, (_, index) => `"p${index}":{"type":"string"}`)
  const root = writeFiles({
    'api.json': `{"openapi":"3.1.1","info":{},"paths":{},"components":{"schemas":{"A":{"properties":{${properties.join()}}}}}}`,
  })
  const { ms } = await timed(() => readDocument(root))
  expect(ms).toBeLessThan(10_000)
})
