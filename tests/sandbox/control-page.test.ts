import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { docs, type Json } from './harness.ts'
import { type Served, serveSandbox } from './served.ts'

let sandbox: Served

beforeAll(async () => {
  sandbox = await serveSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => post('/sandbox/clock', { forward: 'back' }))

const post = (path: string, fields: Record<string, string>, headers?: Record<string, string>) =>
  fetch(sandbox.issuer + path, {
    method: 'POST',
    redirect: 'manual',
    headers: headers ?? { origin: sandbox.issuer },
    body: new URLSearchParams(fields),
  })
const page = async (path = '/sandbox') => (await fetch(sandbox.issuer + path)).text()
const clock = async (): Promise<Json> =>
  (await fetch(`${sandbox.api}/sandbox/clock`, { headers: { 'x-api-key': sandbox.key } })).json()

describe('the page of the controls', () => {
  test('shows the clock, the data and the last requests', async () => {
    await fetch(`${sandbox.api}/v1/status`)
    const text = await page()
    expect(text).toContain('<h1>Sandbox controls</h1>')
    for (const name of ['+1 minute', '+1 hour', '+1 day', 'Back to now', 'Reset the data']) {
      expect(text).toContain(`>${name}</button>`)
    }
    expect(text).toContain('>GET /v1/status</code>')
    expect(text).toContain('getStatus')
  })

  test('is a document that lets nothing else in', async () => {
    const response = await fetch(`${sandbox.issuer}/sandbox`)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('script-src')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(await response.text()).not.toMatch(/<script|style=/)
  })

  test('moves the clock with its buttons, and says so', async () => {
    const steps = [
      ['1m', 60],
      ['1h', 3660],
      ['1d', 90_060],
    ] as const
    for (const [forward, ahead] of steps) {
      const response = await post('/sandbox/clock', { forward })
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe('/sandbox?done=clock')
      expect(await clock()).toMatchObject({ aheadSeconds: ahead })
    }
    expect(await page('/sandbox?done=clock')).toMatch(/role="status">The clock was moved/)
    expect(await page()).toContain('1 d 1 h 1 min')
    await post('/sandbox/clock', { forward: 'back' })
    expect(await clock()).toMatchObject({ aheadSeconds: 0 })
  })

  test('says what it cannot do', async () => {
    const response = await post('/sandbox/clock', { forward: 'far' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('role="alert"')
  })

  test('resets the data once it is sure', async () => {
    const mine = async () => {
      const headers = { 'x-api-key': sandbox.key, 'content-type': 'application/json' }
      const list = await fetch(`${sandbox.api}/v1/streams?limit=100`, { headers })
      return ((await list.json()) as Json).data.map(({ name }: Json) => name)
    }
    await fetch(`${sandbox.api}/v1/streams`, {
      method: 'POST',
      headers: { 'x-api-key': sandbox.key, 'content-type': 'application/json' },
      body: '{"name":"Mine"}',
    })
    expect((await post('/sandbox/reset', {})).status).toBe(422)
    expect(await mine()).toContain('Mine')
    expect((await post('/sandbox/reset', { sure: 'yes' })).status).toBe(303)
    expect(await mine()).not.toContain('Mine')
  })

  test('shows what was asked for as text, and no notice of anybody’s wording', async () => {
    await fetch(`${sandbox.api}/v1/%3Cimg%20src=x%20onerror=alert(1)%3E`)
    const text = await page('/sandbox?done=%3Cb%3Ehello')
    expect(text).not.toMatch(/<img|<b>hello/)
  })
})

describe('a form from elsewhere', () => {
  const elsewhere: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: docs },
  ]
  test.each(elsewhere)('moves nothing (%o)', async (headers) => {
    expect((await post('/sandbox/clock', { forward: '1d' }, headers)).status).toBe(403)
    expect((await post('/sandbox/reset', { sure: 'yes' }, headers)).status).toBe(403)
    expect(await clock()).toMatchObject({ aheadSeconds: 0 })
  })

  test('and a GET moves nothing', async () => {
    for (const path of ['/sandbox/clock?forward=1d', '/sandbox/reset?sure=yes']) {
      expect((await fetch(sandbox.issuer + path)).status).toBe(404)
    }
    expect(await clock()).toMatchObject({ aheadSeconds: 0 })
  })
})

test('another name of the host (DNS rebinding) gets neither the page nor the controls', async () => {
  for (const origin of [sandbox.issuer, sandbox.api]) {
    const { port } = new URL(origin)
    const status = await new Promise((resolve, reject) => {
      const sent = request(
        {
          port,
          host: '127.0.0.1',
          path: origin === sandbox.api ? '/sandbox/clock' : '/sandbox',
          headers: { host: `evil.example:${port}`, 'x-api-key': sandbox.key },
        },
        (response) => resolve(response.resume().statusCode),
      )
      sent.on('error', reject).end()
    })
    expect(status).toBe(421)
  }
})
