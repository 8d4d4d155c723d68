import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describedOperations } from './contract.ts'
import { demo, docs, origin, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const foreign = [
  'null',
  'http://evil.example',
  `${docs}.evil.example`,
  'http://localhost:4321.evil.example',
  'http://localhost:43210',
  'https://localhost:4321',
  'http://LOCALHOST:4321',
]

describe('S12 scripts of the docs', () => {
  test('may ask for every method, with the headers that a call needs', async () => {
    for (const { path } of (await describedOperations()).values()) {
      const response = await api.request(`/v1${path.replace('{id}', 'x')}`, {
        method: 'OPTIONS',
        headers: {
          origin: docs,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'authorization,idempotency-key',
        },
      })
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin')).toBe(docs)
      expect(response.headers.get('access-control-allow-headers')).toContain('idempotency-key')
      expect(response.headers.get('access-control-max-age')).toBe('600')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(response.headers.get('vary')).toContain('Origin')
    }
  })

  test('read answers, refusals too, with their headers and timing', async () => {
    const callers: Record<string, string>[] = [{ 'x-api-key': `sl_${demo}` }, {}]
    for (const headers of callers) {
      const response = await api.request('/v1/me', { headers: { ...headers, origin: docs } })
      expect(response.headers.get('access-control-allow-origin')).toBe(docs)
      expect(response.headers.get('timing-allow-origin')).toBe(docs)
      const exposed = response.headers.get('access-control-expose-headers')?.toLowerCase()
      for (const name of ['www-authenticate', 'x-request-id', 'retry-after', 'ratelimit']) {
        expect(exposed).toContain(name)
      }
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})

test.each(foreign)('S12 scripts of %s read nothing', async (from) => {
  for (const method of ['OPTIONS', 'GET']) {
    const response = await api.request('/v1/me', {
      method,
      headers: { origin: from, 'access-control-request-method': 'GET' },
    })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('timing-allow-origin')).toBeNull()
    expect(response.headers.get('vary')).toContain('Origin')
  }
})

test('pages of the sandbox are for no script at all', async () => {
  const response = await api.request('/checkout/cs_sandbox_x', { headers: { origin: docs } })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})

describe('S31 names of this machine', () => {
  const named = (host: string, path = '/v1/status') => api.requestAt(`http://${host}${path}`)

  test('127.0.0.1 and ::1 lead to localhost', async () => {
    for (const host of ['127.0.0.1:4323', '[::1]:4323']) {
      const response = await named(host, '/v1/status?a=b')
      expect(response.status).toBe(308)
      expect(response.headers.get('location')).toBe(`${origin}/v1/status?a=b`)
    }
  })

  test('any other name is refused', async () => {
    for (const host of [
      'evil.example',
      'evil.example:4323',
      'localhost:80',
      'localhost.evil:4323',
    ]) {
      const response = await named(host)
      expect(response.status, host).toBe(421)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      // The docs have no page of this code, so nothing may lead there.
      expect(await response.json()).toMatchObject({
        type: 'about:blank',
        title: 'Misdirected Request',
      })
    }
  })
})

describe('S22 the allowance', () => {
  test('is told with every answer and refused beyond it, until the minute is over', async () => {
    const tight = await startApi({ rateLimit: 3 })
    const statuses = []
    for (let i = 0; i < 4; i += 1) {
      const response = await tight.call('GET', '/me')
      statuses.push(response.status)
      expect(response.headers.get('ratelimit-policy')).toBe('3;w=60')
      expect(response.headers.get('ratelimit-remaining')).toBe(String(Math.max(0, 2 - i)))
    }
    expect(statuses).toEqual([200, 200, 200, 429])
    const refused = await tight.call('GET', '/me', { headers: { 'x-forwarded-for': '10.0.0.9' } })
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED' })
    expect((await tight.call('GET', '/me', { scopes: ['streamloop:read'] })).status).toBe(200)
    tight.clock.advance(60)
    expect((await tight.call('GET', '/me')).status).toBe(200)
    await tight.close()
  })

  test('counts callers without a credential by their address', async () => {
    const tight = await startApi({ rateLimit: 2 })
    const statuses = []
    for (let i = 0; i < 3; i += 1) {
      const headers = { 'x-api-key': `sl_wrong_${i}`, 'x-forwarded-for': `10.0.0.${i}` }
      statuses.push((await tight.call('GET', '/me', { as: null, headers })).status)
    }
    expect(statuses).toEqual([401, 401, 429])
    await tight.close()
  })
})
