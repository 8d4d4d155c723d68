import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'
import { operationOf, readFixture } from './read-odd.ts'

const odd = await readFixture('odd.yaml')
const search = operationOf(odd, 'search').requestBody

test('named examples come as they are, links to examples as links', () => {
  const broken = operationOf(odd, 'getThing').responses.find(({ status }) => status === '404')
  expect(broken?.content[0]?.examples).toEqual([
    {
      name: 'nothing',
      summary: '',
      description: '',
      text: 'null',
      generated: false,
      anchor: 'response-404-*example-nothing',
    },
    {
      name: 'gone',
      summary: 'Gone',
      description: '',
      text: '{\n  "code": "GONE",\n  "status": 404\n}',
      generated: false,
      anchor: 'response-404-*example-gone',
    },
    {
      name: 'elsewhere',
      summary: '',
      description: '',
      text: '',
      externalValue: 'https://e.example/x.json',
      generated: false,
      anchor: 'response-404-*example-elsewhere',
    },
  ])
})

test('an example that is missing is made from the schema and says so', () => {
  const [example] = search?.content[0]?.examples ?? []
  expect(example?.generated).toBe(true)
  expect(JSON.parse(example?.text ?? '')).toEqual({
    name: 'string',
    secret: 'string',
    tree: { children: [] },
  })
})

test('XML is made as XML, text stays text', () => {
  expect(search?.content[1]?.examples[0]?.text).toMatch(/^<NewThing>\s*<name>string<\/name>/)
  expect(search?.content[2]?.examples[0]?.text).toBe('two\nlines')
})

test('a made example is valid by the schema beside it', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  let checked = 0
  for (const operation of odd.operations) {
    for (const { content } of [operation.requestBody, ...operation.responses].filter(
      (part) => part !== undefined,
    )) {
      for (const { schema, examples, mediaType } of content) {
        const made = examples.find(({ generated }) => generated)
        if (!made || schema === undefined || mediaType !== 'application/json') continue
        const validate = ajv.compile(schema as object)
        expect(validate(JSON.parse(made.text)), JSON.stringify(validate.errors)).toBe(true)
        checked += 1
      }
    }
  }
  expect(checked).toBeGreaterThan(1)
})

test('schemas stand alone, with what they need and no more', () => {
  const schema = search?.content[0]?.schema as { $defs: object }
  expect(Object.keys(schema.$defs)).toEqual(['Base', 'Tree'])
  expect(JSON.stringify(schema)).not.toContain('#/components')
})

test('a request is not asked for what only the server sets', () => {
  const schema = search?.content[0]?.schema as { $defs: { Base: { required?: string[] } } }
  expect(schema.$defs.Base.required).toBeUndefined()
})

test('the example of a schema without a page stands beside the named ones', async () => {
  const file = writeFiles({
    'openapi.json': JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/a': {
          post: {
            requestBody: {
              content: {
                'application/json': {
                  schema: { type: 'object', example: { a: 1 } },
                  examples: { first: { value: { a: 2 } } },
                },
              },
            },
            responses: { 200: { description: 'Done.' } },
          },
        },
      },
    }),
  })
  const { operations } = readReference(await readDocument(file))
  const examples = operations[0]?.requestBody?.content[0]?.examples
  expect(examples?.map(({ name, text }) => [name, JSON.parse(text)])).toEqual([
    ['first', { a: 2 }],
    ['of-schema', { a: 1 }],
  ])
})
