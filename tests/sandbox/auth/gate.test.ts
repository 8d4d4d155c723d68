import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, docs, navigate, type Running, start } from './harness.ts'

let server: Running

beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

const url = (path: string) => new URL(path, server.issuer)

/** What a script of another origin may reach: anyone, the docs alone, or nobody. */
const reach: [path: string, method: string, 'anyone' | 'docs' | 'nobody'][] = [
  ['/.well-known/openid-configuration', 'GET', 'anyone'],
  ['/.well-known/oauth-authorization-server', 'GET', 'anyone'],
  ['/api/auth/jwks', 'GET', 'anyone'],
  ['/api/auth/oauth2/register', 'POST', 'docs'],
  ['/api/auth/oauth2/token', 'POST', 'docs'],
  ['/api/auth/oauth2/revoke', 'POST', 'docs'],
  ['/api/auth/oauth2/userinfo', 'GET', 'docs'],
  ['/api/auth/oauth2/end-session', 'POST', 'docs'],
  ['/api/auth/oauth2/authorize', 'GET', 'nobody'],
  ['/api/auth/oauth2/consent', 'POST', 'nobody'],
  ['/api/auth/oauth2/continue', 'POST', 'nobody'],
  ['/api/auth/oauth2/introspect', 'POST', 'nobody'],
  ['/api/auth/get-session', 'GET', 'nobody'],
  ['/api/auth/sign-in/email', 'POST', 'nobody'],
  ['/api/auth/sign-out', 'POST', 'nobody'],
  ['/api/auth/api-key/create', 'POST', 'nobody'],
  ['/sign-in', 'GET', 'nobody'],
  ['/sign-in', 'POST', 'nobody'],
  ['/consent', 'GET', 'nobody'],
  ['/settings', 'GET', 'nobody'],
  ['/settings/api-keys', 'POST', 'nobody'],
  ['/settings/apps', 'GET', 'nobody'],
  ['/settings/sessions', 'GET', 'nobody'],
]
const foreign = [
  'https://evil.example',
  'null',
  'http://localhost:4321.evil.example',
  'http://evil.localhost:4321',
  'http://localhost:43210',
  'https://localhost:4321',
  'http://127.0.0.1:4321',
]

describe('S12 scripts of other origins', () => {
  test.each(reach)('%s (%s) answers to %s', async (path, method, who) => {
    const expected = (origin: string) =>
      who === 'anyone' ? '*' : who === 'docs' && origin === docs ? docs : null
    for (const origin of [docs, ...foreign]) {
      const answer = await navigate(url(path), {
        method,
        headers: { origin, 'sec-fetch-mode': 'cors', 'content-type': 'application/json' },
        body: method === 'POST' ? '{}' : '',
      })
      expect(answer.headers.get('access-control-allow-origin'), `${path} ${origin}`).toBe(
        expected(origin),
      )
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
      if (who === 'docs') expect(answer.headers.get('vary')).toMatch(/origin/i)

      const preflight = await navigate(url(path), {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type',
        },
      })
      expect(preflight.headers.get('access-control-allow-origin')).toBe(expected(origin))
      expect(preflight.headers.has('access-control-allow-credentials')).toBe(false)
    }
  })

  test('may send a token and read a challenge and how long to wait', async () => {
    const preflight = await navigate(url('/api/auth/oauth2/token'), {
      method: 'OPTIONS',
      headers: { origin: docs, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'authorization,content-type,sandbox-fault',
    )
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST')
    expect(preflight.headers.get('access-control-max-age')).toBe('600')
    const answer = await fetch(url('/api/auth/oauth2/userinfo'), { headers: { origin: docs } })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('access-control-expose-headers')).toBe(
      'www-authenticate,retry-after,sandbox-fault',
    )
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  })
})

describe('S13 forms', () => {
  const forms = [
    '/sign-in',
    '/sign-in/demo',
    '/sign-up',
    '/consent',
    '/switch-account',
    '/sign-out',
    '/settings/api-keys',
    '/settings/api-keys/x/revoke',
    '/settings/apps/x/revoke',
    '/settings/sessions/x/end',
    '/settings/sessions/end-all',
  ]

  test.each(forms)('sent to %s by another page do nothing', async (path) => {
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in/demo', {})
    const cookies = new Map(browser.cookies)
    for (const origin of [...foreign, docs, `${server.issuer}.evil.example`, '']) {
      const answer = await browser.post(path, { name: 'x', expires: 'none' }, { origin })
      expect(answer.status, origin).toBe(403)
      expect(await answer.text()).toContain('not sent from a page of this server')
    }
    expect(browser.cookies).toEqual(cookies)
    expect((await browser.get('/settings')).status).toBe(200)
  })

  test('without any origin do nothing', async () => {
    const answer = await navigate(url('/sign-in/demo'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('are not taken as addresses: what changes something needs a POST', async () => {
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in/demo', {})
    for (const path of ['/sign-in/demo', '/switch-account', '/settings/api-keys']) {
      expect((await browser.get(path)).status).toBe(404)
    }
    await browser.get('/sign-out')
    expect((await browser.get('/settings')).status).toBe(200)
  })

  test("reach the library's own routes from this origin alone", async () => {
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in/demo', {})
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    for (const path of ['/sign-out', '/oauth2/consent', '/oauth2/continue']) {
      for (const origin of ['https://evil.example', docs, undefined]) {
        const answer = await navigate(url(`/api/auth${path}`), {
          method: 'POST',
          headers: {
            cookie,
            'content-type': 'application/json',
            ...(origin === undefined ? {} : { origin }),
          },
          body: JSON.stringify({ accept: true }),
        })
        expect(answer.status, `${path} ${origin}`).toBe(403)
      }
    }
    expect((await browser.get('/settings')).status).toBe(200)
  })

  test('S14 set a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await new Browser(server.issuer).post('/sign-in/demo', {})
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Lax/i)
  })
})

describe('limits', () => {
  test('S11 a body over 64 KiB is 413, with a length or without', async () => {
    const big = JSON.stringify({ client_name: 'x'.repeat(2_000_000) })
    const ways: Record<string, string>[] = [{}, { 'transfer-encoding': 'chunked' }]
    for (const headers of ways) {
      const answer = await navigate(url('/api/auth/oauth2/register'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: big,
      })
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
    }
  })

  test('S11 an address over 8 KiB is 414', async () => {
    const answer = await fetch(url(`/error?error=${'x'.repeat(9000)}`))
    expect(answer.status).toBe(414)
  })

  test('S31 another host name is refused, and the loopback address led to its name', async () => {
    const { port } = url('/')
    const rebound = await navigate(url('/settings'), {
      method: 'GET',
      headers: { host: `evil.example:${port}` },
    })
    expect(rebound.status).toBe(421)
    const address = await navigate(new URL(`http://127.0.0.1:${port}/sign-in?x=1`), {
      method: 'GET',
      headers: {},
    })
    expect(address.status).toBe(308)
    expect(address.headers.get('location')).toBe(`${server.issuer}/sign-in?x=1`)
  })
})

describe('answers', () => {
  test.each(['/sign-in', '/sign-up', '/signed-out', '/error?error=x', '/nowhere', '/consent'])(
    '%s is a page that runs no script and stands in no frame',
    async (path) => {
      const answer = await navigate(url(path), { method: 'GET', headers: {} })
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(answer.headers.get('x-frame-options')).toBe('DENY')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const page = await answer.text()
      expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i)
    },
  )

  test('of the style sheet may be kept', async () => {
    const page = await (await fetch(url('/sign-in'))).text()
    const [, path = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(page) ?? []
    const sheet = await fetch(url(path))
    expect(sheet.headers.get('content-type')).toContain('text/css')
    expect(sheet.headers.get('cache-control')).toContain('immutable')
  })

  test.each([
    ['a token request as JSON', '/oauth2/token', 'application/json', '{}'],
    ['an empty token request', '/oauth2/token', 'application/x-www-form-urlencoded', ''],
    ['a broken registration', '/oauth2/register', 'application/json', '{'],
    ['a registration that is a list', '/oauth2/register', 'application/json', '[]'],
    ['an unknown route', '/oauth2/device', 'application/json', '{}'],
    ['a revocation of nothing', '/oauth2/revoke', 'application/x-www-form-urlencoded', 'token=x'],
  ])('to %s is an OAuth error', async (_, path, type, body) => {
    const answer = await fetch(url(`/api/auth${path}`), {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) })
  })

  test('S32 on the error page are text, cut short, without tricks of direction', async () => {
    const description = `<img src=x onerror=alert(1)>\u202e${'long '.repeat(200)}`
    const answer = await fetch(
      url(`/error?${new URLSearchParams({ error: '<b>', error_description: description })}`),
    )
    expect(answer.status).toBe(400)
    const page = await answer.text()
    expect(page).not.toMatch(/<img|<b>|\u202e/)
    expect(page).not.toContain('long '.repeat(60))
  })

  test('S26 to a full disk are 503 with a time to wait, for pages and for programs', async () => {
    const full = await start()
    const { page_count: pages } = full.sqlite.prepare('PRAGMA page_count').get() ?? {}
    full.sqlite.exec(`PRAGMA max_page_count = ${pages}`)
    const register = () =>
      fetch(`${full.issuer}/api/auth/oauth2/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          redirect_uris: [`${docs}/${'x'.repeat(40_000)}`],
          application_type: 'native',
          token_endpoint_auth_method: 'none',
        }),
      })
    const answer = await register()
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(await answer.json()).toMatchObject({ error: 'temporarily_unavailable' })
    expect((await fetch(`${full.issuer}/sign-in`)).status).toBe(200)
    full.sqlite.exec('PRAGMA max_page_count = 1000000')
    expect((await register()).status).toBe(201)
    await full.close()
  })
})
