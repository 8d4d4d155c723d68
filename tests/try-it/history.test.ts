import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeptCalls } from '../../src/oauth/vault/kept-calls.ts'
import { findIds, isIdKey } from '../../src/try-it/history/found-ids.ts'
import { toHar } from '../../src/try-it/history/har.ts'
import { jsonLines } from '../../src/try-it/history/json-lines.ts'
import { diffLines } from '../../src/try-it/history/line-diff.ts'
import { masked } from '../../src/try-it/history/mask.ts'
import type { KeptPastCall } from '../../src/try-it/history/past-call.ts'
import { suggestionsFor } from '../../src/try-it/history/suggestions.ts'
import { readShared, shareAddress } from '../../src/try-it/share/share-link.ts'
import { parameter, view } from './fixture.ts'
import { harSchema } from './har-schema.ts'

describe('ids in answers', () => {
  const answer = {
    data: [
      { id: 'stream_1', name: 'Night', destinationID: 'dest_1', playlistIDs: ['pl_1'] },
      { id: 'stream_2', owner_id: 'user 7', idle: 'no', userId: 9 },
    ],
  }
  test('are short texts under keys that say so, with the name beside them', () => {
    expect(findIds(answer)).toEqual([
      { key: 'id', value: 'stream_1', label: 'Night' },
      { key: 'destinationID', value: 'dest_1', label: '' },
      { key: 'id', value: 'stream_2', label: '' },
    ])
    expect(['idle', 'valid', 'ids', 'paid', 'grid'].filter(isIdKey)).toEqual([])
  })
  test('are offered where the example of the parameter begins alike', () => {
    const stream = parameter({ name: 'id', in: 'path', view: view({ examples: ['"stream_01"'] }) })
    expect(suggestionsFor(stream, findIds(answer)).map(({ value }) => value)).toEqual([
      'stream_1',
      'stream_2',
    ])
    const patterned = parameter({
      name: 'destId',
      in: 'query',
      schema: { pattern: '^dest_[a-z]+' },
    })
    expect(suggestionsFor(patterned, findIds(answer)).map(({ value }) => value)).toEqual(['dest_1'])
    const name = parameter({ name: 'name', in: 'query', view: view({ examples: ['"stream_01"'] }) })
    expect(suggestionsFor(name, findIds(answer))).toEqual([])
  })
  test('without a beginning of their own are offered where the names agree', () => {
    const ids = findIds({ projectId: '0190', otherId: '0191' })
    const project = parameter({ name: 'project_id', in: 'path' })
    expect(suggestionsFor(project, ids).map(({ value }) => value)).toEqual(['0190'])
  })
})

describe('comparing', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  test('gives back both texts', () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const found = diffLines(left, right)
        const of = (side: 'left' | 'right') =>
          found.filter((line) => line.side === 'both' || line.side === side).map(({ text }) => text)
        expect(of('left')).toEqual(left)
        expect(of('right')).toEqual(right)
      }),
    )
  })
  test('finds what has changed, and no more', () => {
    expect(diffLines(['{', ' 1', ' 2', '}'], ['{', ' 1', ' 3', '}'])).toEqual([
      { side: 'both', text: '{' },
      { side: 'both', text: ' 1' },
      { side: 'left', text: ' 2' },
      { side: 'right', text: ' 3' },
      { side: 'both', text: '}' },
    ])
  })
  test('of texts with nothing in common ends soon', () => {
    const left = Array.from({ length: 20_000 }, (_, index) => `l${index}`)
    const right = Array.from({ length: 20_000 }, (_, index) => `r${index}`)
    expect(diffLines(left, right)).toHaveLength(40_000)
  })
  test('lays JSON out without touching a digit, an escape or a double key', () => {
    expect(jsonLines('{"a":12345678901234567890,"a":[],"b":[1.0,{"c":"x,{\\u0041\\""}]}')).toEqual([
      '{',
      '  "a": 12345678901234567890,',
      '  "a": [],',
      '  "b": [',
      '    1.0,',
      '    {',
      '      "c": "x,{\\u0041\\""',
      '    }',
      '  ]',
      '}',
    ])
  })
  test('lays any JSON out so that it stays the same', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(jsonLines(text).join('\n'))).toEqual(JSON.parse(text))
      }),
    )
  })
})

const call: KeptPastCall = {
  id: '1',
  at: Date.parse('2026-01-01T00:00:01Z'),
  page: '/reference/a/b/',
  method: 'POST',
  summary: 'Create',
  environment: 'Sandbox',
  request: {
    method: 'POST',
    url: 'https://api.example/v1/x?q=1&q=2&access%5Ftoken=leaked',
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', 'Bearer leaked'],
      ['X-Api-Key', 'leaked'],
    ],
    body: { kind: 'text', text: '{"a":1}' },
  },
  form: { operation: 'x', environment: 'Sandbox', parameters: {}, secretNames: [], repeat: false },
  outcome: {
    kind: 'answer',
    head: {
      status: 201,
      statusText: 'Created',
      headers: [
        ['content-type', 'application/json'],
        ['set-cookie', 'leaked'],
      ],
      elapsed: 40,
      authorized: true,
    },
    bytes: 30,
    elapsed: 60,
    secrets: ['/items/0/key'],
    ids: [],
    hasBody: true,
  },
}

/** What the format of archives has against one. */
function faultsOf(har: object): unknown[] {
  const ajv = new Ajv({ allErrors: true, formats: { 'date-time': dateTime, uri: URL.canParse } })
  const isValid = ajv.compile(harSchema)
  return isValid(har) ? [] : (isValid.errors ?? [])
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

test('an archive holds the calls, and no credential', () => {
  const texts = new Map([['1', '{"items":[{"key":"leaked"}],"n":1.10}']])
  const failed: KeptPastCall = {
    ...call,
    id: '2',
    outcome: { kind: 'failure', code: 'timeout', message: 'No answer.' },
  }
  const har = toHar([call, failed], texts)
  expect(JSON.stringify(har)).not.toContain('leaked')
  expect(faultsOf(JSON.parse(JSON.stringify(har)))).toEqual([])
  expect(har.log.entries.map(({ response }) => response.status)).toEqual([201, 0])
  expect(har.log.entries[0]).toMatchObject({
    startedDateTime: '2026-01-01T00:00:00.940Z',
    request: {
      queryString: [
        { name: 'q', value: '1' },
        { name: 'q', value: '2' },
        { name: 'access_token', value: '…' },
      ],
    },
    response: { content: { text: '{"items":[{"key":"…"}],"n":1.10}' } },
    timings: { send: 0, wait: 40, receive: 20 },
  })
})

test('an archive covers what is named like a credential in what was sent and what came', () => {
  const request = { method: 'POST', url: 'https://api.example/v1/x' }
  const json = '{"user":"ann","password":"leaked","n":1.10,"in":[{"api_key" : "leaked\\""}]}'
  const part = (name: string, value: string) => ({ name, value })
  const of = (type: string) => [['Content-Type', type]] as const
  const sent = [
    { headers: of('application/json'), body: { kind: 'text', text: json } },
    {
      headers: of('application/x-www-form-urlencoded'),
      body: { kind: 'text', text: 'a=1&client_secret=leaked' },
    },
    {
      headers: [],
      body: { kind: 'multipart', parts: [part('token', 'leaked'), part('meta', json)] },
    },
  ] as const
  const har = toHar(
    sent.map((own, at) => ({ ...call, id: `${at}`, request: { ...request, ...own } })),
    new Map([['0', '{"items":[],"access_token":"leaked","page_token":"p"}']]),
  )
  expect(faultsOf(JSON.parse(JSON.stringify(har)))).toEqual([])
  expect(JSON.stringify(har)).not.toContain('leaked')
  const covered = '{"user":"ann","password":"…","n":1.10,"in":[{"api_key" : "…"}]}'
  expect(har.log.entries.map(({ request: { postData } }) => postData)).toMatchObject([
    { text: covered },
    { text: 'a=1&client_secret=…' },
    { params: [{ value: '…' }, { name: 'meta', value: covered }] },
  ])
  expect(har.log.entries[0]?.response.content).toMatchObject({
    text: '{"items":[],"access_token":"…","page_token":"p"}',
  })
})

test('an archive leaves out a body that nobody could check for secrets', () => {
  const { outcome } = call
  if (outcome.kind !== 'answer') throw new Error('No answer.')
  const { secrets: _unknown, ...unchecked } = outcome
  const har = toHar([{ ...call, outcome: unchecked }], new Map([['1', '{"key":"leaked"']]))
  expect(JSON.stringify(har)).not.toContain('leaked')
  expect(JSON.stringify(har)).toContain('could not be checked for secrets')
})

test('an archive names files and does not hold them', () => {
  const file = { name: 'night.mp4', type: 'video/mp4', blob: new Blob(['leaked']) }
  const parts = [
    { name: 'title', value: 'Night' },
    { name: 'video', value: '', fileName: 'night.mp4', contentType: 'video/mp4', file },
  ]
  const request = { method: 'POST', url: 'https://api.example/v1/x', headers: [] }
  const har = toHar(
    [
      { ...call, request: { ...request, body: { kind: 'multipart', parts } } },
      { ...call, request: { ...request, body: { kind: 'file', file } } },
    ],
    new Map(),
  )
  expect(faultsOf(JSON.parse(JSON.stringify(har)))).toEqual([])
  expect(har.log.entries.map(({ request: { postData } }) => postData)).toEqual([
    {
      mimeType: 'multipart/form-data',
      params: [
        { name: 'title', value: 'Night' },
        { name: 'video', fileName: 'night.mp4', contentType: 'video/mp4' },
      ],
    },
    {
      mimeType: 'application/octet-stream',
      text: '',
      comment: 'The file night.mp4, not kept.',
    },
  ])
})

test('what is secret is covered wherever it stands, and nothing else changes', () => {
  const text = '{ "k":1.10, "a":[{"k":"x"},{"k":"y","k":"z"}], "k/2":"w" }'
  expect(masked(text, ['/a/1/k', '/k~12'])).toBe(
    '{ "k":1.10, "a":[{"k":"x"},{"k":"…","k":"…"}], "k/2":"…" }',
  )
  expect(masked(text, ['/none', '/a/7/k'])).toBe(text)
  expect(masked('not json', ['/a'])).toBe('not json')
})

describe('the history in the vault', () => {
  const large = new Blob([new Uint8Array(5_000_000)])
  const kept = (id: string, body = new Blob()) => ({ id, record: id, body })
  test('is told apart by tab, and the oldest calls give way', () => {
    const calls = new KeptCalls()
    for (let at = 0; at < 60; at += 1) calls.keep('one', kept(String(at)))
    calls.keep('two', kept('a'))
    expect(calls.of('one')).toHaveLength(50)
    expect(calls.of('one').at(-1)?.id).toBe('59')
    expect(calls.of('two').map(({ id }) => id)).toEqual(['a'])
    expect(calls.of('none')).toEqual([])
    calls.clear()
    expect(calls.of('one')).toEqual([])
  })
  test('holds no more than so many bytes, and the newest stay', () => {
    const calls = new KeptCalls()
    for (let at = 0; at < 10; at += 1) calls.keep('big', kept(String(at), large))
    expect(calls.of('big').map(({ id }) => id)).toEqual(['4', '5', '6', '7', '8', '9'])
  })
})

describe('a link to a request', () => {
  const form = {
    operation: 'createThing',
    environment: 'Sandbox',
    parameters: { 'query:q': 'ünï=&#😀', 'query:list': ['a', 'b'] },
    body: '{"n":12345678901234567890}',
    secretNames: ['body:rtmpKey'],
    repeat: true,
  }
  test('carries what is typed, and never sends nor brings a secret', () => {
    const address = shareAddress('https://docs.example/x/', form)
    expect(address).toMatch(/^https:\/\/docs\.example\/x\/#try=[\w-]+$/)
    expect(readShared(new URL(address).hash)).toEqual({ ...form, secretNames: [], repeat: false })
    expect(
      atob(address.split('=')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    ).not.toContain('rtmpKey')
  })
  test('carries no value whose name says that it is a credential', () => {
    const address = shareAddress('https://docs.example/x/', {
      ...form,
      body: '{"a:b":"x, {","refresh_token":"leaked","id":12345678901234567890,"secret":["leaked"],"b":["y"]}',
      parameters: {
        'query:access_token': 'leaked',
        'query:pageToken': 'p',
        'header:X-Auth': 'leaked',
      },
      headers: [
        ['X-Session-Token', 'leaked'],
        ['Idempotency-Key', 'k'],
        ['X-Api-Key', 'leaked'],
      ],
    })
    expect(readShared(new URL(address).hash)).toMatchObject({
      body: '{"a:b":"x, {","refresh_token":"","id":12345678901234567890,"secret":[""],"b":["y"]}',
      parameters: { 'query:pageToken': 'p' },
      headers: [['Idempotency-Key', 'k']],
    })
    expect(Buffer.from(address.split('#try=')[1] ?? '', 'base64url').toString()).not.toContain(
      'leaked',
    )
  })
  test.each(['#try=', '#try=%', '#try=bnVsbA', '#try=eyJ', '#other'])('%s is nothing', (hash) => {
    expect(readShared(hash)).toBeUndefined()
  })
})
