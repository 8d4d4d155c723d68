import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { maskField, maskHeader, maskJson } from '../../src/oauth/flow/mask.ts'
import { shownSteps, wholeScript } from '../../src/try-it/session/flow/shown-steps.ts'
import { accessToken, type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { begin, goodAnswer, openVault, signIn } from './vault-fixture.ts'

let fake: FakeIssuer

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.lies = {}
})

const stepsOf = (vault: ReturnType<typeof openVault>['vault']) =>
  vault.flow('Test').map(({ step }) => step)

test('every step of a sign-in is noted, in order, with how it was answered', async () => {
  const { vault } = openVault(fake)
  await signIn(fake, vault)
  const [resource, metadata, ...later] = vault.flow('Test')
  expect([resource?.step, metadata?.step].toSorted()).toEqual(['metadata', 'resource'])
  expect(later.map(({ step, method, url, status }) => [step, method, url, status])).toEqual([
    ['registration', 'POST', `${fake.environment.issuer}/register`, 201],
    ['authorization', 'GET', `${fake.environment.issuer}/authorize`, undefined],
    ['answer', 'GET', 'http://localhost:4321/oauth/callback/', undefined],
    ['exchange', 'POST', `${fake.environment.issuer}/token`, 200],
    ['account', 'GET', `${fake.environment.issuer}/userinfo`, 200],
  ])
})

test('T8: no note holds a token, a code, a verifier or a state', async () => {
  fake.lies = { token: { refresh_token: 'refresh-secret-1' } }
  const { vault } = openVault(fake)
  const { transaction, url } = await begin(fake, vault)
  await vault.finish(new URLSearchParams(goodAnswer(transaction)).toString(), transaction)
  const text = JSON.stringify(vault.flow('Test'))
  const { state, nonce, verifier } = transaction
  const secrets = [state, nonce, verifier, url.searchParams.get('code_challenge'), 'code-1']
  for (const secret of [...secrets, accessToken, 'refresh-secret-1', 'eyJ']) {
    expect(text).not.toContain(secret)
  }
  expect(text).toContain('"variable":"CODE_VERIFIER"')
})

test('notes of another sign-in take their place, and end with the session', async () => {
  const { vault } = openVault(fake)
  await signIn(fake, vault)
  await begin(fake, vault)
  expect(stepsOf(vault)).not.toContain('exchange')
  await vault.signOut('Test')
  expect(stepsOf(vault)).toEqual([])
})

test('a vault that did not begin the sign-in tells the way there all the same', async () => {
  const { transaction } = await begin(fake, openVault(fake).vault)
  const { vault } = openVault(fake)
  await vault.finish(new URLSearchParams(goodAnswer(transaction)).toString(), transaction)
  expect(stepsOf(vault)).toContain('authorization')
  expect(stepsOf(vault).at(-1)).toBe('account')
})

test('a step without an answer says so, and one that was refused keeps the refusal', async () => {
  fake.lies = { tokenStatus: 400, token: { error: 'invalid_grant' } }
  const { vault } = openVault(fake)
  await signIn(fake, vault).catch(() => undefined)
  expect(vault.flow('Test').at(-1)).toMatchObject({ step: 'exchange', status: 400 })
  const cut = openVault(fake, { fetch: () => Promise.reject(new TypeError('down')) }).vault
  await signIn(fake, cut).catch(() => undefined)
  const [first] = shownSteps(cut.flow('Test'), 'Docs')
  expect(first?.outcome).toBe('no answer')
})

describe('what is shown', () => {
  test('is whole for a client of one’s own, also where a step was not needed', async () => {
    const { vault } = openVault(fake)
    const begun = await vault.begin({
      environment: 'Test',
      scopes: ['read'],
      consent: false,
      clientName: 'Docs',
      clientId: 'kept',
    })
    const { url: _url, ...kept } = begun
    fake.nonce = kept.nonce
    const transaction = {
      version: 1 as const,
      ...kept,
      environment: 'Test',
      returnPath: '/',
      createdAt: Date.now(),
      form: null,
    }
    await vault.finish(new URLSearchParams(goodAnswer(transaction)).toString(), transaction)
    const shown = shownSteps(vault.flow('Test'), 'Docs')
    expect(shown.slice(2).map(({ title, skipped }) => [title, skipped !== undefined])).toEqual([
      ['Register', true],
      ['Make four secrets', false],
      ['Send the person to sign in', false],
      ['Come back with a code', false],
      ['Exchange the code for a token', false],
      ['Ask who signed in', false],
      ['Refresh', true],
    ])
    const script = wholeScript(shown)
    expect(script).toContain(`--data-urlencode "code_verifier=$CODE_VERIFIER"`)
    expect(script).toContain(`-H "authorization: Bearer $ACCESS_TOKEN"`)
    expect(script).toContain("--data-urlencode 'client_id=kept'")
  })

  test('ends where the person declined', async () => {
    const { vault } = openVault(fake)
    const { transaction } = await begin(fake, vault)
    const { state, issuer } = transaction
    const no = new URLSearchParams({ error: 'access_denied', state, iss: issuer })
    await vault.finish(no.toString(), transaction).catch(() => undefined)
    const [last, before] = shownSteps(vault.flow('Test'), 'Docs').toReversed()
    expect(last).toMatchObject({
      title: 'Come back with a refusal',
      script: '# error=access_denied',
    })
    expect(before?.title).toBe('Send the person to sign in')
    const { script } = shownSteps(
      [
        ...vault.flow('Test').slice(0, -1),
        {
          step: 'answer',
          method: 'GET',
          url: 'http://localhost/',
          headers: [],
          fields: [{ name: 'error', value: 'x\nrm -rf $(id)' }],
        },
      ],
      'Docs',
    ).at(-1) ?? { script: '' }
    expect(script).toBe('# error=xrm-rfid')
  })

  test('T29: whatever a server is called, its words are data to the shell', () => {
    const shown = shownSteps(
      [
        {
          step: 'exchange',
          method: 'POST',
          url: "http://issuer/'$(touch /tmp/x)`id`",
          headers: [{ name: 'x"$(id)', value: '', variable: 'ACCESS_TOKEN' }],
          fields: [{ name: "a'b", value: '"; rm -rf / #\n$(id)' }],
        },
      ],
      'Docs',
    )
    expect(shown[0]?.script).toBe(
      [
        `curl -s 'http://issuer/'\\''$(touch /tmp/x)\`id\`'`,
        `-H "x(id): $ACCESS_TOKEN"`,
        `--data-urlencode 'a'\\''b="; rm -rf / #\n$(id)'`,
      ].join(' \\\n  '),
    )
  })
})

describe('T8: masking', () => {
  test.each([
    ['code', 'abc'],
    ['state', 'abc'],
    ['code_verifier', 'abc'],
    ['Refresh_Token', 'abc'],
    ['client_secret', 'abc'],
    ['anything', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'],
    ['half', 'eyJhbGciOiJFUzI1NiJ9.'],
  ])('hides the field %s', (name, value) => {
    expect(JSON.stringify(maskField(name, value))).not.toContain(value)
  })
  test('leaves what opens nothing', () => {
    expect(maskField('client_id', 'abc')).toEqual({ name: 'client_id', value: 'abc' })
    expect(maskField('code_challenge_method', 'S256')).toMatchObject({ value: 'S256' })
  })
  test.each([
    ['a token without an end', `eyJhbGciOi${'.a'.repeat(500_000)}!`],
    ['a token of one part', `ey${'a'.repeat(1_000_000)}!`],
    ['nothing but dots', '.'.repeat(1_000_000)],
  ])('T26: takes no noticeable time for %s', (_name, value) => {
    const started = performance.now()
    maskField('anything', value)
    maskJson(JSON.stringify({ anything: value }))
    expect(performance.now() - started).toBeLessThan(1000)
  })
  test('keeps of a credential its scheme alone', () => {
    expect(maskHeader('Authorization', 'Bearer abc')).toMatchObject({ value: 'Bearer ' })
    expect(JSON.stringify(maskHeader('cookie', 'a=b'))).not.toContain('a=b')
  })
  test('reaches into answers, and hides what it cannot read', () => {
    const json = maskJson('{"a":[{"access_token":"x1"}],"token":7,"b":"eyJabcdefg.e30.z","c":"ok"}')
    expect(JSON.parse(json ?? '')).toEqual({
      a: [{ access_token: '•••' }],
      token: '•••',
      b: '•••',
      c: 'ok',
    })
    expect(maskJson('access_token=x1')).toBeUndefined()
  })
})
