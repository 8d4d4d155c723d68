import { expect, test } from 'vitest'
import { DocumentError, readDocument } from '../../src/document/index.ts'
import { writeFiles } from './write-files.ts'

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n"

test.each([
  [
    'a dangling reference inside an extension',
    'x-see: { $ref: Gone.yaml }\n',
    { code: 'ref_dangling', line: 3, pointer: '/x-see' },
  ],
  [
    'a schema that is null',
    "paths: { /x: { get: { operationId: a, responses: { '200': { description: ok, content: { text/plain: { schema: null } } } } } } }\n",
    {
      code: 'empty_value',
      line: 3,
      pointer: '/paths/~1x/get/responses/200/content/text~1plain/schema',
    },
  ],
  [
    'a missing operationId',
    'paths:\n  /x:\n    get: {}\n',
    { code: 'operation_id_missing', line: 5, column: 5, pointer: '/paths/~1x/get' },
  ],
  [
    'an operationId that stands twice',
    'paths:\n  /x:\n    get: { operationId: a }\n    put: { operationId: a }\n',
    { code: 'operation_id_repeated', line: 6, pointer: '/paths/~1x/put/operationId' },
  ],
  [
    'a path with a fragment',
    'paths:\n  /x#y: { get: { operationId: a } }\n',
    { code: 'path_odd', line: 4, pointer: '/paths/~1x#y' },
  ],
  [
    'a path with a query',
    'paths:\n  /x?y=1: { get: { operationId: a } }\n',
    { code: 'path_odd', line: 4, pointer: '/paths/~1x?y=1' },
  ],
  [
    'a reference in the place of a text',
    "paths: { /x: { get: { operationId: a, description: { $ref: '#/x-words' } } } }\nx-words: Hello\n",
    { code: 'ref_for_text', line: 3, pointer: '/paths/~1x/get/description' },
  ],
  [
    'a value of the wrong type that no operation reaches',
    'components: { schemas: { A: 5 } }\n',
    { code: 'wrong_type', line: 3, pointer: '/components/schemas/A' },
  ],
])('%s is a warning with its place', async (_what, rest, warning) => {
  const { warnings } = await readDocument(writeFiles({ 'api.yaml': head + rest }))
  expect(warnings).toMatchObject([{ file: 'api.yaml', ...warning }])
})

test.each([
  ['api.json', '\ufeff{"openapi":"3.1.1","info":{"title":"T","version":"1"}}'],
  ['api.yaml', `\ufeff${head}`],
])('a byte order mark in %s is a warning', async (file, text) => {
  const document = await readDocument(writeFiles({ [file]: text }))
  expect(document.json.info).toEqual({ title: 'T', version: '1' })
  expect(document.warnings).toMatchObject([{ code: 'byte_order_mark', file, line: 1 }])
})

test('a text that a reference names is written in its place', async () => {
  const root = writeFiles({
    'api.yaml': `${head}paths:
  /x:
    get:
      operationId: a
      summary: { $ref: 'words.yaml#/summary' }
      description: { $ref: 'words.yaml#/gone' }
`,
    'words.yaml': 'summary: Lists all of it\n',
  })
  const { json } = await readDocument(root)
  expect(json.paths).toEqual({
    '/x': { get: { operationId: 'a', summary: 'Lists all of it' } },
  })
})

test('of many warnings the first are told and the rest are counted', async () => {
  const paths = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`/p${at}`, { get: {} }]))
  const root = writeFiles({ 'api.json': JSON.stringify({ openapi: '3.1.1', info: {}, paths }) })
  const { warnings } = await readDocument(root)
  expect(warnings).toHaveLength(201)
  expect(warnings.at(-1)).toMatchObject({ code: 'more', message: 'And 300 more like these.' })
})

const broken = `${head}paths:
  /good: { get: { operationId: good } }
  /bad:
    parameters: [{ $ref: '#/components/parameters/Gone' }]
    get:
      operationId: bad
      responses: { '200': { $ref: '#/components/responses/Answer' } }
    put: { operationId: worse, x-internal: true }
components:
  responses:
    Answer: { description: ok, content: { text/plain: { schema: { $ref: Gone.yaml } } } }
`

test('what would make a page lie fails, with file, line, column and pointer', async () => {
  await expect(readDocument(writeFiles({ 'api.yaml': broken }))).rejects.toMatchObject({
    code: 'ref_dangling',
    file: 'api.yaml',
    line: 6,
    column: 20,
    pointer: '/paths/~1bad/parameters/0/$ref',
  })
})

test('read leniently it becomes a problem of the operations that it concerns', async () => {
  const root = writeFiles({ 'api.yaml': broken })
  const document = await readDocument(root, { lenient: true })
  expect(document.problems).toMatchObject([
    { code: 'ref_dangling', line: 6, shownBy: ['/paths/~1bad/get'] },
    { code: 'ref_dangling', line: 13, shownBy: ['/paths/~1bad/get'] },
  ])
  expect(document.problemsOf(['paths', '/bad', 'get'])).toHaveLength(2)
  expect(document.problemsOf(['paths', '/good', 'get'])).toEqual([])
})

test('a path whose description is missing is a failure, since nobody knows its operations', async () => {
  const root = writeFiles({ 'api.yaml': `${head}paths: { /x: { $ref: gone.yaml } }\n` })
  await expect(readDocument(root)).rejects.toThrow(DocumentError)
  const { problems } = await readDocument(root, { lenient: true })
  expect(problems).toMatchObject([{ code: 'ref_dangling', pointer: '/paths/~1x/$ref' }])
})

test('what may not be read is refused even where nobody would meet it', async () => {
  const root = writeFiles({
    'api.yaml': `${head}components: { schemas: { A: { $ref: 'file:///etc/hostname' } } }\n`,
  })
  await expect(readDocument(root)).rejects.toMatchObject({ code: 'ref_scheme', line: 3 })
})
