import { expect, test } from 'vitest'
import { noCredential } from '../../src/components/operation/security.ts'
import { DocumentError, readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/index.ts'
import { writeFiles } from '../document/write-files.ts'
import { operationOf, readFixture } from './read-odd.ts'

const odd = await readFixture('odd.yaml')

test('tags come in the document’s order, then as they are met; empty ones stay out', () => {
  expect(odd.tags.map(({ slug, title }) => [slug, title])).toEqual([
    ['second', 'Second'],
    ['api-keys', 'Api Keys'],
    ['other', 'Other'],
  ])
})

test('an operation’s address is its tag and its id in kebab case', () => {
  expect(operationOf(odd, 'getThing').href).toBe('/reference/second/get-thing/')
})

test('without an id the address is made of method and path, without a tag it lies under other', () => {
  expect(odd.operations.map(({ href }) => href)).toEqual([
    '/reference/second/get-thing/',
    '/reference/second/delete-things-id/',
    '/reference/api-keys/get-keys/',
    '/reference/other/search/',
  ])
})

test('internal operations stay out', () => {
  expect(odd.operations.map(({ id }) => id)).not.toContain('hidden')
})

test('the server’s variables have their defaults and no slash ends it', () => {
  expect(operationOf(odd, 'search').server).toBe('https://eu.example.com/v2')
})

test('lists and objects are spread by default in the styles form and cookie, and in no other', async () => {
  const styles = {
    query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
    cookie: ['form', 'cookie'],
    header: ['simple'],
  }
  const parameters = Object.entries(styles).flatMap(([place, list]) =>
    list.map((style) => ({ name: style, in: place, style, schema: { type: 'array', items: {} } })),
  )
  const get = { operationId: 'a', parameters, responses: { 204: { description: 'ok' } } }
  const info = { title: 'T', version: '1' }
  const root = writeFiles({
    'api.json': JSON.stringify({ openapi: '3.2.0', info, paths: { '/a': { get } } }),
  })
  const { operations } = readReference(await readDocument(root))
  const spread = operations[0]?.parameters.filter(({ explode }) => explode)
  expect(spread?.map(({ in: place, name }) => `${place}:${name}`)).toEqual([
    'query:form',
    'cookie:form',
    'cookie:cookie',
  ])
})

test('answers stand in order: successes, errors, the default', () => {
  expect(operationOf(odd, 'getThing').responses.map(({ status }) => status)).toEqual([
    '200',
    '201',
    '404',
    '4XX',
    'default',
  ])
})

test('scopes are those that are asked for, in the order the scheme lists them', () => {
  expect(odd.scopes).toEqual([
    { name: 'read', description: 'See things.', dangerous: false },
    { name: 'erase', description: 'Delete things.', dangerous: true },
  ])
})

test('schemes of one alternative stand together, alternatives beside each other', () => {
  const { security } = operationOf(odd, 'DELETE /things/{id}')
  expect(security.map((schemes) => schemes.map(({ name }) => name))).toEqual([
    ['oauth'],
    ['key', 'app'],
    [],
  ])
})

test('an operation without security of its own takes the document’s', () => {
  expect(operationOf(odd, 'getThing').security[0]?.[0]?.scopes.map(({ name }) => name)).toEqual([
    'read',
  ])
})

test('snippets name the API key first, in variables made from the title', () => {
  expect(operationOf(odd, 'GET /keys').credentials).toEqual([
    { kind: 'apiKey', header: 'X-Key', prefix: '', variable: 'CAFE_DES_REVES_API_KEY' },
    {
      kind: 'bearer',
      header: 'Authorization',
      prefix: 'Bearer ',
      variable: 'CAFE_DES_REVES_TOKEN',
    },
  ])
})

test('no credential is shown where none is needed', () => {
  expect(operationOf(odd, 'search')).toMatchObject({ security: [], credentials: [] })
})

test('a document that says nothing about credentials is not one that needs none', async () => {
  const calls = `paths:
  /open: { get: { security: [], responses: { '200': { description: ok } } } }
  /silent: { get: { responses: { '200': { description: ok } } } }
`
  const root = writeFiles({
    'api.yaml': `openapi: 3.1.1\ninfo: { title: T, version: '1' }\n${calls}`,
  })
  const { operations } = readReference(await readDocument(root))
  expect(
    operations.map(({ path, securityStated }) => [path, noCredential(securityStated)]),
  ).toEqual([
    ['/open', 'Open to everyone: no credential needed.'],
    ['/silent', 'Its description names no credential for this call.'],
  ])
})

test('what a call destroys is kept for the panel', () => {
  expect(operationOf(odd, 'DELETE /things/{id}').confirm).toBe('Deletes the thing for good.')
})

test('every code of an answer leads to its page, and back to the operation', () => {
  const answer = operationOf(odd, 'getThing').responses.find(({ status }) => status === '404')
  expect(answer?.problems).toEqual([
    { code: 'GONE', meaning: 'It was deleted.', href: '/errors/gone/' },
    { code: 'NOT_THERE', meaning: 'It never was.', href: '/errors/not-there/' },
  ])
  expect(odd.problems.map(({ code, operations }) => [code, operations])).toEqual([
    ['GONE', ['getThing']],
    ['NOT_THERE', ['getThing']],
  ])
})

test('an operation is plain data, the same each time it is read', () => {
  const operation = operationOf(odd, 'getThing')
  expect(JSON.parse(JSON.stringify(operation))).toEqual({ ...operation })
  expect(Object.keys(operation)).toEqual(expect.arrayContaining(['parameters', 'responses']))
})

async function refusal(paths: string, rest = ''): Promise<DocumentError> {
  const root = writeFiles({
    'api.yaml': `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n${paths}\n${rest}`,
  })
  const document = await readDocument(root)
  try {
    readReference(document)
  } catch (error) {
    if (error instanceof DocumentError) return error
    throw error
  }
  throw new Error('The reference was read.')
}

async function warned(paths: string) {
  const root = writeFiles({
    'api.yaml': `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n${paths}\n`,
  })
  const document = await readDocument(root)
  const reference = readReference(document)
  return { reference, warnings: document.warnings }
}

test('of two operations with one address the second gets another, and a warning names both', async () => {
  const { reference, warnings } = await warned(
    '  /a: { get: { operationId: listThings } }\n  /b: { get: { operationId: list-things } }',
  )
  expect(reference.operations.map(({ href }) => href)).toEqual([
    '/reference/other/list-things/',
    '/reference/other/get-b/',
  ])
  expect(warnings).toMatchObject([{ code: 'slug_clash', file: 'api.yaml', line: 5 }])
  expect(warnings[0]?.message).toContain('list-things')
  expect(warnings[0]?.message).toContain('listThings (api.yaml:4)')
})

test('of two tags with one address the second gets a number', async () => {
  const { reference, warnings } = await warned(
    '  /a: { get: { operationId: a, tags: [live stats] } }\n  /b: { get: { operationId: b, tags: [live-stats] } }',
  )
  expect(reference.tags.map(({ slug }) => slug)).toEqual(['live-stats', 'live-stats-2'])
  expect(warnings).toMatchObject([{ code: 'slug_clash', line: 5 }])
})

test('a scheme that is not defined is an error with its place', async () => {
  const error = await refusal('  /a:\n    get:\n      security: [{ nobody: [] }]')
  expect(error).toMatchObject({
    code: 'security_unknown',
    line: 6,
    pointer: '/paths/~1a/get/security/0/nobody',
  })
})

test('a code that the catalogue does not explain is an error', async () => {
  const error = await refusal(
    "  /a: { get: { responses: { '400': { description: x, content: { application/problem+json: { schema: { properties: { status: {}, code: { enum: [NEW] } } } } } } } } }",
    'x-problem-codes: { OLD: { status: 400, title: x, meaning: y, remedy: z } }\n',
  )
  expect(error).toMatchObject({ code: 'problem_unknown', line: 4 })
  expect(error.message).toContain('"NEW"')
})

test('names that every object inherits are ordinary names', async () => {
  const root = writeFiles({
    'api.yaml': `openapi: 3.1.1
info: { title: T, version: '1' }
paths:
  /__proto__:
    get:
      operationId: constructor
      tags: [__proto__]
      responses: { '200': { description: ok, content: { application/json: { schema: { properties: { __proto__: { type: string }, toString: { type: string } } } } } } }
`,
  })
  const { operations } = readReference(await readDocument(root))
  expect(operations[0]).toMatchObject({ id: 'constructor', href: '/reference/proto/constructor/' })
  const view = operations[0]?.responses[0]?.content[0]?.view
  expect(view?.properties.map(({ name }) => name)).toEqual(['__proto__', 'toString'])
})

test('tags keep their nesting and their groups; one that is a badge is nobody’s home', async () => {
  const root = writeFiles({
    'api.yaml': `openapi: 3.1.1
info: { title: T, version: '1' }
tags:
  - { name: last, description: Stands alone. }
  - { name: beta, kind: badge, description: Not yet stable. }
  - { name: inner, parent: outer }
  - { name: outer, summary: The outer, kind: nav }
  - { name: circle, parent: circle, description: Lies in itself. }
x-tagGroups: [{ name: Core, tags: [outer] }]
paths:
  /a: { get: { tags: [beta, inner] } }
`,
  })
  const { tags, operations } = readReference(await readDocument(root))
  expect(tags.map(({ name, depth, group, parent }) => [name, depth, group, parent])).toEqual([
    ['outer', 0, 'Core', undefined],
    ['inner', 1, 'Core', 'outer'],
    ['last', 0, 'More', undefined],
    ['beta', 0, 'More', undefined],
    ['circle', 0, 'More', undefined],
  ])
  expect(operations[0]).toMatchObject({ tag: 'inner', otherTags: ['beta'] })
  expect(tags.find(({ name }) => name === 'beta')?.also).toEqual(operations)
})

test('webhooks and callbacks are pages of their own, under the tag of who causes them', async () => {
  const root = writeFiles({
    'api.yaml': `openapi: 3.1.1
info: { title: T, version: '1' }
security: [{ key: [] }]
paths:
  /subscriptions:
    post:
      operationId: subscribe
      tags: [events]
      callbacks:
        paid:
          '{$request.body#/url}': { post: { summary: It was paid, responses: { '200': { description: ok } } } }
webhooks:
  newPet: { post: { responses: { '200': { description: ok } } } }
  secret: { x-internal: true, post: {} }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X } } }
`,
  })
  const { operations, events } = readReference(await readDocument(root))
  expect(events.map(({ href, method, summary }) => [href, method, summary])).toEqual([
    ['/reference/events/subscribe-paid/', 'POST', 'It was paid'],
    ['/reference/webhooks/new-pet/', 'POST', 'newPet'],
  ])
  expect(events[0]).toMatchObject({
    security: [],
    event: { kind: 'callback', expression: '{$request.body#/url}' },
  })
  expect(operations[0]?.callbacks).toMatchObject([{ name: 'paid', href: events[0]?.href }])
})

test('a summary too long for a title is read as a description', async () => {
  const long = `It happens. ${'See [more](https://e.example/). '.repeat(8)}`
  const file = writeFiles({
    'openapi.json': JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {},
      webhooks: {
        born: { post: { operationId: 'pets/born', summary: long, description: 'One was born.' } },
      },
    }),
  })
  const { events } = readReference(await readDocument(file))
  expect(events[0]).toMatchObject({
    summary: 'pets/born',
    description: `One was born.\n\n${long}`,
  })
})
