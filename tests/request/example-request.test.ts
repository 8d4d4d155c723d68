import { expect, test } from 'vitest'
import { exampleRequest, exampleValues } from '../../src/request/example-request.ts'
import { serverFor } from '../../src/request/server.ts'
import { body, example, operation, parameter } from './operation-fixture.ts'

const updateThing = operation({
  method: 'PATCH',
  path: '/things/{id}',
  parameters: [
    parameter({ in: 'path', name: 'id', examples: [example('thing_1')] }),
    parameter({ in: 'query', name: 'cursor', examples: [example('abc')] }),
    parameter({
      in: 'query',
      name: 'fields',
      required: true,
      explode: false,
      schema: { type: 'array', items: { type: 'integer' } },
      examples: [example('[1, 12345678901234567890]')],
    }),
    parameter({ in: 'header', name: 'X-Api-Key', required: true, examples: [example('x')] }),
  ],
  requestBody: {
    ...body('application/json', { examples: [example('{\n  "a": 1\n}'), example('{}', 'empty')] }),
    required: true,
  },
})

test('the example sends required parameters and the body, as the document shows them', () => {
  expect(
    exampleRequest(
      { ...updateThing, parameters: updateThing.parameters.slice(0, 3) },
      'https://a.test',
    ),
  ).toEqual({
    method: 'PATCH',
    url: 'https://a.test/things/thing_1?fields=1,12345678901234567890',
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'text', text: '{\n  "a": 1\n}' },
  })
})

test('another example of the body can be picked by its name', () => {
  expect(exampleValues(updateThing, 'empty').body).toBe('{}')
})

test('headers that nobody may type have no example', () => {
  expect(exampleValues(updateThing).parameters).not.toHaveProperty('header:X-Api-Key')
})

test('a parameter for which a text was made shows its own name', () => {
  const made = { ...example('string'), generated: true }
  const shape = operation({
    path: '/a/{b}',
    parameters: [parameter({ name: 'b', in: 'path', required: true, examples: [made] })],
  })
  expect(exampleRequest(shape, 'https://a.test').url).toBe('https://a.test/a/b')
})

test('a template name without a parameter shows its own name', () => {
  expect(exampleRequest(operation({ path: '/a/{b}' }), 'https://a.test').url).toBe(
    'https://a.test/a/b',
  )
})

test('a HEAD request never has a body, even where the document shows one', () => {
  const shape = operation({
    method: 'HEAD',
    requestBody: body('text/plain', { examples: [example('a')] }),
  })
  expect(exampleRequest(shape, 'https://a.test').body).toBeUndefined()
})

test.each([
  ['https://api.example.test/v1', 'http://localhost:4323', 'http://localhost:4323/v1'],
  ['https://api.example.test/v1/', 'http://localhost:4323/', 'http://localhost:4323/v1'],
  ['/v2', 'https://b.test', 'https://b.test/v2'],
  ['', 'https://b.test', 'https://b.test'],
  ['https://api.example.test/v1/', undefined, 'https://api.example.test/v1'],
  ['/v2/', undefined, 'https://api.example/v2'],
  ['', undefined, 'https://api.example'],
])('server %j in environment %j is %j', (server, api, base) => {
  expect(serverFor(server, api)).toBe(base)
})
