import path from 'node:path'
import { expect, test } from 'vitest'
import { readDocument, writeJson, writeYaml } from '../../src/document/index.ts'
import { writeFiles } from './write-files.ts'

const library = path.join(import.meta.dirname, 'fixtures/library/api.yaml')

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n"

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) =>
    key === '$ref' && typeof item === 'string' ? [item] : refsIn(item),
  )
}

test('a document of many files refers only to itself, and every reference leads somewhere', async () => {
  const document = await readDocument(library)
  const refs = refsIn(document.json)
  expect(refs.length).toBeGreaterThan(5)
  for (const ref of refs) {
    expect(ref).toMatch(/^#\//)
    expect(document.resolveOnce(ref)).toBeDefined()
  }
})

test('a schema from another file is named after its file or key', async () => {
  const { json } = await readDocument(library)
  expect(Object.keys((json.components as { schemas: object }).schemas)).toEqual([
    'Book',
    'Author',
    'Shelf',
    'Problem',
  ])
})

test('a component that only refers to a file is that file’s place, and is not written twice', async () => {
  const document = await readDocument(library)
  expect(document.resolveOnce('#/components/schemas/Book')).toMatchObject({
    properties: { author: { $ref: '#/components/schemas/Author' } },
  })
})

test('path items stand where they are used', async () => {
  const { json } = await readDocument(library)
  expect(json.paths).toMatchObject({
    '/books': { get: { operationId: 'listBooks' } },
    '/books/{id}': { get: { operationId: 'getBook' } },
  })
})

test('two schemas of one name in different files get different names', async () => {
  const root = writeFiles({
    'api.yaml': `${head}paths:
  /x:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                anyOf: [{ $ref: 'a/Item.yaml' }, { $ref: 'b/Item.yaml' }]
`,
    'a/Item.yaml': 'title: first',
    'b/Item.yaml': 'title: second',
  })
  const document = await readDocument(root)
  expect(refsIn(document.json)).toEqual([
    '#/components/schemas/Item',
    '#/components/schemas/b_Item',
  ])
  expect(document.resolve('#/components/schemas/b_Item')).toEqual({ title: 'second' })
})

test('a file that only refers on is passed over', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components: { schemas: { A: { properties: { b: { $ref: 'index.yaml#/B' } } } } }\n`,
    'index.yaml': 'B: { $ref: schemas/Bottle.yaml }\n',
    'schemas/Bottle.yaml': 'type: object\n',
  })
  expect(refsIn((await readDocument(root)).json)).toEqual(['#/components/schemas/Bottle'])
})

test('a reference from a part back to the root stays one to the root', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components: { schemas: { A: { type: string }, B: { $ref: b.yaml } } }\n`,
    'b.yaml': "properties: { a: { $ref: 'api.yaml#/components/schemas/A' } }\n",
  })
  const { json } = await readDocument(root)
  expect(json.components).toEqual({
    schemas: {
      A: { type: 'string' },
      B: { properties: { a: { $ref: '#/components/schemas/A' } } },
    },
  })
})

test('a $ref inside an example is data and stays as it is', async () => {
  const root = writeFiles({
    'api.yaml': `${head}paths:
  /x:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json: { schema: {}, example: { $ref: 'http://169.254.169.254/' } }
`,
  })
  const { json } = await readDocument(root)
  expect(refsIn(json)).toEqual(['http://169.254.169.254/'])
})

test('discriminator mappings follow the schemas they name', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components:
  schemas:
    Pet:
      oneOf: [{ $ref: Cat.yaml }]
      discriminator: { propertyName: kind, mapping: { cat: Cat.yaml, dog: Dog } }
    Dog: { type: object }
`,
    'Cat.yaml': 'type: object\n',
  })
  const { json } = await readDocument(root)
  expect(json.components).toMatchObject({
    schemas: {
      Pet: { discriminator: { mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } } },
    },
  })
})

test('an $anchor can be referred to', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components:
  schemas:
    A: { properties: { b: { $ref: '#here' } } }
    B: { $anchor: here, type: string }
`,
  })
  expect(refsIn((await readDocument(root)).json)).toEqual(['#/components/schemas/B'])
})

test.each([
  [
    'Swagger 2.0',
    `swagger: '2.0'
info: { title: T, version: '1' }
host: api.example.com
basePath: /v1
paths:
  /x:
    post:
      parameters: [{ in: body, name: body, schema: { $ref: thing.yaml } }]
      responses: { '200': { description: ok, schema: { $ref: thing.yaml } } }
`,
  ],
  [
    'OpenAPI 3.0',
    `openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /x:
    post:
      requestBody: { content: { application/json: { schema: { $ref: thing.yaml } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: thing.yaml } } } } }
`,
  ],
])('%s becomes OpenAPI 3.1', async (_edition, text) => {
  const root = writeFiles({
    'api.yaml': text,
    'thing.yaml':
      'type: object\nproperties: { n: { type: integer, minimum: 1, exclusiveMinimum: true } }\n',
  })
  const { json } = await readDocument(root)
  expect(json).toMatchObject({
    openapi: '3.1.1',
    paths: {
      '/x': {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/thing' } } },
          },
        },
      },
    },
    components: { schemas: { thing: { properties: { n: { type: 'integer' } } } } },
  })
})

test('nullable of 3.0 becomes a type that may be null', async () => {
  const root = writeFiles({
    'api.yaml': `openapi: 3.0.3
info: { title: T, version: '1' }
components: { schemas: { A: { type: string, nullable: true } } }
`,
  })
  expect((await readDocument(root)).json).toMatchObject({
    components: { schemas: { A: { type: ['string', 'null'] } } },
  })
})

test('large integers keep their digits in JSON and in YAML', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components: { schemas: { A: { maximum: 9223372036854775807, const: 9007199254740993 } } }\n`,
  })
  const document = await readDocument(root)
  expect(writeJson(document)).toContain('"maximum": 9223372036854775807')
  expect(writeJson(document)).toContain('"const": 9007199254740993')
  expect(writeYaml(document)).toContain('maximum: 9223372036854775807')
})

test('what is written as JSON and as YAML reads as the same document', async () => {
  const document = await readDocument(library)
  const asJson = await readDocument(writeFiles({ 'openapi.json': writeJson(document) }))
  const asYaml = await readDocument(writeFiles({ 'openapi.yaml': writeYaml(document) }))
  expect(asJson.json).toEqual(document.json)
  expect(asYaml.json).toEqual(document.json)
})

test('a place of the bundle is found in the file it came from', async () => {
  const document = await readDocument(library)
  expect(document.locate('/paths/~1books/get/responses/404')).toMatchObject({
    file: 'paths/books.yaml',
    line: 14,
    pointer: '/list/get/responses/404',
  })
})

test('aliases and merge keys of YAML are written out', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components:
  schemas:
    A: &a { type: string, description: one }
    B: { <<: *a, description: two }
    C: *a
`,
  })
  expect((await readDocument(root)).json.components).toEqual({
    schemas: {
      A: { type: 'string', description: 'one' },
      B: { type: 'string', description: 'two' },
      C: { type: 'string', description: 'one' },
    },
  })
})

test('the discriminator of Swagger 2.0, a mere name, becomes one of OpenAPI 3', async () => {
  const root = writeFiles({
    'api.yaml': `swagger: '2.0'
info: { title: T, version: '1' }
paths:
  /x: { get: { responses: { 200: { description: ok, schema: { $ref: '#/definitions/Pet' } } } } }
definitions:
  Pet: { type: object, discriminator: kind, properties: { kind: { type: string } } }
`,
  })
  const { json, warnings } = await readDocument(root)
  expect(json).toMatchObject({
    components: { schemas: { Pet: { discriminator: { propertyName: 'kind' } } } },
  })
  expect(warnings.filter(({ code }) => code === 'wrong_type')).toEqual([])
})
