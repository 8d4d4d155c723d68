import { symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DocumentError, readDocument } from '../../src/document/index.ts'
import { writeFiles } from './write-files.ts'

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n"

/** A document whose one operation answers with a schema. */
function answering(schema: string, rest = ''): string {
  return `${head}paths:
  /x:
    get:
      operationId: getX
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: ${schema}
${rest}`
}

async function refusal(root: string): Promise<DocumentError> {
  try {
    await readDocument(root)
  } catch (error) {
    if (error instanceof DocumentError) return error
    throw error
  }
  throw new Error('The document was read.')
}

test.each([
  'http://169.254.169.254/latest/meta-data',
  'https://example.com/schema.yaml',
  'HTTP://example.com/x',
  'file:///etc/hostname',
  '//example.com/x.yaml',
  'data:application/json,{}',
])('T21: a reference to %s is refused with its place', async (ref) => {
  const error = await refusal(writeFiles({ 'api.yaml': answering(`{ $ref: '${ref}' }`) }))
  expect(error).toMatchObject({
    code: 'ref_scheme',
    file: 'api.yaml',
    line: 12,
    pointer: '/paths/~1x/get/responses/200/content/application~1json/schema/$ref',
  })
})

test('T21: nobody is contacted for a reference to the network', async () => {
  let requests = 0
  const server = createServer((_request, response) => {
    requests += 1
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await refusal(writeFiles({ 'api.yaml': answering(`{ $ref: 'http://127.0.0.1:${port}/x' }`) }))
  server.close()
  expect(requests).toBe(0)
})

test.each([
  '../outside.yaml',
  '../../../../../../etc/hostname',
  '/etc/hostname',
  '%2e%2e/outside.yaml',
])('a reference out of the folder, %s, is refused', async (ref) => {
  const root = writeFiles({
    'docs/api.yaml': answering(`{ $ref: '${ref}' }`),
    'outside.yaml': 'secret: yes',
  })
  const error = await refusal(root)
  expect(error.code).toBe('ref_outside')
  expect(error.message).not.toContain('secret')
})

test('T21: a link out of the folder is refused', async () => {
  const root = writeFiles({
    'docs/api.yaml': answering('{ $ref: link.yaml }'),
    'outside.yaml': 'type: string',
  })
  symlinkSync(
    path.join(path.dirname(root), '../outside.yaml'),
    path.join(path.dirname(root), 'link.yaml'),
  )
  expect(await refusal(root)).toMatchObject({ code: 'ref_outside' })
})

test.each([
  ['a missing component', "{ $ref: '#/components/schemas/Gone' }"],
  ['a missing file', '{ $ref: schemas/Gone.yaml }'],
  ['a missing key of a file', "{ $ref: 'other.yaml#/Gone' }"],
  ['something inherited by every object', "{ $ref: '#/components/schemas/constructor' }"],
])('a reference to %s fails with file, line and pointer', async (_what, schema) => {
  const root = writeFiles({
    'api.yaml': answering(schema, 'components: { schemas: { A: {} } }\n'),
    'other.yaml': 'A: {}\n',
  })
  const error = await refusal(root)
  expect(error).toMatchObject({ code: 'ref_dangling', file: 'api.yaml', line: 12 })
  expect(error.message).toMatch(/^api\.yaml:12:\d+ at \/paths\/~1x\/get/)
})

test('a broken reference in another file names that file', async () => {
  const root = writeFiles({
    'api.yaml': answering('{ $ref: schemas/A.yaml }'),
    'schemas/A.yaml': 'type: object\nproperties:\n  b:\n    $ref: B.yaml\n',
  })
  expect(await refusal(root)).toMatchObject({
    code: 'ref_dangling',
    file: 'schemas/A.yaml',
    line: 4,
    column: 5,
    pointer: '/properties/b/$ref',
  })
})

test('a broken reference that no operation reaches is a warning', async () => {
  const root = writeFiles({
    'api.yaml': answering(
      '{ type: string }',
      "components: { schemas: { Unused: { properties: { a: { $ref: '#/components/schemas/Gone' } } } } }\n",
    ),
  })
  const document = await readDocument(root)
  expect(document.warnings).toMatchObject([{ code: 'ref_dangling', file: 'api.yaml', line: 13 }])
})

test('a broken reference reached through components is a failure', async () => {
  const root = writeFiles({
    'api.yaml': answering(
      "{ $ref: '#/components/schemas/A' }",
      "components: { schemas: { A: { items: { $ref: '#/components/schemas/B' } }, B: { not: { $ref: '#/components/schemas/Gone' } } } }\n",
    ),
  })
  expect(await refusal(root)).toMatchObject({ code: 'ref_dangling', line: 13 })
})

test('a broken reference inside an extension is a warning', async () => {
  const root = writeFiles({
    'api.yaml': answering(
      '{ type: string, x-see: { $ref: Gone.yaml } }',
      "x-also: { $ref: 'http://e.example' }\n",
    ),
  })
  const { warnings } = await readDocument(root)
  expect(warnings.map(({ code, line }) => [code, line])).toEqual([
    ['ref_dangling', 12],
    ['ref_scheme', 13],
  ])
})

test.each([
  ['YAML', 'api.yaml', 'openapi: 3.1.1\ninfo: { title: [ }\n', 2],
  ['JSON', 'api.json', '{\n  "openapi": "3.1.1",\n  "info": {,}\n}', 3],
  ['a tag of another language', 'api.yaml', 'openapi: 3.1.1\nx-a: !!js/function "x"\n', 2],
])('broken %s fails with its line', async (_what, file, text, line) => {
  expect(await refusal(writeFiles({ [file]: text }))).toMatchObject({ code: 'syntax', file, line })
})

test.each([
  ['api.yaml', 'openapi: 3.1.1\ninfo:\n  title: A\n  title: B\n', 4],
  ['api.json', '{\n"openapi": "3.1.1",\n"paths": {}, "paths": {}\n}', 3],
])('a key that stands twice in %s is refused', async (file, text, line) => {
  expect(await refusal(writeFiles({ [file]: text }))).toMatchObject({ code: 'duplicate_key', line })
})

test.each([
  ['an empty file', ''],
  ['a list', '- a\n'],
  ['another format', 'asyncapi: 3.0.0\n'],
  ['an edition to come', 'openapi: 4.0.0\n'],
  ['swagger 1.2', "swagger: '1.2'\n"],
])('%s is no OpenAPI document', async (_what, text) => {
  expect(await refusal(writeFiles({ 'api.yaml': text }))).toMatchObject({ code: 'version_unknown' })
})

test('a missing root file is told by its path', async () => {
  const error = await refusal(path.join(import.meta.dirname, 'nowhere.yaml'))
  expect(error).toMatchObject({ code: 'file_unreadable' })
  expect(error.message).toContain('nowhere.yaml')
})

test.each([
  ['parameters as a mapping', 'paths: { /x: { get: { parameters: { a: 1 } } } }', 'a mapping'],
  [
    'a header that is a number',
    'paths: { /x: { get: { responses: { 200: { headers: { A: 5 } } } } } }',
    'a number',
  ],
  ['paths as a list', 'paths: [a]', 'a list'],
])('%s is refused by name', async (_what, rest) => {
  expect(await refusal(writeFiles({ 'api.yaml': `${head}${rest}\n` }))).toMatchObject({
    code: 'wrong_type',
    line: 3,
  })
})

test('a path item that leads back to itself is refused', async () => {
  const root = writeFiles({
    'api.yaml': `${head}paths: { /x: { $ref: 'a.yaml' } }\n`,
    'a.yaml': '$ref: b.yaml\n',
    'b.yaml': '$ref: a.yaml\n',
  })
  expect(await refusal(root)).toMatchObject({ code: 'ref_loop' })
})
