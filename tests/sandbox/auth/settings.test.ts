import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InvalidTokenError } from '../../../src/sandbox/auth/authorization-server.ts'
import { browserInWords } from '../../../src/sandbox/auth/browser-words.ts'
import { api, Browser, Client, location, type Running, start } from './harness.ts'

let server: Running
let client: Client
const insecure = { [oauth.allowInsecureRequests]: true } as const
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

beforeAll(async () => {
  server = await start()
  client = await Client.register(server.issuer)
})
afterAll(() => server.close())

const refresh = (of: Client, token = '') =>
  oauth.refreshTokenGrantRequest(of.server, of.client, oauth.None(), token, {
    ...insecure,
    additionalParameters: { resource: api },
  })
const revoke = (browser: Browser, of: Client) =>
  browser.post(`/settings/apps/${of.client.client_id}/revoke`, {})

describe('connected apps', () => {
  const everything = 'openid offline_access streamloop:read streamloop:destructive'

  test('are listed with their name, what they may do in plain words, and since when', async () => {
    const browser = new Browser(server.issuer)
    const nameless = await Client.register(server.issuer, { client_name: undefined })
    await client.signIn(browser, { scope: everything })
    await nameless.signIn(browser, { scope: 'streamloop:read' })
    const page = await (await browser.get('/settings/apps')).text()
    expect(page).toContain('Streamloop docs')
    expect(page).toContain('localhost:4321')
    expect(page).toContain('Read your streams.')
    expect(page).toContain('Stay connected while you are away, until you disconnect it.')
    expect(page).toMatch(/Careful<\/strong>\s*Delete streams\./)
    expect(page).toContain(
      `First authorized <time datetime="${new Date().toISOString().slice(0, 10)}`,
    )
    await revoke(browser, nameless)
    expect(await (await browser.get('/settings/apps')).text()).not.toContain('localhost:4321')
  })

  test('S5 lose access tokens, refresh tokens, codes and consent at once when revoked', async () => {
    const browser = new Browser(server.issuer)
    const tokens = await client.signIn(browser, { scope: everything })
    const { url, verifier, state } = await client.begin({ scope: everything })
    const waiting = await client.walk(browser, url)
    await server.verifyAccessToken(tokens.access_token, api)

    expect(location(await revoke(browser, client))).toBe('/settings/apps')
    await expect(server.verifyAccessToken(tokens.access_token, api)).rejects.toThrow(
      InvalidTokenError,
    )
    const info = await oauth.userInfoRequest(
      client.server,
      client.client,
      tokens.access_token,
      insecure,
    )
    expect(info.status).toBe(401)
    expect(info.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect((await refresh(client, tokens.refresh_token)).status).toBe(400)
    expect((await client.exchange(waiting, state, verifier)).status).toBe(400)
    expect(await (await browser.get('/settings/apps')).text()).toContain(
      'No application has access',
    )
    const again = await client.begin({ scope: everything, prompt: 'none' })
    const refused = await client.walk(browser, again.url)
    expect(refused.searchParams.get('error')).toBe('consent_required')
  })

  test('get no old token back by being allowed anew', async () => {
    const browser = new Browser(server.issuer)
    const { access_token: old } = await client.signIn(browser)
    await revoke(browser, client)
    // Grants and tokens are dated in whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const { access_token: fresh } = await client.signIn(browser)
    await server.verifyAccessToken(fresh, api)
    await expect(server.verifyAccessToken(old, api)).rejects.toThrow(InvalidTokenError)
  })

  test('of others stay as they are', async () => {
    const mine = new Browser(server.issuer)
    const { access_token: token } = await client.signIn(mine)
    const theirs = new Browser(server.issuer)
    await theirs.post('/sign-up', {
      email: 'other@example.com',
      password: 'long enough',
      name: 'Other',
    })
    expect(await (await theirs.get('/settings/apps')).text()).toContain('No application has access')
    expect(location(await revoke(theirs, client))).toBe('/settings/apps')
    await server.verifyAccessToken(token, api)
  })

  test('need someone who is signed in', async () => {
    const nobody = new Browser(server.issuer)
    for (const path of ['/settings/apps', '/settings/sessions']) {
      expect(location(await nobody.get(path))).toBe('/sign-in')
    }
    for (const path of [
      '/settings/apps/x/revoke',
      '/settings/sessions/x/end',
      '/settings/sessions/end-all',
    ]) {
      expect(location(await nobody.post(path, {}))).toBe('/sign-in')
    }
  })
})

describe('sessions', () => {
  const endOf = (page: string, words: string) =>
    new RegExp(
      `action="(/settings/sessions/[^"]+/end)">\\s*<button[^>]*aria-label="Sign out ${words}`,
    ).exec(page)?.[1] ?? ''

  const signedUp = async (email: string) => {
    const browser = new Browser(server.issuer)
    await browser.post(
      '/sign-up',
      { email, password: 'long enough', name: 'S' },
      {
        'user-agent': firefox,
      },
    )
    const second = new Browser(server.issuer)
    await second.post('/sign-in', { email, password: 'long enough' }, { 'user-agent': 'curl/8' })
    return [browser, second] as const
  }

  test('are listed with their browser in words, and which one this is', async () => {
    const [browser] = await signedUp('one@example.com')
    const page = await (await browser.get('/settings/sessions')).text()
    expect(page).toMatch(/Firefox on Linux<\/h3>\s*<p class="soft">\s*<strong[^>]*>This one/)
    expect(page).toMatch(/curl<\/h3>\s*<p class="soft">\s*Signed in since\s*<time/)
    for (const [, value] of browser.cookies) {
      expect(page).not.toContain(decodeURIComponent(value).split('.')[0])
    }
  })

  test('S5 end one by one, with the tokens made in them', async () => {
    const [browser, second] = await signedUp('two@example.com')
    const { access_token: token } = await client.signIn(second)
    const page = await (await browser.get('/settings/sessions')).text()
    expect(location(await browser.post(endOf(page, 'curl'), {}))).toBe('/settings/sessions')
    expect(location(await second.get('/settings'))).toBe('/sign-in')
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow(InvalidTokenError)
    expect((await browser.get('/settings')).status).toBe(200)
    expect(location(await browser.post(endOf(page, 'Firefox'), {}))).toBe('/signed-out')
    expect(location(await browser.get('/settings'))).toBe('/sign-in')
  })

  test('end everywhere at once', async () => {
    const [browser, second] = await signedUp('three@example.com')
    const { access_token: token } = await client.signIn(browser)
    expect(location(await second.post('/settings/sessions/end-all', {}))).toBe('/signed-out')
    for (const each of [browser, second]) {
      expect(location(await each.get('/settings'))).toBe('/sign-in')
    }
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow(InvalidTokenError)
  })

  test('of others cannot be ended, and theirs are not listed', async () => {
    const [browser] = await signedUp('four@example.com')
    const page = await (await browser.get('/settings/sessions')).text()
    const stranger = new Browser(server.issuer)
    await stranger.post('/sign-in/demo', {})
    expect(location(await stranger.post(endOf(page, 'Firefox'), {}))).toBe('/settings/sessions')
    expect((await browser.get('/settings')).status).toBe(200)
  })

  test('that have expired are swept away, and everything that hung on them', async () => {
    let time = new Date()
    const aging = await start({ now: () => time })
    const one = await Client.register(aging.issuer)
    await one.signIn(new Browser(aging.issuer), { scope: 'offline_access streamloop:read' })
    await one.walk(new Browser(aging.issuer), (await one.begin()).url)
    const count = (table: string) =>
      aging.sqlite.prepare(`SELECT count(*) AS total FROM ${table}`).get()?.total
    expect([count('session'), count('verification'), count('oauthRefreshToken')]).toEqual([2, 1, 1])
    time = new Date(time.getTime() + 31 * 24 * 3600_000)
    await new Browser(aging.issuer).post('/sign-in/demo', {})
    // The library's clock stands where it was, so the new session has expired by ours, too.
    expect([count('session'), count('verification'), count('oauthRefreshToken')]).toEqual([0, 0, 0])
    expect(count('oauthConsent')).toBe(1)
    await aging.close()
  })
})

test.each([
  [firefox, 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Mobile Safari/604.1',
    'Chrome on an iPhone',
  ],
  ['curl/8.5.0', 'curl'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'A browser on Linux'],
  ['<script>alert(1)</script>', 'An unknown browser'],
  ['', 'An unknown browser'],
])('%s is %s', (userAgent, words) => {
  expect(browserInWords(userAgent)).toBe(words)
})
