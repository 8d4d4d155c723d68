import { createHmac, createPrivateKey, createSign, randomBytes } from 'node:crypto'
import {
  type CryptoKey,
  decodeJwt,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createAccessTokenVerifier } from '../../../src/sandbox/auth/access-token.ts'
import { InvalidTokenError } from '../../../src/sandbox/auth/authorization-server.ts'
import { createCredentials } from '../../../src/sandbox/store/credentials.ts'
import { api, Browser, Client, demo, type Running, start } from './harness.ts'

let server: Running
let client: Client
let genuine: string
/** The claims of a genuine token, to be spoilt one by one. */
let claims: JWTPayload
/** A key of the server's own whose private half the test has: the worst case. */
let key: { kid: string; privateKey: CryptoKey; publicKey: CryptoKey }

beforeAll(async () => {
  server = await start()
  client = await Client.register(server.issuer)
  genuine = (await client.signIn(new Browser(server.issuer))).access_token
  claims = decodeJwt(genuine)
  key = { kid: 'test-key', ...(await generateKeyPair('ES256', { extractable: true })) }
  // Older than the real one, so that the library does not sign with it.
  server.sqlite
    .prepare('INSERT INTO jwks (id, publicKey, privateKey, createdAt, alg) VALUES (?, ?, ?, ?, ?)')
    .run(
      key.kid,
      JSON.stringify(await exportJWK(key.publicKey)),
      '',
      new Date(0).toISOString(),
      'ES256',
    )
})
afterAll(() => server.close())

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

/** Signed with the server's own key, header and claims as given. */
async function signed(header: object, payload: JWTPayload = claims): Promise<string> {
  return raw({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header }, payload)
}

/** Signs any header, also those that jose would not write. */
async function raw(header: object | string, payload: object | string): Promise<string> {
  const input = `${part(header)}.${part(payload)}`
  const privateKey = createPrivateKey(await exportPKCS8(key.privateKey))
  const signature = createSign('sha256')
    .update(input)
    .sign({ key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

const without = (name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))

test('accepts a genuine token', async () => {
  expect(await server.verifyAccessToken(genuine, api)).toMatchObject({ accountId: demo.accountId })
})

test('accepts what the test signs with the same claims, so that the refusals below mean something', async () => {
  const token = await signed({})
  expect(await server.verifyAccessToken(token, api)).toMatchObject({ accountId: demo.accountId })
})

const forgeries: Record<string, () => string | Promise<string>> = {
  'an empty text': () => '',
  'a text without dots': () => 'token',
  'no algorithm': () => `${part({ alg: 'none', typ: 'at+jwt', kid: key.kid })}.${part(claims)}.`,
  'no algorithm, oddly spelt': () =>
    `${part({ alg: 'nOnE', typ: 'at+jwt', kid: key.kid })}.${part(claims)}.`,
  'HS256 with the public key as PEM': async () => hmac(await exportSPKI(key.publicKey)),
  'HS256 with the public key as JWK': async () =>
    hmac(JSON.stringify(await exportJWK(key.publicKey))),
  RS256: async () => foreign('RS256'),
  ES384: async () => foreign('ES384'),
  'a foreign key under a known id': async () => foreign('ES256'),
  'an unknown key id': () => signed({ kid: 'unknown' }),
  'no key id': () => signed({ kid: undefined }),
  'a list as key id': () => signed({ kid: [key.kid] }),
  'a huge key id': () => signed({ kid: 'k'.repeat(100_000) }),
  'a path as key id': () => signed({ kid: '../../../../dev/null' }),
  'an SQL fragment as key id': () => signed({ kid: "' OR 1=1 --" }),
  'an embedded key': async () => {
    const own = await generateKeyPair('ES256', { extractable: true })
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(own.publicKey) })
      .sign(own.privateKey)
  },
  'a key address': () => signed({ kid: undefined, jku: 'http://localhost:1/jwks' }),
  'an empty signature': async () => `${(await signed({})).split('.').slice(0, 2).join('.')}.`,
  'a signature of zeros': async () =>
    `${(await signed({})).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
  'a DER signature': async () => {
    const input = (await signed({})).split('.').slice(0, 2).join('.')
    const privateKey = createPrivateKey(await exportPKCS8(key.privateKey))
    const der = createSign('sha256').update(input).sign({ key: privateKey, dsaEncoding: 'der' })
    return `${input}.${der.toString('base64url')}`
  },
  'a fourth part': async () => `${await signed({})}.x`,
  'another token behind a comma': async () => `${await signed({})},${genuine}`,
  'changed claims under a genuine signature': () => {
    const [header, , signature] = genuine.split('.')
    return `${header}.${part({ ...claims, scope: 'streamloop:destructive' })}.${signature}`
  },
  'the type of an ID token': () => signed({ typ: 'JWT' }),
  'no type': () => signed({ typ: undefined }),
  'an unknown critical header': () => signed({ crit: ['x'], x: 1 }),
  'an unencoded payload': () => signed({ crit: ['b64'], b64: false }),
  'an expiry six seconds ago': () => signed({}, { ...claims, iat: now() - 100, exp: now() - 6 }),
  'a start in a minute': () => signed({}, { ...claims, nbf: now() + 60 }),
  'an issue date in an hour': () => signed({}, { ...claims, iat: now() + 3600, exp: now() + 7000 }),
  'no expiry': () => signed({}, without('exp')),
  'an expiry as text': () =>
    signed({}, { ...claims, exp: String(now() + 60) as unknown as number }),
  'an expiry beyond all numbers': () => signed({}, { ...claims, exp: 1e308 }),
  'a life of a day': () => signed({}, { ...claims, exp: now() + 86_400 }),
  'no issue date': () => signed({}, without('iat')),
  'no id': () => signed({}, without('jti')),
  'no account': () => signed({}, without('sub')),
  'no client': () => signed({}, without('client_id')),
  'a number as account': () => signed({}, { ...claims, sub: 7 as unknown as string }),
  'a list as scope': () => signed({}, { ...claims, scope: ['streamloop:read'] }),
  'an issuer with a slash': () => signed({}, { ...claims, iss: `${server.issuer}/` }),
  'an issuer in capitals': () => signed({}, { ...claims, iss: server.issuer.toUpperCase() }),
  'another issuer': () => signed({}, { ...claims, iss: 'http://localhost:1' }),
  'another audience': () => signed({}, { ...claims, aud: 'http://localhost:4324/mcp' }),
  'an audience with a slash': () => signed({}, { ...claims, aud: `${api}/` }),
  'an audience that only begins alike': () => signed({}, { ...claims, aud: `${api}.evil.example` }),
  'an empty list of audiences': () => signed({}, { ...claims, aud: [] }),
  'no audience': () => signed({}, without('aud')),
  'a claim given twice': () =>
    raw(
      { alg: 'ES256', typ: 'at+jwt', kid: key.kid },
      JSON.stringify(claims).replace('{', '{"scope":"streamloop:destructive",'),
    ),
  'an unknown account': () => signed({}, { ...claims, sub: 'user_unknown' }),
  'an unknown client': () => signed({}, { ...claims, client_id: 'unknown' }),
  'an unknown session': () => signed({}, { ...claims, sid: 'unknown' }),
  'a session of another account': async () => {
    const { accountId } = await server.createAccount({
      email: `${randomBytes(4).toString('hex')}@example.com`,
      password: 'long enough',
      name: 'Other',
    })
    return signed({}, { ...claims, sub: accountId })
  },
  'a proof of possession that nobody gave': () => signed({}, { ...claims, cnf: { jkt: 'x' } }),
  'two hundred kilobytes': () => signed({}, { ...claims, filler: 'x'.repeat(200_000) }),
  'the ID token': async () => (await client.signIn(new Browser(server.issuer))).id_token ?? '',
}

describe('S1 refuses', () => {
  test.each(Object.entries(forgeries))('%s', async (_, forge) => {
    const token = await forge()
    const refusal = await server.verifyAccessToken(token, api).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(InvalidTokenError)
    if (token.length > 20) expect(String(Object(refusal).message)).not.toContain(token.slice(0, 20))
  })
})

describe('S2 the audience', () => {
  test('is a list when user information is granted too, and a text when not', async () => {
    const both = decodeJwt(genuine).aud
    expect(both).toEqual([api, `${server.issuer}/api/auth/oauth2/userinfo`])
    const plain = await client.signIn(new Browser(server.issuer), { scope: 'streamloop:read' })
    expect(decodeJwt(plain.access_token).aud).toBe(api)
    expect(await server.verifyAccessToken(plain.access_token, api)).toMatchObject({
      scopes: ['streamloop:read'],
    })
  })

  test('of another resource does not open this one', async () => {
    await expect(server.verifyAccessToken(genuine, 'http://localhost:4324/mcp')).rejects.toThrow(
      InvalidTokenError,
    )
  })
})

describe('S5 a token dies at once when', () => {
  test('its session is signed out', async () => {
    const browser = new Browser(server.issuer)
    const { access_token: token } = await client.signIn(browser)
    await server.verifyAccessToken(token, api)
    await browser.post('/sign-out', {})
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow('session')
  })

  test('its application is switched off', async () => {
    const own = await Client.register(server.issuer)
    const { access_token: token } = await own.signIn(new Browser(server.issuer))
    server.sqlite
      .prepare('UPDATE oauthClient SET disabled = 1 WHERE clientId = ?')
      .run(own.client.client_id)
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow('application')
  })

  test('its account is deleted', async () => {
    const { accountId } = await server.createAccount({
      email: 'gone@example.com',
      password: 'long enough',
      name: 'Gone',
    })
    server.sqlite
      .prepare(
        `INSERT INTO oauthConsent (id, clientId, userId, scopes, createdAt, updatedAt)
         SELECT ?, clientId, ?, scopes, createdAt, updatedAt FROM oauthConsent WHERE clientId = ?`,
      )
      .run('its own', accountId, client.client.client_id)
    const token = await signed({}, { ...without('sid'), sub: accountId })
    await server.verifyAccessToken(token, api)
    server.sqlite.prepare('DELETE FROM user WHERE id = ?').run(accountId)
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow('account')
  })
})

test('S6 a key that had its turn verifies until its last token has run out', async () => {
  const ended = (kid: string, ago: number) =>
    server.sqlite
      .prepare(
        `INSERT INTO jwks (id, publicKey, privateKey, createdAt, alg, expiresAt)
         SELECT ?, publicKey, '', createdAt, alg, ? FROM jwks WHERE id = ?`,
      )
      .run(kid, new Date(Date.now() - ago).toISOString(), key.kid)
  ended('recent', 60_000)
  ended('old', 2 * 3600_000)
  await server.verifyAccessToken(await signed({ kid: 'recent' }), api)
  await expect(server.verifyAccessToken(await signed({ kid: 'old' }), api)).rejects.toThrow(
    InvalidTokenError,
  )
})

test('S6 a thousand made-up key ids are refused without asking anyone for keys', async () => {
  const asking = vi.spyOn(globalThis, 'fetch')
  const made = Array.from({ length: 1000 }, (_, i) => signed({ kid: `made up ${i}` }))
  for (const token of await Promise.all(made)) {
    await expect(server.verifyAccessToken(token, api)).rejects.toThrow(InvalidTokenError)
  }
  expect(asking).not.toHaveBeenCalled()
  asking.mockRestore()
})

test.each([1, -1])(
  'with a clock %i day off, tokens are refused and nothing breaks',
  async (days) => {
    const now = () => new Date(Date.now() + days * 24 * 3600_000)
    const verify = createAccessTokenVerifier(createCredentials(server.sqlite), server.issuer, now)
    await expect(verify(genuine, api)).rejects.toThrow(InvalidTokenError)
    await server.verifyAccessToken(genuine, api)
  },
)

test('a broken database is not taken for a bad token', async () => {
  const broken = await start()
  const { access_token: token } = await (await Client.register(broken.issuer)).signIn(
    new Browser(broken.issuer),
  )
  broken.sqlite.exec('ALTER TABLE session RENAME TO elsewhere')
  const failure = await broken.verifyAccessToken(token, api).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  expect(failure).not.toBeInstanceOf(InvalidTokenError)
  await broken.close()
})

function hmac(secret: string): string {
  const input = `${part({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${part(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function foreign(alg: string): Promise<string> {
  const { privateKey } = await generateKeyPair(alg)
  return new SignJWT(claims)
    .setProtectedHeader({ alg, typ: 'at+jwt', kid: key.kid })
    .sign(privateKey)
}
