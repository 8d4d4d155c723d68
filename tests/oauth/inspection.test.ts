import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TokenReport } from '../../src/oauth/inspection/token-report.ts'
import { type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { openVault, signIn } from './vault-fixture.ts'

let fake: FakeIssuer

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.lies = {}
  fake.seen.length = 0
})

/** What the vault tells of a token that the issuer gives out. */
async function inspect(access_token: string): Promise<TokenReport | undefined> {
  fake.lies = { ...fake.lies, token: { access_token } }
  const { vault } = openVault(fake)
  await signIn(fake, vault)
  return vault.inspect('Test')
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token is told member by member, and its signature is held against the issuer’s keys', async () => {
  const report = await inspect(await fake.sign({ client_id: 'client-1' }))
  expect(report).toMatchObject({
    kind: 'jwt',
    header: [
      { name: 'alg', json: '"ES256"' },
      { name: 'kid', json: '"key-1"' },
      { name: 'typ', json: '"at+jwt"' },
    ],
    audience: [fake.environment.api],
    resource: fake.environment.resource,
    scopes: ['openid', 'profile', 'read'],
    remaining: 3_600_000,
    signature: {
      verdict: 'valid',
      algorithm: 'ES256',
      keyId: 'key-1',
      jwksUri: `${fake.environment.issuer}/jwks`,
    },
  })
  expect(report?.claims.map(({ name }) => name)).toContain('client_id')
  const [keys] = fake.seen.filter(({ path }) => path === '/jwks')
  expect(keys?.headers).not.toHaveProperty('authorization')
})

test('T7: neither the token nor a piece of it leaves the vault with its report', async () => {
  const token = await fake.sign()
  const text = JSON.stringify(await inspect(token))
  for (const part of token.split('.')) {
    for (let at = 0; at + 20 <= part.length; at += 1)
      expect(text).not.toContain(part.slice(at, at + 20))
  }
})

test('several audiences are told one by one', async () => {
  const report = await inspect(await fake.sign({ aud: ['https://other.example', 'x'] }))
  expect(report?.audience).toEqual(['https://other.example', 'x'])
})

test('nobody signed in is no token', async () => {
  expect(await openVault(fake).vault.inspect('Test')).toBeUndefined()
})

describe('T33: a signature', () => {
  const forged: [name: string, reason: string, forge: (good: string) => string][] = [
    ['of changed claims', 'signature', (good) => swap(good, 1, { sub: 'user_2' })],
    ['of nothing', 'signature', (good) => swap(good, 2, '')],
    ['of zeros', 'signature', (good) => swap(good, 2, Buffer.alloc(64).toString('base64url'))],
    ['that says none', 'algorithm', (good) => swap(good, 0, { alg: 'none' })],
    ['that says nOnE', 'algorithm', (good) => swap(good, 0, { alg: 'nOnE' })],
    [
      'with the public key as a shared secret',
      'algorithm',
      (good) => {
        const head = `${encode({ alg: 'HS256', kid: 'key-1' })}.${good.split('.')[1]}`
        const secret = JSON.stringify(fake.lies.jwks ?? '')
        return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
      },
    ],
    ['of a key nobody knows', 'no_such_key', (good) => swap(good, 0, { alg: 'ES256', kid: 'x' })],
    [
      'of a key that it brings along',
      'signature',
      (good) => swap(good, 0, { alg: 'ES256', kid: 'key-1', jku: 'https://evil.example/jwks' }),
    ],
    [
      'with an extension that must be known',
      'signature',
      (good) => swap(good, 0, { alg: 'ES256', kid: 'key-1', crit: ['x'], x: 1 }),
    ],
  ]
  test.each(forged)('%s is not valid: %s', async (_name, reason, forge) => {
    const report = await inspect(forge(await fake.sign()))
    expect(report?.signature).toMatchObject({ verdict: 'invalid', reason })
  })

  test('after the keys were changed is not valid, and before is', async () => {
    const token = await fake.sign()
    expect((await inspect(token))?.signature.verdict).toBe('valid')
    fake.lies = { jwks: { keys: [] } }
    expect((await inspect(token))?.signature).toMatchObject({
      verdict: 'invalid',
      reason: 'no_such_key',
    })
  })

  test.each([
    ['of an opaque token', 'opaque', 'not-a-jwt', {}],
    ['of a JWT whose claims are a list', 'opaque', `${encode({})}.${encode([])}.x`, {}],
    ['of an encrypted token', 'opaque', 'a.b.c.d.e', {}],
    [
      'whose keys are elsewhere',
      'no_keys',
      '',
      { metadata: { jwks_uri: 'https://evil.example/' } },
    ],
    ['whose keys are nowhere', 'no_keys', '', { metadata: { jwks_uri: undefined } }],
    ['whose keys are a script', 'no_keys', '', { metadata: { jwks_uri: 'javascript:alert(1)' } }],
    ['whose keys are no keys', 'keys_unreachable', '', { jwks: { keys: 'none' } }],
    ['whose keys are endless', 'keys_unreachable', '', { jwks: { keys: ['x'.repeat(200_000)] } }],
  ])('%s is not checked: %s', async (_name, reason, token, lies) => {
    fake.lies = lies
    const report = await inspect(token || (await fake.sign()))
    expect(report?.signature).toMatchObject({ verdict: 'unchecked', reason })
  })
})

test('T24: claims called like parts of a prototype are claims', async () => {
  const claims = JSON.parse('{"__proto__":{"polluted":true},"constructor":"c"}')
  const good = await fake.sign()
  const report = await inspect(swap(good, 1, claims))
  expect(report?.claims).toEqual([
    { name: '__proto__', json: '{"polluted":true}' },
    { name: 'constructor', json: '"c"' },
  ])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

/** Puts something else in the place of one part of a token. */
function swap(token: string, at: number, value: unknown): string {
  return token
    .split('.')
    .map((part, index) => (index !== at ? part : typeof value === 'string' ? value : encode(value)))
    .join('.')
}
