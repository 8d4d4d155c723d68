import { describe, expect, test } from 'vitest'
import type { SecurityScheme } from '../../src/model/operation.ts'
import { bodyKind, mediaTypeOf } from '../../src/try-it/answer/body-kind.ts'
import { readProblem } from '../../src/try-it/answer/problem.ts'
import { sizeInWords, statusLine, timeInWords } from '../../src/try-it/answer/words.ts'
import { checkBody } from '../../src/try-it/request/body/check-body.ts'
import { plainDescription } from '../../src/try-it/request/description.ts'
import { readChallenge } from '../../src/try-it/session/challenge.ts'
import { isDangerous, missingScopes, signInAlternatives } from '../../src/try-it/session/scopes.ts'
import { operation } from './fixture.ts'

describe('a challenge', () => {
  test.each([
    ['Bearer', { scopes: [] }],
    ['bearer error=invalid_token', { error: 'invalid_token', scopes: [] }],
    [
      'Bearer resource_metadata="http://a/.well-known/x", error="insufficient_scope", scope="a:read a:write"',
      { error: 'insufficient_scope', scopes: ['a:read', 'a:write'] },
    ],
    [
      'Basic realm="a, Bearer b", Bearer error="invalid_token"',
      { error: 'invalid_token', scopes: [] },
    ],
    ['Bearer realm="a \\"b\\"", scope="x"', { scopes: ['x'] }],
    ['DPoP algs="ES256", Bearer scope=""', { scopes: [] }],
  ])('%s', (header, expected) => {
    expect(readChallenge(header)).toEqual(expected)
  })
  test('of another scheme is none', () => {
    expect(readChallenge('Basic realm="x"')).toBeUndefined()
    expect(readChallenge('Bearerish error="x"')).toBeUndefined()
    expect(readChallenge(undefined)).toBeUndefined()
  })
  // Read again from every quote, each of these would take longer than a test may.
  test.each([
    ['quotes that end too early', `Bearer ${'a="\\'.repeat(500_000)}`],
    ['a quote without an end', `Bearer "${'\\"'.repeat(500_000)}`],
    ['an end that is escaped', `Bearer "${'\\"'.repeat(500_000)}\\`],
    ['nothing between commas', `Bearer ${' , '.repeat(500_000)}`],
  ])('T26: is read once, with %s', (_, header) => {
    expect(readChallenge(header)?.scopes).toEqual([])
  })
})

describe('scopes', () => {
  const scheme = (type: SecurityScheme['type'], ...names: string[]): SecurityScheme => ({
    name: type,
    type,
    description: '',
    scopes: names.map((name) => ({ name, description: '', dangerous: name === 'billing' })),
  })
  const security = [[scheme('oauth2', 'read')], [scheme('oauth2', 'billing')], [scheme('apiKey')]]

  test('a sign-in asks for the first alternative that it can satisfy', () => {
    const [first] = signInAlternatives([[scheme('apiKey')], ...security])
    expect(first?.map(({ name }) => name)).toEqual(['read'])
  })
  test('any satisfied alternative is enough', () => {
    expect(missingScopes(security, ['billing'])).toEqual([])
    expect(missingScopes(security, ['write']).map(({ name }) => name)).toEqual(['read'])
  })
  test('the nearest alternative says what is missing', () => {
    const either = [[scheme('oauth2', 'a', 'b')], [scheme('oauth2', 'c', 'd', 'e')]]
    expect(missingScopes(either, ['c', 'd']).map(({ name }) => name)).toEqual(['e'])
  })
  test('what deletes or spends is known as such', () => {
    expect(isDangerous(security, ['read', 'billing'])).toBe(true)
    expect(isDangerous(security, ['read'])).toBe(false)
  })
})

describe('a body', () => {
  const schema = operation().requestBody?.content[0]?.schema

  test('that fits has no problems', () => {
    expect(checkBody('{"name":"a","count":3}', schema)).toEqual([])
  })
  test('is told where it does not fit', () => {
    expect(
      checkBody('{"name":"","count":"x"}', schema)
        .map(({ place }) => place)
        .sort(),
    ).toEqual(['count', 'name'])
  })
  test('is told what is missing and what is too much', () => {
    const problems = checkBody('{"nam":"a"}', schema)
    expect(problems.map(({ message }) => message).join(' ')).toMatch(/lacks name.*|not a field/)
    expect(problems.find(({ place }) => place === 'nam')?.message).toBe(
      'is not a field of this body.',
    )
  })
  test('with files in it lacks none of them, and nothing is said of what is in them', () => {
    const form = {
      required: ['photo', 'papers', 'title'],
      properties: { photo: { minLength: 1 }, papers: { type: 'array' }, title: {} },
    }
    const said = (files: string[]) => checkBody('{}', form, files).map(({ message }) => message)
    expect(said(['photo', 'papers'])).toEqual(['It lacks title, which is required.'])
    expect(said(['photo']).join()).toContain('papers')
  })
  test('that is not JSON is told so', () => {
    expect(checkBody('{"name":', schema)).toMatchObject([{ message: /^This is not JSON/ }])
  })
  test('T26: is not held up by a slow pattern', () => {
    const slow = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } }
    const started = performance.now()
    checkBody(JSON.stringify({ a: `${'a'.repeat(50)}!` }), slow)
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('an answer', () => {
  test.each([
    ['application/json', 'json'],
    ['application/problem+json', 'json'],
    ['text/html', 'text'],
    ['image/svg+xml', 'text'],
    ['application/xhtml+xml', 'text'],
    ['text/javascript', 'text'],
    ['', 'text'],
    ['image/png', 'image'],
    ['application/pdf', 'binary'],
    ['video/mp4', 'video'],
    ['audio/mpeg', 'audio'],
    ['application/x-ndjson', 'lines'],
    ['text/event-stream', 'events'],
  ])('of type %s is shown as %s', (type, kind) => {
    expect(bodyKind(type, 10)).toBe(kind)
  })
  test('whose type is doubled or broken has none', () => {
    expect(mediaTypeOf('application/json, text/html')).toBe('')
    expect(mediaTypeOf('text')).toBe('')
    expect(mediaTypeOf('Application/JSON; charset=utf-8')).toBe('application/json')
  })
  test('has its reason, also where the protocol sends none', () => {
    expect(statusLine(200, '')).toBe('200 OK')
    expect(statusLine(404, 'Nope')).toBe('404 Nope')
    expect(statusLine(599, '')).toBe('599')
  })
  test('has size and time in words', () => {
    expect([sizeInWords(231), sizeInWords(4200), sizeInWords(5_300_000)]).toEqual([
      '231 B',
      '4.2 KB',
      '5.3 MB',
    ])
    expect([timeInWords(83.6), timeInWords(2345)]).toEqual(['84 ms', '2.3 s'])
  })
})

describe('a problem', () => {
  const text = JSON.stringify({
    type: 'https://streamloop.app/docs/errors/stream-live/',
    title: 'Stream is live',
    detail: 'Stop it first.',
    code: 'STREAM_LIVE',
  })
  test('leads to the page of its code on this site', () => {
    expect(readProblem('application/problem+json', text, '/docs/')).toEqual({
      title: 'Stream is live',
      detail: 'Stop it first.',
      code: 'STREAM_LIVE',
      href: '/docs/errors/stream-live/',
      fields: [],
    })
  })
  test('names fields by parameter, or by a pointer that is spelled as a fragment', () => {
    const errors = [
      { pointer: '#/a%20b/0', detail: 'x' },
      { parameter: 'limit', detail: 'y' },
      { detail: 7 },
    ]
    const text = JSON.stringify({ title: 'Invalid', errors })
    expect(readProblem('application/problem+json', text, '/')?.fields).toEqual([
      { pointer: '/a b/0', detail: 'x' },
      { parameter: 'limit', detail: 'y' },
    ])
  })
  test('whose type is a script leads nowhere', () => {
    const evil = JSON.stringify({ type: 'javascript:alert(1)', title: 'x' })
    expect(readProblem('application/problem+json', evil, '/')).toEqual({
      title: 'x',
      fields: [],
    })
  })
  test.each(['null', '[]', '1', 'x', '{"title":{}}'])('%s breaks nothing', (body) => {
    expect(readProblem('application/problem+json', body, '/')?.title).toBeUndefined()
  })
})

test('a description becomes its first sentence, plain', () => {
  expect(
    plainDescription('Keeps `name` as [it is](https://a),\nnot **more**. Second.\n\nThird.'),
  ).toBe('Keeps name as it is, not more.')
})
