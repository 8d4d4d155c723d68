import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostClients } from '../../../src/sandbox/auth/registration.ts'
import { api, Browser, Client, callback, type Running, start } from './harness.ts'

let server: Running
let time = () => new Date()

beforeAll(async () => {
  server = await start({ now: () => time() })
})
afterAll(() => server.close())

const metadata = {
  redirect_uris: [callback],
  application_type: 'native',
  token_endpoint_auth_method: 'none',
}

async function register(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.issuer}/api/auth/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { response, answer: Object(await response.json()) }
}

const stored = (clientId: string) =>
  server.sqlite.prepare('SELECT * FROM oauthClient WHERE clientId = ?').get(clientId)

describe('registration', () => {
  test('gives a public client an id, no secret, and access to the API', async () => {
    const { response, answer } = await register(metadata)
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(answer).toMatchObject({
      client_id: expect.stringMatching(/^\w{32}$/),
      redirect_uris: [callback],
      token_endpoint_auth_method: 'none',
      resources: [api],
    })
    expect(answer).not.toHaveProperty('client_secret')
  })

  test('lets every client end sessions, whatever it asks for', async () => {
    const { answer } = await register({ ...metadata, enable_end_session: false })
    expect(stored(answer.client_id)).toMatchObject({ enableEndSession: 1 })
  })

  test('S30 drops what would make this server fetch, call, show or skip something', async () => {
    const { response, answer } = await register({
      ...metadata,
      client_uri: 'javascript:alert(1)',
      logo_uri: 'javascript:alert(1)',
      policy_uri: 'https://evil.example',
      jwks_uri: 'http://169.254.169.254/keys',
      backchannel_logout_uri: 'http://127.0.0.1/logout',
      skip_consent: true,
      disabled: false,
      client_id: 'chosen',
      user_id: 'user_other',
      metadata: { x: 1 },
    })
    expect(response.status).toBe(201)
    expect(answer.client_id).not.toBe('chosen')
    expect(stored(answer.client_id)).toMatchObject({
      uri: null,
      icon: null,
      policy: null,
      jwksUri: null,
      backchannelLogoutUri: null,
      skipConsent: null,
      userId: null,
      metadata: null,
    })
  })

  test('takes an application that only comes back to this machine for a native one', async () => {
    const { response, answer } = await register({ ...metadata, application_type: undefined })
    expect(response.status).toBe(201)
    expect(answer).toMatchObject({ application_type: 'native' })
    const elsewhere = { application_type: undefined, redirect_uris: ['https://app.example/cb'] }
    expect((await register({ ...metadata, ...elsewhere })).answer.application_type).not.toBe(
      'native',
    )
  })

  test.each([
    ['no redirect address', { redirect_uris: undefined }],
    ['a script as redirect address', { redirect_uris: ['javascript:alert(1)'] }],
    ['data as redirect address', { redirect_uris: ['data:text/html,x'] }],
    ['plain http elsewhere', { redirect_uris: ['http://evil.example/'] }],
    ['a fragment', { redirect_uris: [`${callback}#x`] }],
    ['a user in the address', { redirect_uris: ['http://a@localhost:4321/'] }],
    ['a loopback address for a web application', { application_type: 'web' }],
    ['a name of two megabytes, almost', { client_name: 'x'.repeat(60_000) }],
    ['a name that is no text', { client_name: { a: 1 } }],
    ['a grant without a person', { grant_types: ['client_credentials'] }],
    ['an unknown resource', { resources: ['http://localhost:1'] }],
  ])('refuses %s', async (_, changes) => {
    const { response, answer } = await register({ ...metadata, ...changes })
    expect(response.status).toBe(400)
    expect(answer).toMatchObject({ error: expect.stringMatching(/^invalid_/) })
  })

  test('works the same with the cookie of someone signed in', async () => {
    const browser = new Browser(server.issuer)
    await browser.post('/sign-in/demo', {})
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const { response, answer } = await register(metadata, { cookie })
    expect(response.status).toBe(201)
    expect(stored(answer.client_id)).toMatchObject({ userId: null })
  })

  test('S16 makes room by removing what nobody allowed within a day, and keeps what is used', async () => {
    const used = await Client.register(server.issuer)
    await used.signIn(new Browser(server.issuer))
    const unused = await register(metadata)
    const fill = server.sqlite.prepare(
      "INSERT INTO oauthClient (id, clientId, redirectUris, createdAt) VALUES (?, ?, '[]', ?)",
    )
    for (let n = 0; n < mostClients; n++) {
      fill.run(`filler-${n}`, `filler-${n}`, new Date().toISOString())
    }
    const full = await register(metadata)
    expect(full.response.status).toBe(503)
    expect(full.answer).toMatchObject({ error: 'temporarily_unavailable' })
    expect(full.response.headers.get('retry-after')).toBe('3600')

    time = () => new Date(Date.now() + 25 * 3600_000)
    expect((await register(metadata)).response.status).toBe(201)
    expect(stored(unused.answer.client_id)).toBeUndefined()
    expect(stored(used.client.client_id)).toBeDefined()
    time = () => new Date()
  })
})

test.each([
  'create-client',
  'update-client',
  'delete-client',
  'get-clients',
  'client/rotate-secret',
])('has no network route to %s for people', async (route) => {
  const browser = new Browser(server.issuer)
  await browser.post('/sign-in/demo', {})
  expect((await browser.post(`/api/auth/oauth2/${route}`, {})).status).toBe(404)
  expect((await browser.post(`/api/auth/admin/oauth2/${route}`, {})).status).toBe(404)
})
