import { DatabaseSync } from 'node:sqlite'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import {
  AuthorizationServerError,
  createAuthorizationServer,
} from '../../../src/sandbox/auth/authorization-server.ts'
import { api, Browser, Client, demo, docs, scopes, secret, start } from './harness.ts'

const options = (sqlite: DatabaseSync) => ({
  sqlite,
  secret,
  issuer: 'http://localhost:4322',
  resources: [{ identifier: api, name: 'API' }],
  docsOrigins: [docs],
  scopes,
  demo,
})

describe('starting', () => {
  test('on an empty database is silent', async () => {
    const noises = (['log', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    )
    const { app } = await createAuthorizationServer(options(new DatabaseSync(':memory:')))
    await app.request('http://localhost:4322/api/auth/jwks')
    for (const noise of noises) {
      expect(noise).not.toHaveBeenCalled()
      noise.mockRestore()
    }
  })

  test('again keeps keys, accounts and registrations', async () => {
    const sqlite = new DatabaseSync(':memory:')
    const first = await createAuthorizationServer(options(sqlite))
    const { key } = await first.createApiKey({ accountId: demo.accountId, name: 'x' })
    const jwks = async (server: typeof first) =>
      (await server.app.request('http://localhost:4322/api/auth/jwks')).json()
    const before = await jwks(first)
    const second = await createAuthorizationServer(options(sqlite))
    expect(await jwks(second)).toEqual(before)
    expect(await second.verifyApiKey(key)).toMatchObject({ accountId: demo.accountId })
  })

  test('S24 with another secret than the database was made with says so', async () => {
    const sqlite = new DatabaseSync(':memory:')
    await createAuthorizationServer(options(sqlite))
    const failure = createAuthorizationServer({
      ...options(sqlite),
      secret: 'another secret, which is also longer than 32 characters',
    })
    await expect(failure).rejects.toThrow(AuthorizationServerError)
    await expect(failure).rejects.toMatchObject({ code: 'secret_changed' })
    await expect(failure).rejects.toThrow(/secret/)
  })

  test('on a read-only or foreign database says that the tables cannot be used', async () => {
    const sqlite = new DatabaseSync(':memory:')
    sqlite.exec('PRAGMA query_only = ON')
    const failure = createAuthorizationServer(options(sqlite))
    await expect(failure).rejects.toMatchObject({ code: 'migration_failed' })
  })

  test('mends a demo account whose password is another one or is missing', async () => {
    for (const spoil of ["UPDATE account SET password = 'x:y'", 'DELETE FROM account']) {
      const sqlite = new DatabaseSync(':memory:')
      await createAuthorizationServer(options(sqlite))
      sqlite.exec(spoil)
      const server = await start({ sqlite })
      const browser = new Browser(server.issuer)
      await browser.post('/sign-in/demo', {})
      expect((await browser.get('/settings')).status).toBe(200)
      await server.close()
    }
  })

  test('serves tokens for several resources, each for itself', async () => {
    const mcp = 'http://localhost:4324/mcp'
    const server = await start({
      resources: [
        { identifier: api, name: 'API' },
        { identifier: mcp, name: 'MCP' },
      ],
    })
    const client = await Client.register(server.issuer)
    const browser = new Browser(server.issuer)
    const { url, state, verifier } = await client.begin({ resource: mcp })
    const target = await client.walk(browser, url)
    // The exchange of the harness asks for the API, which this code was not given for.
    const answer = await client.exchange(target, state, verifier)
    expect(answer.ok).toBe(false)
    await server.close()
  })
})

describe('documents', () => {
  test('name the issuer exactly and every address below it', async () => {
    const { app } = await createAuthorizationServer(options(new DatabaseSync(':memory:')))
    for (const path of ['openid-configuration', 'oauth-authorization-server']) {
      const response = await app.request(`http://localhost:4322/.well-known/${path}`)
      expect(response.status).toBe(200)
      const base = 'http://localhost:4322/api/auth/oauth2'
      expect(await response.json()).toMatchObject({
        issuer: 'http://localhost:4322',
        authorization_endpoint: `${base}/authorize`,
        token_endpoint: `${base}/token`,
        registration_endpoint: `${base}/register`,
        end_session_endpoint: `${base}/end-session`,
        jwks_uri: 'http://localhost:4322/api/auth/jwks',
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        scopes_supported: expect.arrayContaining(['openid', 'streamloop:read']),
      })
    }
  })

  test('publish the key that tokens are signed with, without its private part', async () => {
    const server = await start()
    const client = await Client.register(server.issuer)
    const { access_token: token } = await client.signIn(new Browser(server.issuer))
    const { keys } = Object(await (await fetch(`${server.issuer}/api/auth/jwks`)).json())
    expect(keys).toEqual([
      {
        alg: 'ES256',
        crv: 'P-256',
        kty: 'EC',
        kid: decodeProtectedHeader(token).kid,
        x: expect.any(String),
        y: expect.any(String),
      },
    ])
    await server.close()
  })
})

describe('accounts made in this process', () => {
  test('get an id of their own, or the one asked for, once', async () => {
    const server = await createAuthorizationServer(options(new DatabaseSync(':memory:')))
    const person = { email: 'Ada@Example.com', password: 'long enough', name: 'Ada' }
    const { accountId } = await server.createAccount(person)
    expect(accountId).toMatch(/^user_[0-9A-HJKMNP-TV-Z]{26}$/)
    await expect(server.createAccount(person)).rejects.toMatchObject({ code: 'account_exists' })
    const again = { id: demo.accountId, email: demo.email, password: 'x', name: 'x' }
    expect(await server.createAccount(again)).toEqual({ accountId: demo.accountId })
    await expect(
      server.createAccount({ ...again, email: 'other@example.com' }),
    ).rejects.toMatchObject({ code: 'account_exists' })
  })
})
