import { describe, expect, test } from 'vitest'
import { SendFailure } from '../../src/oauth/vault/send-failure.ts'
import type { ApiRequest } from '../../src/request/index.ts'
import { causeWords, failureWords } from '../../src/try-it/failure/failure-words.ts'
import { findCause, type Surroundings } from '../../src/try-it/failure/find-cause.ts'
import { preflightOf } from '../../src/try-it/failure/preflight.ts'
import type { Prober, Reach } from '../../src/try-it/failure/probe.ts'

const api = 'https://api.example'
const url = `${api}/v1/things`
const get: ApiRequest = { method: 'GET', url, headers: [] }
const tagged: ApiRequest = { method: 'GET', url, headers: [['X-Tag', 'a']] }
const remove: ApiRequest = { method: 'DELETE', url, headers: [] }
const here: Surroundings = { protocol: 'https:', isOnline: true, isLocalNetworkDenied: false }

interface Server {
  /** Of a request that asks for no permission. */
  plain?: Reach
  root?: Reach
  /** Of a request that the page may read. */
  read?: Reach[]
  refuses?: string[]
}

/** Probes whose outcome is written down; the browser's own are made in `tests/e2e/failure.spec.ts`. */
function prober({ plain = 'answered', root = 'failed', read = [], refuses }: Server): Prober {
  const outcomes = [...read]
  return {
    reach: async (address) => (new URL(address).pathname === '/' ? root : plain),
    read: async (_address, headers) => {
      if (headers.length === 0) return outcomes.shift() ?? 'answered'
      return headers.some((name) => refuses?.includes(name)) ? 'failed' : 'answered'
    },
  }
}

test.each<[string, ApiRequest, Server, Partial<Surroundings>, object]>([
  ['no network', get, {}, { isOnline: false }, { kind: 'offline' }],
  [
    'plain http from a page over https',
    { ...get, url: 'http://api.example/' },
    {},
    {},
    { kind: 'mixed_content' },
  ],
  [
    'nothing that answers anything',
    get,
    { plain: 'failed', read: ['failed'] },
    {},
    { kind: 'unreachable' },
  ],
  [
    'nothing that answers, while the browser guards the local network',
    get,
    { plain: 'failed', read: ['failed'] },
    { isLocalNetworkDenied: true },
    { kind: 'local_network' },
  ],
  [
    'a server that answers elsewhere',
    get,
    { plain: 'failed', root: 'answered', read: ['failed'] },
    {},
    { kind: 'closed_here' },
  ],
  ['a redirect away', get, { plain: 'led_away', read: ['failed'] }, {}, { kind: 'redirect_away' }],
  ['a server that is silent', get, { plain: 'late', read: ['late'] }, {}, { kind: 'silent' }],
  [
    'a server that answers and is not to be read',
    get,
    { read: ['failed', 'failed'] },
    {},
    { kind: 'unreadable', preflight: undefined },
  ],
  ['a chance failure', get, { read: ['failed', 'answered'] }, {}, { kind: 'closed_once' }],
  ['a slow server', get, { read: ['late', 'answered'] }, {}, { kind: 'closed_once' }],
  ['a server that lets read only', get, { read: ['failed', 'late'] }, {}, { kind: 'silent' }],
  ['a connection that ended', tagged, {}, {}, { kind: 'closed_once' }],
  [
    'a header that is not allowed',
    tagged,
    { refuses: ['x-tag'] },
    {},
    { kind: 'headers_refused', headers: ['x-tag'] },
  ],
  ['a method or a connection', remove, {}, {}, { kind: 'method_or_closed' }],
])('of %s, the cause is found', async (_case, request, server, surroundings, cause) => {
  const found = await findCause(request, false, { ...here, ...surroundings }, prober(server))
  expect(found).toMatchObject(cause)
})

test('plain http on this machine is no mixed content', async () => {
  for (const host of ['localhost:1', '127.0.0.1:1', '[::1]:1', 'api.localhost']) {
    const request = { ...get, url: `http://${host}/` }
    expect(await findCause(request, false, here, prober({}))).toEqual({ kind: 'closed_once' })
  }
})

test('CORS is blamed only where one and the same address is answered without it', () => {
  const blamed = (['unreadable', 'headers_refused'] as const).map((kind) =>
    causeWords({ kind, headers: ['x-tag'], preflight: { method: 'GET', headers: [] } }, api, api),
  )
  for (const { title, sureness } of blamed) {
    expect(title).toContain('CORS')
    expect(sureness).toBe('certain')
  }
})

describe('the question that a browser asks first', () => {
  test.each<[string, ApiRequest, boolean, unknown]>([
    ['a plain GET has none', get, false, undefined],
    ['a token', get, true, { method: 'GET', headers: ['authorization'] }],
    ['another method', remove, false, { method: 'DELETE', headers: [] }],
    [
      'a plain form has none',
      { ...get, method: 'POST', headers: [['Content-Type', 'text/plain; charset=utf-8']] },
      false,
      undefined,
    ],
    [
      'JSON, and headers once each',
      {
        ...get,
        method: 'POST',
        headers: [
          ['Content-Type', 'application/json'],
          ['X-B', '1'],
          ['x-b', '2'],
          ['Accept', 'text/plain'],
        ],
      },
      false,
      { method: 'POST', headers: ['content-type', 'x-b'] },
    ],
  ])('%s', (_case, request, authorized, expected) => {
    expect(preflightOf(request, authorized)).toEqual(expected)
  })
})

describe('the words', () => {
  const preflight = { method: 'DELETE', headers: ['authorization', 'x-tag'] }
  test('of every cause say how sure they are, and only two of them blame CORS', () => {
    const said = (
      [
        { kind: 'offline' },
        { kind: 'mixed_content' },
        { kind: 'local_network' },
        { kind: 'redirect_away' },
        { kind: 'unreachable' },
        { kind: 'silent' },
        { kind: 'closed_here' },
        { kind: 'closed_once' },
        { kind: 'method_or_closed', preflight },
        { kind: 'unreadable', preflight },
        { kind: 'headers_refused', headers: ['x-tag'], preflight },
      ] as const
    ).map((cause) => {
      const { title, sureness } = causeWords(cause, api, 'https://docs.example')
      return `${sureness}: ${title}`
    })
    expect(said).toEqual([
      'certain: Offline',
      'certain: Mixed content',
      'likely: Kept from your local network',
      'likely: Redirect not followed',
      'likely: Server not reachable',
      'unknown: No answer',
      'likely: Connection ended',
      'likely: Connection ended',
      'unknown: Not sent, or no answer',
      'certain: CORS does not let this page read',
      'certain: CORS does not let this page send',
    ])
  })
  test('of CORS name what the server would have to answer', () => {
    const { needed } = causeWords({ kind: 'unreadable', preflight }, api, 'https://docs.example')
    expect(needed?.split('\n')).toEqual([
      'to OPTIONS, with a status of 200 to 299:',
      'Access-Control-Allow-Origin: https://docs.example',
      'Access-Control-Allow-Methods: DELETE',
      'Access-Control-Allow-Headers: authorization, x-tag',
      'to DELETE:',
      'Access-Control-Allow-Origin: https://docs.example',
    ])
    const plain = causeWords({ kind: 'unreadable', preflight: undefined }, api, 'https://d.example')
    expect(plain.needed).toBe('Access-Control-Allow-Origin: https://d.example')
  })
  test('of a failure that explains itself are certain', () => {
    const codes = [
      'cancelled',
      'timeout',
      'redirect',
      'blocked',
      'not_allowed',
      'broken_off',
    ] as const
    for (const code of codes) {
      expect(failureWords(new SendFailure(code, 'Words.')).sureness).toBe('certain')
    }
    expect(failureWords(new SendFailure('unreachable', 'No answer came.')).sureness).toBe('unknown')
  })
})
