import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accessToken, type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { begin, goodAnswer, openVault, redirectUri, signIn } from './vault-fixture.ts'

let fake: FakeIssuer

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.lies = {}
  fake.seen.length = 0
  fake.apiSeen.length = 0
})

const to = (path: string) => fake.seen.filter((seen) => seen.path === path)

describe('the way to the authorization server', () => {
  test('T4: asks for scope and resource, proves itself with S256, and names the callback', async () => {
    const { vault } = openVault(fake)
    const { url, transaction } = await begin(fake, vault, ['read', 'write'])
    expect(url.origin + url.pathname).toBe(`${fake.environment.issuer}/authorize`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client-1',
      redirect_uri: redirectUri,
      scope: 'openid profile read write',
      resource: fake.environment.resource,
      state: transaction.state,
      nonce: transaction.nonce,
      code_challenge: createHash('sha256').update(transaction.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    expect(transaction.scopes).toEqual(['openid', 'profile', 'read', 'write'])
  })

  test('asks for consent anew where the scopes delete or spend', async () => {
    const { vault } = openVault(fake)
    const { url } = await vault.begin({
      environment: 'Test',
      scopes: ['destructive'],
      consent: true,
      clientName: 'Docs',
    })
    expect(new URL(url).searchParams.get('prompt')).toBe('consent')
  })

  test('T1: has state, nonce and verifier of its own each time', async () => {
    const { vault } = openVault(fake)
    const both = [await begin(fake, vault), await begin(fake, vault)]
    const secrets = both.flatMap(({ transaction: { state, nonce, verifier } }) => [
      state,
      nonce,
      verifier,
    ])
    expect(new Set(secrets).size).toBe(6)
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/)
  })
})

describe('T13: registration', () => {
  test('makes a public client of one redirect address, native on loopback http', async () => {
    await begin(fake, openVault(fake).vault)
    const [registration] = to('/register')
    expect(JSON.parse(registration?.body ?? '')).toEqual({
      client_name: 'Docs',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    })
  })

  test('is of a web client on https', async () => {
    const { vault } = openVault(fake, { redirectUri: 'https://docs.example/oauth/callback/' })
    await begin(fake, vault)
    expect(JSON.parse(to('/register')[0]?.body ?? '')).toMatchObject({ application_type: 'web' })
  })

  test('does not happen where a client id is known', async () => {
    const { vault } = openVault(fake)
    const begun = await vault.begin({
      environment: 'Test',
      scopes: [],
      consent: false,
      clientName: 'Docs',
      clientId: 'kept',
    })
    expect(begun.clientId).toBe('kept')
    expect(to('/register')).toEqual([])
  })

  test('happens once more when the server has forgotten a doubtful client', async () => {
    fake.lies = { revocation: 'invalid_client' }
    const { vault } = openVault(fake)
    const begun = await vault.begin({
      environment: 'Test',
      scopes: [],
      consent: false,
      clientName: 'Docs',
      clientId: 'gone',
      doubtful: true,
    })
    expect(begun.clientId).toBe('client-1')
    expect(to('/register')).toHaveLength(1)
  })

  test.each([undefined, 'invalid_request', 'unsupported_token_type'])(
    'does not happen when the server still knows a doubtful client (%s)',
    async (revocation) => {
      fake.lies = { revocation }
      const { vault } = openVault(fake)
      const begun = await vault.begin({
        environment: 'Test',
        scopes: [],
        consent: false,
        clientName: 'Docs',
        clientId: 'kept',
        doubtful: true,
      })
      expect(begun.clientId).toBe('kept')
      expect(to('/register')).toEqual([])
      expect(to('/token')).toEqual([])
    },
  )

  test.each([
    ['another redirect address', { redirect_uris: ['https://evil.example/'] }],
    ['one redirect address more', { redirect_uris: [redirectUri, 'https://evil.example/'] }],
    ['no redirect address', { redirect_uris: undefined }],
    ['a secret', { client_secret: 'shh', client_secret_expires_at: 0 }],
  ])('that answers %s is refused', async (_name, registration) => {
    fake.lies = { registration }
    await expect(begin(fake, openVault(fake).vault)).rejects.toMatchObject({
      code: 'registration_refused',
    })
  })

  test('that is refused says so in the own words of the server', async () => {
    fake.lies = {
      registrationStatus: 400,
      registration: { error: 'invalid_redirect_uri', error_description: 'Not this one' },
    }
    await expect(begin(fake, openVault(fake).vault)).rejects.toMatchObject({
      code: 'registration_refused',
      detail: 'Not this one',
    })
  })
})

describe('the exchange', () => {
  test('gives the page who and what, and never the token', async () => {
    const { vault } = openVault(fake)
    const session = await signIn(fake, vault)
    expect(session).toEqual({
      environment: 'Test',
      account: 'Demo user',
      scopes: ['openid', 'profile', 'read'],
      unasked: [],
      remaining: 3_600_000,
    })
    expect(JSON.stringify([session, vault.session('Test')])).not.toContain(accessToken.slice(0, 20))
  })

  test('T14: tells of scopes that nobody asked for', async () => {
    fake.lies = { token: { scope: 'openid profile read billing' } }
    expect(await signIn(fake, openVault(fake).vault)).toMatchObject({ unasked: ['billing'] })
  })

  test('takes the scopes that the reader narrowed', async () => {
    fake.lies = { token: { scope: 'openid read' } }
    expect(await signIn(fake, openVault(fake).vault, ['read', 'write'])).toMatchObject({
      scopes: ['openid', 'read'],
    })
  })

  test.each([86_400, -86_400, 3 * 3600, -3 * 3600])(
    'T32: works when this clock is off by %d seconds',
    async (clockAhead) => {
      fake.lies = { clockAhead }
      expect(await signIn(fake, openVault(fake).vault)).toMatchObject({ remaining: 3_600_000 })
    },
  )

  test.each([
    ['an ID token of another nonce', 'bad_answer', { claims: { nonce: 'other' } }],
    ['an ID token for another client', 'bad_answer', { claims: { aud: 'other' } }],
    ['an ID token of another issuer', 'bad_answer', { claims: { iss: 'https://evil.example' } }],
    ['an ID token that is over', 'bad_answer', { claims: { exp: 1 } }],
    ['no ID token', 'bad_answer', { token: { id_token: undefined } }],
    ['no access token', 'bad_answer', { token: { access_token: undefined } }],
    ['a token of another kind', 'bad_answer', { token: { token_type: 'mac' } }],
    ['another subject at userinfo', 'bad_answer', { userinfo: { sub: 'user_2' } }],
    ['no subject at userinfo', 'bad_answer', { userinfo: { sub: undefined } }],
    [
      'a code that is used up',
      'code_rejected',
      { tokenStatus: 400, token: { error: 'invalid_grant' } },
    ],
    [
      'a client it has forgotten',
      'client_unknown',
      { tokenStatus: 401, token: { error: 'invalid_client' } },
    ],
    ['another shape of error', 'bad_answer', { tokenStatus: 429, token: { message: 'slow down' } }],
  ] as const)('ends without a session on %s: %s', async (_name, code, lies) => {
    fake.lies = lies
    const { vault } = openVault(fake)
    const { transaction } = await begin(fake, vault)
    const answer = new URLSearchParams(goodAnswer(transaction)).toString()
    await expect(vault.finish(answer, transaction)).rejects.toMatchObject({ code })
    expect(vault.session('Test')).toBeUndefined()
    expect(to('/token')).toHaveLength(1)
  })

  test('T8: keeps tokens out of its errors', async () => {
    fake.lies = { claims: { nonce: 'other' } }
    const { vault } = openVault(fake)
    const error = await signIn(fake, vault).catch((cause) => cause)
    expect(JSON.stringify(error.toPlain())).not.toContain(accessToken.slice(0, 20))
    expect(error.message).not.toContain(accessToken.slice(0, 20))
  })
})

describe('T38: a session', () => {
  test('is over after half an hour without use', async () => {
    const { vault, clocks } = openVault(fake)
    await signIn(fake, vault)
    clocks.steady += 29 * 60_000
    expect(vault.session('Test')).toBeDefined()
    clocks.steady += 29 * 60_000
    expect(vault.session('Test')).toBeDefined()
    clocks.steady += 31 * 60_000
    expect(vault.session('Test')).toBeUndefined()
  })

  test('is over when the machine slept through its half hour', async () => {
    const { vault, clocks } = openVault(fake)
    await signIn(fake, vault)
    clocks.wall += 31 * 60_000
    expect(vault.session('Test')).toBeUndefined()
  })

  test('ends with its token, and tells every page', async () => {
    const { vault, clocks } = openVault(fake)
    const told: unknown[] = []
    vault.listen((environment, session) => told.push([environment, session?.account]))
    fake.lies = { token: { expires_in: 600 } }
    await signIn(fake, vault)
    clocks.steady += 12 * 60_000
    vault.sweep()
    expect(told).toEqual([
      ['Test', 'Demo user'],
      ['Test', undefined],
    ])
  })

  test('is one for each environment', async () => {
    const other = { ...fake.environment, name: 'Other' }
    const { vault } = openVault(fake, { environments: [fake.environment, other] })
    await signIn(fake, vault)
    expect(vault.session('Other')).toBeUndefined()
  })
})

describe('T38: signing out', () => {
  test('empties the vault and ends the session at the issuer with the ID token', async () => {
    const { vault } = openVault(fake)
    await signIn(fake, vault)
    expect(await vault.signOut('Test')).toBe('closed')
    expect(vault.session('Test')).toBeUndefined()
    const [end] = to('/end-session')
    const hint = new URLSearchParams(end?.body).get('id_token_hint')
    expect(hint?.split('.')).toHaveLength(3)
    expect(end?.headers.cookie).toBeUndefined()
  })

  test('says when the issuer did not confirm', async () => {
    fake.lies = { metadata: { end_session_endpoint: undefined } }
    const { vault } = openVault(fake)
    await signIn(fake, vault)
    expect(await vault.signOut('Test')).toBe('unknown')
    expect(vault.session('Test')).toBeUndefined()
  })

  test('takes secrets that were kept for a trip with it', async () => {
    const { vault } = openVault(fake)
    vault.keepSecrets('trip', { 'body:rtmpKey': 'live_1' })
    await vault.signOut('Test')
    expect(vault.takeSecrets('trip')).toBeUndefined()
  })
})

test('secrets kept for a trip come back once, and not after ten minutes', () => {
  const { vault, clocks } = openVault(fake)
  vault.keepSecrets('trip', { 'body:rtmpKey': 'live_1' })
  expect(vault.takeSecrets('other')).toBeUndefined()
  expect(vault.takeSecrets('trip')).toEqual({ 'body:rtmpKey': 'live_1' })
  expect(vault.takeSecrets('trip')).toBeUndefined()
  vault.keepSecrets('late', { a: 'b' })
  clocks.steady += 11 * 60_000
  expect(vault.takeSecrets('late')).toBeUndefined()
})
