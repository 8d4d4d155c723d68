import { expect, test } from 'vitest'
import { limits, readDocument } from '../../src/document/index.ts'
import { Anchors } from '../../src/model/anchor.ts'
import { type Operation, readReference } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'

/** Reads a document whose one operation answers with the schema `A`. */
async function answering(schemas: Record<string, unknown>): Promise<Operation> {
  const root = writeFiles({
    'api.json': JSON.stringify({
      openapi: '3.1.1',
      info: { title: 'T', version: '1' },
      paths: {
        '/x': {
          get: {
            responses: {
              200: {
                description: 'ok',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
              },
            },
          },
        },
      },
      components: { schemas },
    }),
  })
  const operation = readReference(await readDocument(root)).operations[0]
  if (!operation) throw new Error('No operation.')
  return operation
}

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` })

/** Works everything out; what a page would have to show. */
function readAll(operation: Operation): string {
  return JSON.stringify(operation)
}

test.each<[string, Record<string, unknown>]>([
  ['is itself', { A: ref('A') }],
  ['is another that is it', { A: ref('B'), B: ref('A') }],
  ['is all of itself', { A: { allOf: [ref('A')] } }],
  ['is itself or null', { A: { anyOf: [ref('A'), { type: 'null' }] } }],
  [
    'is one of those that are all of it',
    {
      A: { oneOf: [ref('B'), ref('C')], properties: { kind: { type: 'string' } } },
      B: { allOf: [ref('A'), { properties: { b: ref('A') } }] },
      C: { allOf: [ref('A')] },
    },
  ],
  ['is a list of itself', { A: { type: 'array', items: ref('A') } }],
  ['holds itself under any name', { A: { type: 'object', additionalProperties: ref('A') } }],
  [
    'narrows itself ever further',
    {
      A: {
        properties: {
          child: { allOf: [ref('A'), { properties: { child: { description: 'x' } } }] },
        },
      },
    },
  ],
  [
    'restates its property by its property',
    {
      A: {
        allOf: [
          { properties: { a: ref('A') } },
          { properties: { a: { allOf: [ref('A'), ref('B')] } } },
        ],
      },
      B: { properties: { a: ref('B') } },
    },
  ],
])('a schema that %s is read to its end', async (_what, schemas) => {
  expect(readAll(await answering(schemas)).length).toBeLessThan(200_000)
})

test('a chain of 10,000 references ends at what it leads to', async () => {
  const schemas: Record<string, unknown> = { A: ref('A1'), A10000: { type: 'integer' } }
  for (let index = 1; index < 10_000; index += 1) schemas[`A${index}`] = ref(`A${index + 1}`)
  const operation = await answering(schemas)
  expect(operation.responses[0]?.content[0]?.view?.type).toBe('integer')
  expect(readAll(operation).length).toBeLessThan(2000)
})

test('a chain of 10,000 bases is one object', async () => {
  const schemas: Record<string, unknown> = {
    A: { allOf: [ref('A1')] },
    A10000: { properties: { id: {} } },
  }
  for (let index = 1; index < 10_000; index += 1)
    schemas[`A${index}`] = { allOf: [ref(`A${index + 1}`)] }
  const operation = await answering(schemas)
  expect(operation.responses[0]?.content[0]?.view?.properties.map(({ name }) => name)).toEqual([
    'id',
  ])
})

test('T22: schemas that double at every level stay a page', async () => {
  const schemas: Record<string, unknown> = {}
  for (let level = 0; level < 40; level += 1) {
    const name = level === 0 ? 'A' : `A${level}`
    const next = ref(`A${level + 1}`)
    schemas[name] = { properties: { a: next, b: next, c: next, d: next } }
  }
  schemas.A40 = { type: 'string' }
  expect(readAll(await answering(schemas)).length).toBeLessThan(1_000_000)
})

test('of a web of large schemas the outer levels are shown whole', async () => {
  const schemas: Record<string, unknown> = {}
  for (let index = 0; index < 100; index += 1) {
    const properties: Record<string, unknown> = {}
    for (let key = 0; key < 60; key += 1) {
      const next = `S${(index * 7 + key) % 100}`
      properties[`p${key}`] = key % 5 === 0 ? ref(next) : { type: 'string' }
    }
    schemas[`S${index}`] = { properties }
  }
  const operation = await answering({ A: ref('S3'), ...schemas })
  const view = operation.responses[0]?.content[0]?.view
  expect(view?.properties).toHaveLength(60)
  for (const { schema } of view?.properties.filter(({ schema }) => schema.name) ?? []) {
    expect(schema.properties.length > 0 || schema.recursion || schema.elsewhere).toBeTruthy()
  }
  expect(JSON.stringify(view).length).toBeLessThan(500_000)
})

test('T25: of 50,000 properties a page shows some and says how many it leaves out', async () => {
  const properties = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
  )
  const operation = await answering({ A: { properties } })
  const view = operation.responses[0]?.content[0]?.view
  expect((view?.properties.length ?? 0) + (view?.omitted ?? 0)).toBe(50_000)
  expect(view?.properties.length).toBeLessThanOrEqual(2000)
})

test('made examples stay small whatever the schema asks for', async () => {
  const operation = await answering({
    A: {
      type: 'array',
      minItems: 1e9,
      items: { type: 'string', minLength: 1e9, pattern: '^(a+)+$' },
    },
  })
  const text = operation.responses[0]?.content[0]?.examples[0]?.text ?? ''
  expect(text.length).toBeGreaterThan(10)
  expect(text.length).toBeLessThan(2000)
})

test('1,000 operations are listed without working out their answers', async () => {
  const answer = {
    200: { description: 'ok', content: { 'application/json': { schema: ref('A') } } },
  }
  const paths = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`/x${index}`, { get: { responses: answer } }]),
  )
  const root = writeFiles({
    'api.json': JSON.stringify({
      openapi: '3.1.1',
      info: { title: 'T', version: '1' },
      paths,
      components: { schemas: { A: { properties: { a: ref('A') } } } },
    }),
  })
  const document = await readDocument(root)
  const { A: schema } = (document.json.components as { schemas: { A: object } }).schemas
  let looks = 0
  Object.defineProperty(schema, 'properties', {
    enumerable: true,
    get() {
      looks += 1
      return { a: ref('A') }
    },
  })
  const { operations } = readReference(document)
  expect(operations).toHaveLength(1000)
  // For the schema's own page, whose users are looked for.
  expect(looks).toBeLessThan(10)
  expect(operations[999]?.responses[0]?.content[0]?.view?.properties).toHaveLength(1)
})

test('a reference of too many pages is refused at the operation that is one too many', async () => {
  const paths = Object.fromEntries(
    Array.from({ length: limits.pages }, (_, at) => [
      `/p${at}`,
      { get: { operationId: `g${at}` } },
    ]),
  )
  const root = writeFiles({ 'api.json': JSON.stringify({ openapi: '3.1.1', info: {}, paths }) })
  const document = await readDocument(root)
  // The tag they lie under has a page too.
  expect(() => readReference(document)).toThrowError(
    expect.objectContaining({
      code: 'too_large',
      pointer: `/paths/~1p${limits.pages - 1}/get`,
      line: 1,
    }),
  )
})

test('10,000 tags inside one another, or in a circle, are put in order', async () => {
  const read = async (parentOf: (at: number) => number | undefined) => {
    const tags = Array.from({ length: 10_000 }, (_, at) => {
      const parent = parentOf(at)
      return { name: `t${at}`, ...(parent !== undefined && { parent: `t${parent}` }) }
    })
    const paths = { '/x': { get: { tags: ['t9999'] } } }
    const api = { openapi: '3.2.0', info: {}, tags, paths }
    const root = writeFiles({ 'api.json': JSON.stringify(api) })
    return readReference(await readDocument(root)).tags
  }
  const nested = await read((at) => (at > 0 ? at - 1 : undefined))
  expect(nested.map(({ depth }) => depth)).toEqual(nested.map((_, at) => at))
  expect(nested).toHaveLength(10_000)
  expect((await read((at) => (at + 1) % 10_000)).map(({ name }) => name)).toEqual(['t9999'])
})

test('ids of one name many times over stay short and unique', () => {
  const anchors = new Anchors()
  const ids = Array.from({ length: 10_000 }, () => anchors.for(['body', 'same']))
  expect(new Set(ids).size).toBe(10_000)
  expect(Math.max(...ids.map(({ length }) => length))).toBeLessThan(30)
})
