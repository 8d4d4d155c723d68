import { truncateSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DocumentError, type OpenApiDocument, readDocument } from '../../src/document/index.ts'
import { limits } from '../../src/document/limits.ts'
import { writeFiles } from './write-files.ts'

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n"

async function read(root: string): Promise<OpenApiDocument | DocumentError> {
  return readDocument(root).catch((error: unknown) => {
    if (error instanceof DocumentError) return error
    throw error
  })
}

test('T23: aliases of aliases that would fill the memory are refused', async () => {
  const levels = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? 'x0: &a0 [l,l,l,l,l,l,l,l,l]'
      : `x${level}: &a${level} [${Array(9).fill(`*a${level - 1}`)}]`,
  )
  const root = writeFiles({ 'api.yaml': `${head}x-bomb:\n  ${levels.join('\n  ')}\n` })
  expect(await read(root)).toMatchObject({ code: 'too_many_values' })
})

test('an alias inside its own anchor is refused', async () => {
  const root = writeFiles({ 'api.yaml': `${head}x-a: &a { b: *a }\n` })
  expect(await read(root)).toMatchObject({ code: 'syntax', line: 3 })
})

test.each([
  ['YAML in one line', 'api.yaml', `${head}x-deep: ${'['.repeat(100_000)}`],
  ['closed YAML', 'api.yaml', `${head}x-deep: ${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['JSON', 'api.json', `{"openapi":"3.1.1","x-deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('100,000 levels of %s are refused', async (_what, file, text) => {
  const root = writeFiles({ [file]: text })
  expect(await read(root)).toBeInstanceOf(DocumentError)
})

test('T23: a file above the limit is refused before it is read', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components: { schemas: { A: { $ref: big.json } } }\npaths: { /x: { get: { responses: { '200': { description: ok, content: { application/json: { schema: { $ref: big.json } } } } } } } }\n`,
    'big.json': '{}',
  })
  truncateSync(path.join(path.dirname(root), 'big.json'), limits.jsonBytes + 1)
  expect(await read(root)).toMatchObject({ code: 'too_large' })
})

test('one endless text is refused', async () => {
  const root = writeFiles({ 'api.yaml': `${head}x-a: ${'x'.repeat(2 * 1024 * 1024)}\n` })
  expect(await read(root)).toMatchObject({ code: 'too_many_values' })
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
  expect((await readDocument(root)).resolve('#/components/schemas/A0')).toEqual({ type: 'string' })
})

test('a chain of 2,000 files is followed', async () => {
  const files: Record<string, string> = {
    'api.yaml': `${head}components: { schemas: { A: { $ref: f0.yaml } } }\n`,
  }
  for (let index = 0; index < 2000; index += 1)
    files[`f${index}.yaml`] = `$ref: f${index + 1}.yaml\n`
  files['f2000.yaml'] = 'type: string\n'
  const document = await readDocument(writeFiles(files))
  expect(document.resolve('#/components/schemas/A')).toEqual({ type: 'string' })
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

test('T25: 100,000 properties are read', async () => {
  const properties = Array.from({ length: 100_000 }, (_, index) => `"p${index}":{"type":"string"}`)
  const root = writeFiles({
    'api.json': `{"openapi":"3.1.1","info":{},"paths":{},"components":{"schemas":{"A":{"properties":{${properties.join()}}}}}}`,
  })
  const { json } = await readDocument(root)
  const { A } = (json.components as { schemas: { A: { properties: object } } }).schemas
  expect(Object.keys(A.properties)).toHaveLength(100_000)
})

test('a loop of 10,000 references is told where it is entered', async () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [
      `A${at}`,
      { $ref: `#/components/schemas/A${(at + 1) % 10_000}` },
    ]),
  )
  const root = writeFiles({
    'api.json': JSON.stringify({ openapi: '3.1.1', info: {}, components: { schemas } }),
  })
  const document = await readDocument(root)
  expect(document.warnings[0]).toMatchObject({ code: 'ref_loop', file: 'api.json' })
  expect(() => document.resolve('#/components/schemas/A0')).toThrow(DocumentError)
})

test('a chain of 10,000 references outside the components is followed', async () => {
  const links = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [`A${at}`, { $ref: `#/x-chain/A${at + 1}` }]),
  )
  const properties = Object.fromEntries(
    Array.from({ length: 5 }, (_, at) => [`p${at}`, { $ref: `#/x-chain/A${at}` }]),
  )
  const root = writeFiles({
    'api.json': JSON.stringify({
      openapi: '3.1.1',
      info: {},
      components: { schemas: { S: { properties } } },
      'x-chain': { ...links, A10000: { type: 'string' } },
    }),
  })
  const { json } = await readDocument(root)
  expect(json.components).toMatchObject({
    schemas: {
      S: { properties: { p4: { $ref: '#/components/schemas/A10000' } } },
      A10000: { type: 'string' },
    },
  })
})

test('100,000 operations are read', async () => {
  const paths = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, at) => [
      `/p${at}`,
      { get: { operationId: `g${at}` }, put: { operationId: `p${at}` } },
    ]),
  )
  const root = writeFiles({ 'api.json': JSON.stringify({ openapi: '3.1.1', info: {}, paths }) })
  const { json, warnings } = await readDocument(root)
  expect(Object.keys(json.paths as object)).toHaveLength(50_000)
  expect(warnings).toEqual([])
})

test('dynamic references that refine one another come to an end', async () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `S${at}`,
      {
        $dynamicAnchor: 'node',
        anyOf: Array.from({ length: 3 }, (_, step) => ({
          $ref: `#/components/schemas/S${(at * 7 + step) % 40}`,
        })),
        items: { $dynamicRef: '#node' },
      },
    ]),
  )
  const root = writeFiles({
    'api.json': JSON.stringify({ openapi: '3.1.1', info: {}, components: { schemas } }),
  })
  const { json } = await readDocument(root)
  const written = Object.keys((json.components as { schemas: object }).schemas).length
  expect(written).toBeGreaterThan(40)
  expect(written).toBeLessThanOrEqual(1040)
})

test('markup in every key and text is data', async () => {
  const bad = '<script>alert(1)</script>'
  const root = writeFiles({
    'api.json': JSON.stringify({
      openapi: '3.1.1',
      info: { title: bad, version: bad },
      paths: { [`/${bad}`]: { get: { operationId: bad, tags: [bad], summary: bad } } },
      components: {
        schemas: {
          [bad]: { $ref: `#/components/schemas/${bad.replaceAll('/', '~1')}x` },
          [`${bad}x`]: { type: 'string' },
        },
      },
    }),
  })
  const { json } = await readDocument(root)
  expect(json).toMatchObject({ info: { title: bad }, paths: { [`/${bad}`]: {} } })
  expect(Object.keys((json.components as { schemas: object }).schemas)).toEqual([bad, `${bad}x`])
})
