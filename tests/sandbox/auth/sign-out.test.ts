import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InvalidTokenError } from '../../../src/sandbox/auth/authorization-server.ts'
import { api, Browser, Client, docs, location, type Running, start } from './harness.ts'

let server: Running
let client: Client
const after = `${docs}/signed-out/`

beforeAll(async () => {
  server = await start()
  client = await Client.register(server.issuer, { post_logout_redirect_uris: [after] })
})
afterAll(() => server.close())

/** What the docs' worker sends: no cookie, the ID token as proof. */
const endSession = (fields: Record<string, string>) =>
  fetch(`${server.issuer}/api/auth/oauth2/end-session`, {
    method: 'POST',
    headers: { origin: docs },
    body: new URLSearchParams(fields),
  })

describe('ending the session from an application', () => {
  test('S5 with the ID token alone makes the access token and the cookie useless at once', async () => {
    const browser = new Browser(server.issuer)
    const { access_token: token, id_token: hint = '' } = await client.signIn(browser)
    await server.verifyAccessToken(token, api)
    const answer = await endSession({ id_token_hint: hint })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(docs)
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow(InvalidTokenError)
    expect(location(await browser.get('/settings'))).toBe('/sign-in')
    const info = await oauth.userInfoRequest(client.server, client.client, token, {
      [oauth.allowInsecureRequests]: true,
    })
    expect(info.status).toBe(401)
  })

  test('ends no other session of the same account', async () => {
    const one = await client.signIn(new Browser(server.issuer))
    const two = await client.signIn(new Browser(server.issuer))
    await endSession({ id_token_hint: one.id_token ?? '' })
    await server.verifyAccessToken(two.access_token, api)
  })

  test('is refused for a hint that this server did not sign', async () => {
    const { access_token: token, id_token: hint = '' } = await client.signIn(
      new Browser(server.issuer),
    )
    for (const forged of [`${hint.slice(0, -8)}AAAAAAAA`, 'x', token]) {
      const answer = await endSession({ id_token_hint: forged })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await answer.json()).toHaveProperty('error')
    }
    await server.verifyAccessToken(token, api)
  })

  test('leads back to a registered address and to no other', async () => {
    for (const [target, expected] of [
      [after, `${after}?state=s`],
      ['https://evil.example/', '/signed-out'],
    ] as const) {
      const browser = new Browser(server.issuer)
      const { id_token: hint = '' } = await client.signIn(browser)
      const query = new URLSearchParams({
        id_token_hint: hint,
        post_logout_redirect_uri: target,
        state: 's',
      })
      const answer = await browser.get(`/api/auth/oauth2/end-session?${query}`)
      expect(location(answer)).toBe(expected)
      expect(location(await browser.get('/settings'))).toBe('/sign-in')
    }
  })

  test('without a hint asks the person first, on a page of this server', async () => {
    const browser = new Browser(server.issuer)
    const { access_token: token } = await client.signIn(browser)
    const answer = await browser.get('/api/auth/oauth2/end-session')
    expect(location(answer)).toBe('/sign-out')
    expect(await (await browser.get('/sign-out')).text()).toContain('Sign out?')
    await server.verifyAccessToken(token, api)
    expect(location(await browser.post('/sign-out', {}))).toBe('/signed-out')
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow(InvalidTokenError)
  })
})

test('S14 a new sign-in gets a new session, and a made-up cookie none', async () => {
  const browser = new Browser(server.issuer)
  await browser.post('/sign-in/demo', {})
  const first = [...browser.cookies.values()].join()
  await browser.post('/sign-in/demo', {})
  expect([...browser.cookies.values()].join()).not.toBe(first)
  for (const [name, value] of browser.cookies) {
    browser.cookies.set(name, `${value.slice(0, -12)}AAAAAAAAAAAA`)
  }
  expect(location(await browser.get('/settings'))).toBe('/sign-in')
})
