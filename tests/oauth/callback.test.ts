import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainDetail } from '../../src/oauth/errors.ts'
import type { SignInErrorCode } from '../../src/oauth/sign-in-error.ts'
import type { Transaction } from '../../src/oauth/transaction.ts'
import type { Vault } from '../../src/oauth/vault/vault.ts'
import { type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { begin, goodAnswer, openVault } from './vault-fixture.ts'

let fake: FakeIssuer
let vault: Vault
let transaction: Transaction

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(() => fake.close())
beforeEach(async () => {
  fake.lies = {}
  vault = openVault(fake).vault
  transaction = (await begin(fake, vault)).transaction
  fake.seen.length = 0
})

type Answer = (good: Record<string, string>) => string

const change =
  (changes: Record<string, string | undefined>): Answer =>
  (good) => {
    const entries = Object.entries({ ...good, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return new URLSearchParams(entries).toString()
  }
const add =
  (more: string): Answer =>
  (good) =>
    `${new URLSearchParams(good)}&${more}`

const refused: [name: string, code: SignInErrorCode, answer: Answer][] = [
  ['no parameters at all', 'malformed', () => ''],
  ['only a question mark', 'malformed', () => '?'],
  ['no code', 'malformed', change({ code: undefined })],
  ['an empty code', 'malformed', change({ code: '' })],
  ['another state', 'not_ours', change({ state: 'x'.repeat(43) })],
  ['no state', 'not_ours', change({ state: undefined })],
  ['an empty state', 'not_ours', change({ state: '' })],
  ['the state in other letter case', 'not_ours', (good) => flipCase(good, 'state')],
  [
    'the state with a space behind it',
    'not_ours',
    (good) => change({ state: `${good.state} ` })(good),
  ],
  ['half the state', 'not_ours', (good) => change({ state: good.state?.slice(0, 20) })(good)],
  ['no iss', 'wrong_issuer', change({ iss: undefined })],
  ['an empty iss', 'wrong_issuer', change({ iss: '' })],
  ['a foreign iss', 'wrong_issuer', change({ iss: 'https://evil.example' })],
  ['iss with a slash at its end', 'wrong_issuer', (good) => change({ iss: `${good.iss}/` })(good)],
  ['iss in other letter case', 'wrong_issuer', (good) => flipCase(good, 'iss')],
  [
    'iss over https',
    'wrong_issuer',
    (good) => change({ iss: good.iss?.replace('http', 'https') })(good),
  ],
  ['iss twice', 'malformed', (good) => add(`iss=${encodeURIComponent(good.iss ?? '')}`)(good)],
  ['code twice', 'malformed', add('code=b')],
  ['the same code twice', 'malformed', add('code=code-1')],
  ['state twice', 'malformed', (good) => add(`state=${good.state}`)(good)],
  ['error twice', 'malformed', (good) => `state=${good.state}&error=a&error=b`],
  ['error and code', 'malformed', add('error=access_denied')],
  ['a code of a megabyte', 'malformed', change({ code: 'a'.repeat(1_000_000) })],
  ['a code of 2049 characters', 'malformed', change({ code: 'a'.repeat(2049) })],
  ['a state of 3000 characters', 'malformed', change({ state: 'a'.repeat(3000) })],
  ['an ID token in the address', 'malformed', add('id_token=eyJ.e30.x')],
  ['a token in the address', 'malformed', add('token=abc')],
  ['a JARM response', 'malformed', add('response=eyJ.e30.x')],
  ['the reader declined', 'denied', change({ code: undefined, error: 'access_denied' })],
  ['a failed server', 'refused', change({ code: undefined, error: 'server_error' })],
  ['an unknown scope', 'refused', change({ code: undefined, error: 'invalid_scope' })],
  ['an unknown resource', 'refused', change({ code: undefined, error: 'invalid_target' })],
  ['an unknown client', 'client_unknown', change({ code: undefined, error: 'invalid_client' })],
  ['an error nobody knows', 'refused', change({ code: undefined, error: 'x_y' })],
  [
    'declined, but with another state',
    'not_ours',
    change({ code: undefined, error: 'access_denied', state: 'x' }),
  ],
  [
    'declined, but from elsewhere',
    'wrong_issuer',
    change({ code: undefined, error: 'access_denied', iss: 'https://evil.example' }),
  ],
  [
    'declined, but without iss',
    'wrong_issuer',
    change({ code: undefined, error: 'access_denied', iss: undefined }),
  ],
]

describe('T1, T2, T3: an answer that is not what was asked for reaches no token endpoint', () => {
  test.each(refused)('%s: %s', async (_name, code, answer) => {
    await expect(vault.finish(answer(goodAnswer(transaction)), transaction)).rejects.toMatchObject({
      name: 'SignInError',
      code,
    })
    expect(fake.seen).toEqual([])
    expect(vault.session('Test')).toBeUndefined()
  })
})

const spoiled: [
  name: string,
  code: SignInErrorCode,
  change: (now: number) => Partial<Transaction>,
][] = [
  ['eleven minutes old', 'expired', (now) => ({ createdAt: now - 11 * 60_000 })],
  ['from the future', 'expired', (now) => ({ createdAt: now + 2 * 60_000 })],
  ['of another issuer', 'wrong_issuer', () => ({ issuer: 'https://evil.example' })],
  ['of an unknown environment', 'not_configured', () => ({ environment: 'Evil' })],
  ['for another redirect address', 'not_ours', () => ({ redirectUri: 'https://evil.example/' })],
  ['with a short verifier', 'not_ours', () => ({ verifier: 'short' })],
  ['with an empty state', 'not_ours', () => ({ state: '' })],
  ['of another version', 'not_ours', () => ({ version: 2 as 1 })],
  ['without scopes', 'not_ours', () => ({ scopes: undefined as unknown as string[] })],
]

describe('T1: a transaction that is not sound reaches no token endpoint', () => {
  test.each(spoiled)('%s: %s', async (_name, code, change_) => {
    const changed = { ...transaction, ...change_(Date.now()) }
    const answer = new URLSearchParams(goodAnswer(transaction)).toString()
    await expect(vault.finish(answer, changed)).rejects.toMatchObject({ code })
    expect(fake.seen).toEqual([])
  })

  test('of another issuer, with an answer that agrees with it', async () => {
    const changed = { ...transaction, issuer: 'https://evil.example' }
    const answer = new URLSearchParams(goodAnswer(changed)).toString()
    await expect(vault.finish(answer, changed)).rejects.toMatchObject({ code: 'not_ours' })
    expect(fake.seen).toEqual([])
  })
})

test('a good answer spends its code once, with verifier, resource and redirect address', async () => {
  const session = await vault.finish(
    `?${new URLSearchParams({ ...goodAnswer(transaction), session_state: 'ignored' })}`,
    transaction,
  )
  expect(session).toMatchObject({ account: 'Demo user', scopes: ['openid', 'profile', 'read'] })
  const [token, ...others] = fake.seen.filter(({ path }) => path === '/token')
  expect(others).toEqual([])
  expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
    grant_type: 'authorization_code',
    code: 'code-1',
    code_verifier: transaction.verifier,
    redirect_uri: transaction.redirectUri,
    resource: fake.environment.resource,
    client_id: transaction.clientId,
  })
})

describe("T5: the server's own words", () => {
  const describeError = async (description: string): Promise<string | undefined> => {
    const answer = change({
      code: undefined,
      error: 'server_error',
      error_description: description,
    })(goodAnswer(transaction))
    const error = await vault.finish(answer, transaction).catch((cause) => cause)
    return error.detail
  }

  test('are cut to 200 characters', async () => {
    expect(await describeError('a'.repeat(10_000))).toHaveLength(200)
  })
  test('lose line breaks and direction marks', async () => {
    expect(await describeError('a\r\nb\u202ec\u0000d\u2066e')).toBe('a b c d e')
  })
  test('lose addresses', async () => {
    expect(await describeError('Call us at https://evil.example/x or www.evil.example now')).toBe(
      'Call us at … or … now',
    )
  })
  test.each(['a.', '://', 'www.', 'a+', 'a-b:/'])(
    'T26: take no noticeable time, made of %j',
    (piece) => {
      const started = performance.now()
      plainDetail(piece.repeat(200_000))
      expect(performance.now() - started).toBeLessThan(1000)
    },
  )
  test('stay text when they look like markup', async () => {
    expect(await describeError('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>')
  })
})

function flipCase(good: Record<string, string>, name: string): string {
  const value = good[name] ?? ''
  return change({
    [name]: value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase(),
  })(good)
}
