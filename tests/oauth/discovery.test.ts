import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { discover } from '../../src/oauth/discovery.ts'
import type { SignInErrorCode } from '../../src/oauth/sign-in-error.ts'
import { type FakeIssuer, type Lies, startFakeIssuer } from './fake-issuer.ts'
import { begin, openVault } from './vault-fixture.ts'

let fake: FakeIssuer

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.lies = {}
  fake.seen.length = 0
})

test('the API and the issuer that agree are believed', async () => {
  const server = await discover(fake.environment, fetch)
  expect(server.issuer).toBe(fake.environment.issuer)
})

test('an API that publishes no document leaves the configured issuer alone', async () => {
  fake.lies.resource = null
  expect((await discover(fake.environment, fetch)).issuer).toBe(fake.environment.issuer)
})

test('an API whose document browsers cannot read leaves the configured issuer alone', async () => {
  const noCors: typeof fetch = (input, init) =>
    String(input).includes('protected-resource')
      ? Promise.reject(new TypeError('Failed to fetch'))
      : fetch(input, init)
  expect((await discover(fake.environment, noCors)).issuer).toBe(fake.environment.issuer)
})

test('an API that answers every path with a page leaves the configured issuer alone', async () => {
  const page: typeof fetch = (input, init) =>
    String(input).includes('protected-resource')
      ? Promise.resolve(
          new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
        )
      : fetch(input, init)
  expect((await discover(fake.environment, page)).issuer).toBe(fake.environment.issuer)
})

const lies: [name: string, code: SignInErrorCode, lie: (issuer: string, api: string) => Lies][] = [
  [
    'the API names another issuer',
    'server_disagrees',
    (_issuer, api) => ({
      resource: { resource: api, authorization_servers: ['https://evil.example'] },
    }),
  ],
  [
    'the API names its issuer with a slash',
    'server_disagrees',
    (issuer, api) => ({ resource: { resource: api, authorization_servers: [`${issuer}/`] } }),
  ],
  [
    'the API is another resource',
    'server_disagrees',
    (issuer) => ({
      resource: { resource: 'https://evil.example', authorization_servers: [issuer] },
    }),
  ],
  [
    'the API calls itself by its name and a slash',
    'server_disagrees',
    (issuer, api) => ({ resource: { resource: `${api}/`, authorization_servers: [issuer] } }),
  ],
  [
    'the list of issuers is no list',
    'server_disagrees',
    (issuer, api) => ({ resource: { resource: api, authorization_servers: issuer } }),
  ],
  [
    'the issuer calls itself another',
    'server_disagrees',
    () => ({ metadata: { issuer: 'https://evil.example' } }),
  ],
  [
    'the issuer adds a slash to its name',
    'server_disagrees',
    (issuer) => ({ metadata: { issuer: `${issuer}/` } }),
  ],
  ['the issuer has no name', 'bad_answer', () => ({ metadata: { issuer: undefined } })],
  [
    'PKCE is plain',
    'server_unsafe',
    () => ({ metadata: { code_challenge_methods_supported: ['plain'] } }),
  ],
  [
    'PKCE is not named',
    'server_unsafe',
    () => ({ metadata: { code_challenge_methods_supported: undefined } }),
  ],
  [
    'PKCE is a word',
    'server_unsafe',
    () => ({ metadata: { code_challenge_methods_supported: 'S256' } }),
  ],
  [
    'the sign-in page is a script',
    'server_unsafe',
    () => ({ metadata: { authorization_endpoint: 'javascript:alert(1)' } }),
  ],
  [
    'the sign-in page is missing',
    'server_unsafe',
    () => ({ metadata: { authorization_endpoint: undefined } }),
  ],
  [
    'the sign-in page is elsewhere',
    'server_unsafe',
    () => ({ metadata: { authorization_endpoint: 'https://evil.example/authorize' } }),
  ],
  [
    'the token endpoint is elsewhere',
    'server_unsafe',
    () => ({ metadata: { token_endpoint: 'https://evil.example/token' } }),
  ],
  [
    'the token endpoint has a user name',
    'server_unsafe',
    (issuer) => ({ metadata: { token_endpoint: issuer.replace('//', '//user@') } }),
  ],
  [
    'the token endpoint is plain http far away',
    'server_unsafe',
    () => ({ metadata: { token_endpoint: 'http://evil.example/token' } }),
  ],
  [
    'userinfo is elsewhere',
    'server_unsafe',
    () => ({ metadata: { userinfo_endpoint: 'https://evil.example/me' } }),
  ],
  [
    'sign-out is elsewhere',
    'server_unsafe',
    () => ({ metadata: { end_session_endpoint: 'https://evil.example/bye' } }),
  ],
  [
    'registration is elsewhere',
    'server_unsafe',
    () => ({ metadata: { registration_endpoint: '/register' } }),
  ],
]

describe('T2, T4: sign-in does not start when', () => {
  test.each(lies)('%s: %s', async (_name, code, lie) => {
    fake.lies = lie(fake.environment.issuer, fake.environment.api)
    const { vault } = openVault(fake)
    await expect(begin(fake, vault)).rejects.toMatchObject({ name: 'SignInError', code })
    expect(fake.seen.filter(({ path }) => path === '/register' || path === '/token')).toEqual([])
  })

  test('the issuer is http and far away', async () => {
    const environment = { ...fake.environment, issuer: 'http://auth.example' }
    await expect(discover(environment, fetch)).rejects.toMatchObject({ code: 'server_unsafe' })
  })

  test('the environment has no issuer', async () => {
    const environment = { name: 'Plain', api: fake.environment.api }
    await expect(discover(environment, fetch)).rejects.toMatchObject({ code: 'not_configured' })
  })

  test('the issuer cannot be reached', async () => {
    const environment = { ...fake.environment, issuer: 'http://127.0.0.1:1' }
    fake.lies.resource = null
    await expect(discover(environment, fetch)).rejects.toMatchObject({ code: 'unreachable' })
  })
})
