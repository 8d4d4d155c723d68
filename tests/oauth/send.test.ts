import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SendRequest } from '../../src/oauth/vault/protocol.ts'
import type { Vault } from '../../src/oauth/vault/vault.ts'
import type { ApiRequest } from '../../src/request/api-request.ts'
import { accessToken, type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { openVault, signIn } from './vault-fixture.ts'

let fake: FakeIssuer
let vault: Vault
/** Requests that reached a server of someone else. */
const evilSeen: string[] = []
const evil = createServer((request, response) => {
  evilSeen.push(`${request.url} ${request.headers.authorization}`)
  response.end('{}')
})
let evilOrigin: string

beforeAll(async () => {
  fake = await startFakeIssuer()
  await new Promise<void>((done) => evil.listen(0, '127.0.0.1', done))
  evilOrigin = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
})
afterAll(async () => {
  await fake.close()
  evil.closeAllConnections()
  evil.close()
})
beforeEach(async () => {
  fake.lies = {}
  fake.apiSeen.length = 0
  evilSeen.length = 0
  vault = openVault(fake).vault
  await signIn(fake, vault)
})

const ask = (request: Partial<ApiRequest>): SendRequest => ({
  environment: 'Test',
  request: { method: 'GET', url: `${fake.environment.api}/v1/streams`, headers: [], ...request },
  authorize: true,
})
const never = new AbortController().signal

async function readAll(answer: Awaited<ReturnType<Vault['send']>>): Promise<string> {
  const pieces: Uint8Array[] = []
  for (let piece = await answer.read(); piece; piece = await answer.read()) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('a request goes out as it is, with the token, and the answer comes back whole', async () => {
  fake.lies.api = (_request, response) => {
    response.writeHead(201, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
    response.write('{"a":')
    response.end('12345678901234567890}')
  }
  const answer = await vault.send(
    ask({
      method: 'POST',
      url: `${fake.environment.api}/v1/a%2Fb?x=%20&y=`,
      headers: [
        ['Content-Type', 'application/json'],
        ['Idempotency-Key', 'k1'],
      ],
      body: { kind: 'text', text: '{"name":"Ünïcode"}' },
    }),
    never,
  )
  expect(answer.head).toMatchObject({ status: 201, statusText: 'Created', authorized: true })
  expect(answer.head.headers).toContainEqual(['x-request-id', 'req_1'])
  expect(await readAll(answer)).toBe('{"a":12345678901234567890}')
  const [seen] = fake.apiSeen
  expect(seen).toMatchObject({ method: 'POST', path: '/v1/a%2Fb', body: '{"name":"Ünïcode"}' })
  expect(seen?.headers.authorization).toBe(`Bearer ${accessToken}`)
  expect(seen?.headers['content-type']).toBe('application/json')
  expect(seen?.headers['idempotency-key']).toBe('k1')
})

test('no token goes where none is wanted', async () => {
  const answer = await vault.send({ ...ask({}), authorize: false }, never)
  expect(answer.head.authorized).toBe(false)
  expect(fake.apiSeen[0]?.headers.authorization).toBeUndefined()
})

test('a multipart body is sent with names, file names and types', async () => {
  await vault.send(
    ask({
      method: 'POST',
      body: {
        kind: 'multipart',
        parts: [
          { name: 'title', value: 'Rock "n" roll' },
          { name: 'file', value: 'a,b', fileName: 'a.csv', contentType: 'text/csv' },
          { name: 'meta', value: '{}', contentType: 'application/json' },
        ],
      },
    }),
    never,
  )
  const [seen] = fake.apiSeen
  expect(seen?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  expect(seen?.body).toContain('name="title"\r\n\r\nRock "n" roll')
  expect(seen?.body).toContain('name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\na,b')
  // A type alone makes no file of a part.
  expect(seen?.body).toContain('name="meta"\r\nContent-Type: application/json\r\n\r\n{}')
})

describe('T9: the token goes to no other address', () => {
  const addresses: [string, (api: string, foreign: string) => string][] = [
    ['of another origin', (_api, foreign) => `${foreign}/v1/streams`],
    ['of another port', (api) => api.replace(/\d+$/, '1')],
    ['over https', (api) => api.replace('http:', 'https:')],
    ['with a user name', (api) => api.replace('//', '//user@')],
    [
      'with the API as a user name',
      (api, foreign) => foreign.replace('//', `//${new URL(api).host}@`),
    ],
    ['that only begins like the API', (api) => `${api}.evil.example/`],
    ['without a scheme', (_api, foreign) => foreign.replace('http:', '')],
    ['that is relative', () => '/v1/streams'],
    ['that is a script', () => 'javascript:alert(1)'],
    ['that is data', () => 'data:text/plain,x'],
    ['that is empty', () => ''],
    ['of the issuer', () => ''],
  ]
  test.each(addresses)('%s', async (name, address) => {
    const url =
      name === 'of the issuer'
        ? `${fake.environment.issuer}/userinfo`
        : address(fake.environment.api, evilOrigin)
    fake.seen.length = 0
    await expect(vault.send(ask({ url }), never)).rejects.toMatchObject({ code: 'not_allowed' })
    expect([...evilSeen, ...fake.apiSeen, ...fake.seen]).toEqual([])
  })

  test.each([301, 302, 303, 307, 308])('that a %d leads to', async (status) => {
    fake.lies.api = (_request, response) =>
      response.writeHead(status, { location: `${evilOrigin}/steal` }).end()
    await expect(vault.send(ask({}), never)).rejects.toMatchObject({ code: 'redirect' })
    expect(evilSeen).toEqual([])
  })

  test('of an environment that this build does not have', async () => {
    await expect(vault.send({ ...ask({}), environment: 'Evil' }, never)).rejects.toMatchObject({
      code: 'not_allowed',
    })
  })
})

test.each(['Authorization', 'Cookie', 'Proxy-Authorization', 'Sec-Fetch-Site'])(
  'a typed header %s is not sent',
  async (name) => {
    await expect(vault.send(ask({ headers: [[name, 'x']] }), never)).rejects.toMatchObject({
      code: 'not_allowed',
    })
    expect(fake.apiSeen).toEqual([])
  },
)

test('T27: a header with a line break is not sent', async () => {
  await expect(
    vault.send(ask({ headers: [['X-A', 'a\r\nX-Evil: 1']] }), never),
  ).rejects.toMatchObject({ code: 'not_allowed' })
  expect(fake.apiSeen).toEqual([])
})

test('a GET with a body is refused in words, as no browser sends it', async () => {
  await expect(vault.send(ask({ body: { kind: 'text', text: 'x' } }), never)).rejects.toMatchObject(
    { code: 'not_allowed', message: expect.stringContaining('GET') },
  )
})

describe('T31: a failure is told as far as it is known', () => {
  test('no server: no answer came', async () => {
    const environments = [{ ...fake.environment, api: 'http://127.0.0.1:1' }]
    const lonely = openVault(fake, { environments }).vault
    const request = { method: 'GET', url: 'http://127.0.0.1:1/v1', headers: [] }
    const sending = lonely.send({ environment: 'Test', request, authorize: false }, never)
    await expect(sending).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('offline, when the browser says so', async () => {
    const failing: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    const { vault: offline } = openVault(fake, { fetch: failing, offline: () => true })
    await expect(offline.send(ask({}), never)).rejects.toMatchObject({ code: 'offline' })
  })

  test('blocked, when the policy of the site was the reason', async () => {
    const failing: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    const { vault: blocked } = openVault(fake, { fetch: failing, blocked: async () => true })
    await expect(blocked.send(ask({}), never)).rejects.toMatchObject({ code: 'blocked' })
  })

  test('cancelled, and the API sees the socket close', async () => {
    const controller = new AbortController()
    const closed = new Promise<void>((done) => {
      fake.lies.api = (request) => request.socket.on('close', () => done())
    })
    const sending = vault.send(ask({}), controller.signal)
    setTimeout(() => controller.abort(), 100)
    await expect(sending).rejects.toMatchObject({ code: 'cancelled' })
    await closed
  })

  test('cancelled in the middle of the answer', async () => {
    fake.lies.api = (_request, response) => void response.write('some')
    const controller = new AbortController()
    const answer = await vault.send(ask({}), controller.signal)
    expect(Buffer.from((await answer.read()) ?? []).toString()).toBe('some')
    controller.abort()
    await expect(answer.read()).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('broken off, and what came before is there for a reader who is late', async () => {
    fake.lies.api = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    }
    const answer = await vault.send(ask({}), never)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(Buffer.from((await answer.read()) ?? []).toString()).toBe('half')
    await expect(answer.read()).rejects.toMatchObject({ code: 'broken_off' })
  })

  test('not read on, while nobody takes what came', async () => {
    let sent = 0
    fake.lies.api = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(100_000))) sent += 100_000
        sent += 100_000
      }
      response.on('drain', more)
      more()
    }
    const controller = new AbortController()
    const answer = await vault.send(ask({}), controller.signal)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(sent).toBeLessThan(30_000_000)
    expect((await answer.read())?.byteLength).toBeGreaterThan(0)
    controller.abort()
  })

  test('broken off, when the answer ends too early', async () => {
    fake.lies.api = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 50)
    }
    const answer = await vault.send(ask({}), never)
    await answer.read()
    await expect(answer.read()).rejects.toMatchObject({ code: 'broken_off' })
  })
})

test('a token that the API calls invalid is forgotten, and the page is told', async () => {
  const told: unknown[] = []
  vault.listen((_environment, session) => told.push(session))
  fake.lies.api = (_request, response) =>
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
  const answer = await vault.send(ask({}), never)
  expect(answer.head.status).toBe(401)
  expect(vault.session('Test')).toBeUndefined()
  expect(told).toEqual([undefined])
})

test('a token that only lacks a scope is kept', async () => {
  fake.lies.api = (_request, response) =>
    response
      .writeHead(403, { 'www-authenticate': 'Bearer error="insufficient_scope", scope="write"' })
      .end()
  await vault.send(ask({}), never)
  expect(vault.session('Test')).toBeDefined()
})
