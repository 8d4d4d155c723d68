import { decodeJwt, decodeProtectedHeader } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  api,
  Browser,
  Client,
  callback,
  demo,
  docs,
  hidden,
  location,
  type Running,
  start,
} from './harness.ts'

let server: Running
let client: Client

beforeAll(async () => {
  server = await start()
  client = await Client.register(server.issuer)
})
afterAll(() => server.close())

describe('the code flow', () => {
  test('leads from discovery to an access token for the API', async () => {
    const tokens = await client.signIn(new Browser(server.issuer))
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    expect(tokens.scope).toBe('openid profile streamloop:read')
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({
      alg: 'ES256',
      typ: 'at+jwt',
    })
    const verified = await server.verifyAccessToken(tokens.access_token, api)
    expect(verified).toMatchObject({
      accountId: demo.accountId,
      clientId: client.client.client_id,
      scopes: ['openid', 'profile', 'streamloop:read'],
    })
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ sid: verified.sessionId })
  })

  test('says on the callback which issuer answers', async () => {
    const { url, state } = await client.begin()
    const target = await client.walk(new Browser(server.issuer), url)
    expect(target.origin + target.pathname).toBe(callback)
    expect(Object.fromEntries(target.searchParams)).toEqual({
      code: expect.stringMatching(/^\w{32}$/),
      state,
      iss: server.issuer,
    })
  })

  test('grants no more than was left ticked', async () => {
    const tokens = await client.signIn(new Browser(server.issuer), {
      scope: 'openid streamloop:read streamloop:destructive',
      prompt: 'consent',
      grant: ['openid', 'streamloop:read'],
    })
    expect(tokens.scope).toBe('openid streamloop:read')
    const { scopes } = await server.verifyAccessToken(tokens.access_token, api)
    expect(scopes).toEqual(['openid', 'streamloop:read'])
  })

  test('grants nothing that was not asked for, whatever the form says', async () => {
    const tokens = await client.signIn(new Browser(server.issuer), {
      scope: 'streamloop:read',
      prompt: 'consent',
      grant: ['streamloop:read', 'streamloop:destructive'],
    })
    expect(tokens.scope).toBe('streamloop:read')
  })

  test('asks again when nothing is left ticked', async () => {
    const browser = new Browser(server.issuer)
    const page = await consentPage(browser)
    const response = await browser.post('/consent', { ...page.fields, decision: 'allow' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Nothing is ticked')
  })

  test('tells the application that it was denied', async () => {
    const { url, state } = await client.begin({ prompt: 'consent' })
    const target = await client.walk(new Browser(server.issuer), url, { decision: 'deny' })
    expect(target.origin + target.pathname).toBe(callback)
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      error: 'access_denied',
      state,
      iss: server.issuer,
    })
    expect(target.searchParams.has('code')).toBe(false)
  })

  test('issues no refresh token unless offline access was asked for', async () => {
    const short = await client.signIn(new Browser(server.issuer))
    expect(short.refresh_token).toBeUndefined()
    const long = await client.signIn(new Browser(server.issuer), {
      scope: 'openid offline_access streamloop:read',
    })
    expect(long.refresh_token).toBeTypeOf('string')
  })

  test('exchanges a refresh token for a new pair, which reaches as far as the first', async () => {
    const first = await client.signIn(new Browser(server.issuer), {
      scope: 'openid offline_access streamloop:read',
    })
    const response = await oauth.refreshTokenGrantRequest(
      client.server,
      client.client,
      oauth.None(),
      first.refresh_token ?? '',
      { [oauth.allowInsecureRequests]: true, additionalParameters: { resource: api } },
    )
    const second = await oauth.processRefreshTokenResponse(client.server, client.client, response)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await server.verifyAccessToken(second.access_token, api)).toMatchObject({
      accountId: demo.accountId,
      scopes: ['openid', 'offline_access', 'streamloop:read'],
    })
  })

  test('lets the application read who signed in, as far as that was allowed', async () => {
    const { access_token: token } = await client.signIn(new Browser(server.issuer))
    const response = await oauth.userInfoRequest(client.server, client.client, token, {
      [oauth.allowInsecureRequests]: true,
    })
    expect(await response.json()).toMatchObject({ sub: demo.accountId, name: demo.name })
  })

  test('issues a token for each configured resource and for no other', async () => {
    for (const resource of [`${api}/`, `${api}/v1`, 'http://localhost:9999']) {
      const { url } = await client.begin({ resource })
      const target = await client.walk(new Browser(server.issuer), url)
      expect(target.searchParams.get('error')).toBe('invalid_target')
    }
  })

  test('refuses a scope that the API does not have', async () => {
    const { url } = await client.begin({ scope: 'openid streamloop:everything' })
    const target = await client.walk(new Browser(server.issuer), url)
    expect(target.searchParams.get('error')).toBe('invalid_scope')
  })
})

describe('S19 a code', () => {
  test('is worth nothing with another verifier, and burnt by the try', async () => {
    const { url, state, verifier } = await client.begin()
    const target = await client.walk(new Browser(server.issuer), url)
    const wrong = await client.exchange(target, state, oauth.generateRandomCodeVerifier())
    expect([400, 401]).toContain(wrong.status)
    expect(await wrong.json()).not.toHaveProperty('access_token')
    const late = await client.exchange(target, state, verifier)
    expect(late.status).toBe(400)
    expect(await late.json()).not.toHaveProperty('access_token')
  })

  test('is good once', async () => {
    const { url, state, verifier } = await client.begin()
    const target = await client.walk(new Browser(server.issuer), url)
    const first = await client.exchange(target, state, verifier)
    expect(first.status).toBe(200)
    const second = await client.exchange(target, state, verifier)
    expect(second.status).toBe(400)
    expect(await second.json()).toMatchObject({ error: expect.any(String) })
  })

  test('is good once when twenty ask at the same moment', async () => {
    const { url, state, verifier } = await client.begin()
    const target = await client.walk(new Browser(server.issuer), url)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.exchange(target, state, verifier)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toHaveLength(0)
  })
})

describe('PKCE', () => {
  test.each([
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no challenge', { code_challenge: '', code_challenge_method: '' }],
  ])('refuses %s', async (_, changes) => {
    const { url } = await client.begin()
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    const target = await client.walk(new Browser(server.issuer), url)
    expect(target.searchParams.get('error')).toBe('invalid_request')
  })
})

describe('S18 a second authorization', () => {
  test('shows no page while what was allowed covers it', async () => {
    const browser = new Browser(server.issuer)
    await client.signIn(browser)
    const { url } = await client.begin({ scope: 'openid streamloop:read' })
    const response = await browser.get(url.href)
    expect(response.status).toBe(302)
    expect(location(response)).toContain(`${callback}?code=`)
  })

  test('asks for consent when scopes grow or the application insists', async () => {
    const browser = new Browser(server.issuer)
    await client.signIn(browser)
    for (const options of [{ scope: 'openid streamloop:destructive' }, { prompt: 'consent' }]) {
      const { url } = await client.begin(options)
      expect(location(await browser.get(url.href))).toContain(`${server.issuer}/consent?`)
    }
  })

  test('asks for the password where the application wants a fresh sign-in', async () => {
    const browser = new Browser(server.issuer)
    await client.signIn(browser)
    const { url } = await client.begin({ prompt: 'login' })
    expect(location(await browser.get(url.href))).toContain(`${server.issuer}/sign-in?`)
    const target = await client.walk(browser, url)
    expect(target.searchParams.has('code')).toBe(true)
  })

  test('ends without a page where the application forbids pages', async () => {
    const { url } = await client.begin({ prompt: 'none' })
    const target = await client.walk(new Browser(server.issuer), url)
    expect(target.searchParams.get('error')).toBe('login_required')
  })
})

describe('accounts', () => {
  test.each([undefined, 'create'])(
    'are made on the way to an application (prompt %s)',
    async (prompt) => {
      const browser = new Browser(server.issuer)
      const { url, verifier, state } = await client.begin({ ...(prompt ? { prompt } : {}) })
      let page = await browser.get(location(await browser.get(url.href)))
      if (page.status === 303) page = await browser.get(location(page))
      const signedUp = await browser.post('/sign-up', {
        oauth_query: hidden(await page.text(), 'oauth_query'),
        name: 'Ada',
        email: `ada-${prompt}@example.com`,
        password: 'correct horse battery',
      })
      expect(signedUp.status).toBe(303)
      const target = await client.walk(browser, location(signedUp))
      const tokens = await (await client.exchange(target, state, verifier)).json()
      const { accountId } = await server.verifyAccessToken(String(Object(tokens).access_token), api)
      expect(accountId).toMatch(/^user_[0-9A-HJKMNP-TV-Z]{26}$/)
    },
  )

  test.each([
    [{ email: demo.email }, 'exists already'],
    [{ email: 'not an address' }, 'does not look like an email address'],
    [{ password: 'short' }, 'at least 8 characters'],
    [{ name: '  ' }, 'Give your account a name'],
  ])('are not made from %j', async (changes, message) => {
    const response = await new Browser(server.issuer).post('/sign-up', {
      name: 'Bob',
      email: 'bob@example.com',
      password: 'long enough',
      ...changes,
    })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(message)
  })

  test('do not open with another password', async () => {
    const browser = new Browser(server.issuer)
    const response = await browser.post('/sign-in', { email: demo.email, password: 'a guess' })
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('No account has this email and password')
    expect(browser.cookies.size).toBe(0)
  })

  test('open with their own, and lead to the settings where nothing waits', async () => {
    const browser = new Browser(server.issuer)
    const { email, password } = demo
    expect(location(await browser.post('/sign-in', { email, password }))).toBe('/settings')
    expect(await (await browser.get('/settings')).text()).toContain(demo.email)
    expect(location(await browser.get('/sign-in'))).toBe('/settings')
  })

  test('show no demo button where there is no demo account', async () => {
    const plain = await start({ demo: undefined })
    const browser = new Browser(plain.issuer)
    expect(await (await browser.get('/sign-in')).text()).not.toContain('demo user')
    expect((await browser.post('/sign-in/demo', {})).status).toBe(404)
    await plain.close()
  })
})

describe('S17 redirect addresses', () => {
  test.each([
    ['another path', `${docs}/oauth/callback/x`],
    ['another host', 'http://localhost.evil.example:4321/oauth/callback/'],
    ['a trailing dot', 'http://localhost.:4321/oauth/callback/'],
    ['a fragment', `${callback}#x`],
    ['a user', 'http://a@localhost:4321/oauth/callback/'],
    ['a query', `${callback}?x=1`],
    ['the other loopback name', 'http://127.0.0.1:4321/oauth/callback/'],
    ['a script', 'javascript:alert(1)'],
  ])('with %s stay on the error page', async (_, redirectUri) => {
    const { url } = await client.begin({ redirectUri })
    const response = await new Browser(server.issuer).get(url.href)
    expect(location(response)).toContain(`${server.issuer}/error?error=`)
  })

  test('on another loopback port are allowed and still need the verifier', async () => {
    const redirectUri = 'http://localhost:9999/oauth/callback/'
    const { url, state } = await client.begin({ redirectUri })
    const target = await client.walk(new Browser(server.issuer), url)
    expect(target.origin).toBe('http://localhost:9999')
    const stolen = await client.exchange(
      target,
      state,
      oauth.generateRandomCodeVerifier(),
      redirectUri,
    )
    expect(stolen.ok).toBe(false)
  })
})

async function consentPage(browser: Browser) {
  const { url } = await client.begin({ prompt: 'consent' })
  const signIn = await (await browser.get(location(await browser.get(url.href)))).text()
  const next = await browser.post('/sign-in/demo', { oauth_query: hidden(signIn, 'oauth_query') })
  const page = await (await browser.get(location(next))).text()
  return {
    page,
    fields: { oauth_query: hidden(page, 'oauth_query'), account: hidden(page, 'account') },
  }
}
