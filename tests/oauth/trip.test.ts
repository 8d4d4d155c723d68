import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { forgetSignIns } from '../../src/oauth/sign-in.ts'
import { type FakeIssuer, startFakeIssuer } from './fake-issuer.ts'
import { memoryStorage } from './memory-storage.ts'
import { type Browser, Tab } from './tab.ts'
import { openVault } from './vault-fixture.ts'

let fake: FakeIssuer
let browser: Browser

beforeAll(async () => {
  fake = await startFakeIssuer()
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.lies = {}
  fake.seen.length = 0
  fake.apiSeen.length = 0
  browser = { fake, vault: openVault(fake).vault, localStorage: memoryStorage(), ports: [] }
})
afterEach(() => {
  for (const port of browser.ports) port.close()
  vi.unstubAllGlobals()
})

const to = (path: string) => fake.seen.filter((seen) => seen.path === path)

describe('T13: the site registers', () => {
  test('once for many sign-ins, from whichever tab', async () => {
    for (let round = 0; round < 5; round += 1) {
      const tab = new Tab(browser)
      await tab.leave()
      expect((await tab.arrive(tab.goodAnswer())).error).toBeUndefined()
    }
    expect(to('/register')).toHaveLength(1)
    expect(to('/token')).toHaveLength(5)
  })

  test('once more, and no more, when the server has forgotten it', async () => {
    const tab = new Tab(browser)
    await tab.leave()
    fake.lies = { tokenStatus: 401, token: { error: 'invalid_client' } }
    expect((await tab.arrive(tab.goodAnswer())).error).toMatchObject({ code: 'client_unknown' })
    fake.lies = {}
    await tab.leave()
    expect((await tab.arrive(tab.goodAnswer())).error).toBeUndefined()
    expect(to('/register')).toHaveLength(2)
  })

  test('anew after a sign-out, which leaves nothing behind', async () => {
    const tab = new Tab(browser)
    await tab.leave()
    await tab.arrive(tab.goodAnswer())
    await tab.leave()
    forgetSignIns(fake.environment)
    expect([browser.localStorage.length, tab.kept()]).toEqual([0, undefined])
  })
})

describe('T1: an answer', () => {
  test('works once, however often its address is opened', async () => {
    const tab = new Tab(browser)
    await tab.leave()
    const answer = tab.goodAnswer()
    expect((await tab.arrive(answer)).error).toBeUndefined()
    for (let again = 0; again < 3; again += 1) {
      expect((await tab.arrive(answer)).error).toMatchObject({ code: 'not_ours' })
    }
    expect(to('/token')).toHaveLength(1)
    expect(browser.vault.session('Test')).toBeDefined()
  })

  test('is not looked at where no sign-in was begun: the vault is not even started', async () => {
    const tab = new Tab(browser)
    const arrival = await tab.arrive('?code=stolen&state=x', () => {
      throw new Error('The vault was started.')
    })
    expect(arrival.error).toMatchObject({ code: 'not_ours' })
  })

  test('of one tab is none of another, and each tab’s own works', async () => {
    const [one, other] = [new Tab(browser), new Tab(browser)]
    await one.leave()
    await other.leave()
    const mine = one.goodAnswer()
    expect((await other.arrive(mine)).error).toMatchObject({ code: 'not_ours' })
    expect(to('/token')).toEqual([])
    fake.nonce = one.kept()?.nonce ?? ''
    expect((await one.arrive(mine)).error).toBeUndefined()
  })

  test('of an earlier sign-in is none of a later one', async () => {
    const tab = new Tab(browser)
    await tab.leave()
    const early = tab.goodAnswer()
    await tab.leave()
    expect((await tab.arrive(early)).error).toMatchObject({ code: 'not_ours' })
    expect(to('/token')).toEqual([])
  })
})

describe('T2: of two servers', () => {
  test('neither takes an answer, a code or a verifier that is meant for the other', async () => {
    const evil = await startFakeIssuer()
    const environments = [fake.environment, { ...evil.environment, name: 'Evil' }]
    browser.vault = openVault(fake, { environments }).vault
    // Begun at the honest one, answered in the name of the other.
    const tab = new Tab(browser)
    await tab.leave()
    const mixed = new URLSearchParams(tab.goodAnswer())
    mixed.set('iss', evil.environment.issuer)
    expect((await tab.arrive(`?${mixed}`)).error).toMatchObject({ code: 'wrong_issuer' })
    // Begun at the other, whose metadata sends people to the honest one for a code.
    evil.lies = { metadata: { authorization_endpoint: `${fake.environment.issuer}/authorize` } }
    const wish = { environment: { ...evil.environment, name: 'Evil' } }
    await expect(tab.leave(wish)).rejects.toMatchObject({ code: 'server_unsafe' })
    // A transaction that was turned over to the other in the storage.
    evil.lies = {}
    await tab.leave()
    const kept = JSON.stringify({ ...tab.kept(), environment: 'Evil' })
    const answer = tab.goodAnswer()
    tab.sessionStorage.setItem('oauth-transaction', kept)
    expect((await tab.arrive(answer)).error).toMatchObject({ code: 'not_ours' })
    expect([...to('/token'), ...evil.seen.filter(({ path }) => path === '/token')]).toEqual([])
    await evil.close()
  })
})

test.each([
  ['//evil.example/'],
  ['/\\evil.example/'],
  ['javascript:alert(1)'],
  ['https:evil.example'],
  ['https://localhost:4321@evil.example/'],
  ['/\t/evil.example'],
])('T6: a way back that was changed to %s leads to the start', async (returnPath) => {
  const tab = new Tab(browser)
  await tab.leave()
  const answer = tab.goodAnswer()
  tab.sessionStorage.setItem('oauth-transaction', JSON.stringify({ ...tab.kept(), returnPath }))
  expect((await tab.arrive(answer)).back).toBe('http://localhost:4321/')
})

describe('T12: a refresh token', () => {
  test('is never asked for, and one that comes is not kept', async () => {
    fake.lies = { token: { refresh_token: 'refresh-secret-1', expires_in: 1 } }
    const { vault, clocks } = openVault(fake)
    browser.vault = vault
    const tab = new Tab(browser)
    const url = await tab.leave({ scopes: ['read', 'write'] })
    expect(url.searchParams.get('scope')?.split(' ')).not.toContain('offline_access')
    await tab.arrive(tab.goodAnswer())
    const held = [await tab.client.session('Test'), await tab.client.flow('Test')]
    expect(JSON.stringify([held, { ...browser.localStorage }])).not.toContain('refresh-secret-1')
    // Two tabs that send with a token that is over ask for no other.
    clocks.steady += 5_000
    fake.lies.api = (_request, response) => void response.writeHead(401).end()
    const request = { method: 'GET', url: `${fake.environment.api}/v1/me`, headers: [] }
    const ask = { environment: 'Test', request, authorize: true }
    const signal = new AbortController().signal
    await Promise.all([tab, new Tab(browser)].map(({ client }) => client.send(ask, signal)))
    expect(to('/token')).toHaveLength(1)
  })
})

describe('T14: consent', () => {
  test('that is declined leaves what was granted before, and what was typed', async () => {
    const tab = new Tab(browser)
    await tab.leave()
    await tab.arrive(tab.goodAnswer())
    await tab.leave({ scopes: ['read', 'write'] })
    const { state = '', issuer = '' } = tab.kept() ?? {}
    const no = new URLSearchParams({ error: 'access_denied', state, iss: issuer })
    const arrival = await tab.arrive(`?${no}`)
    expect(arrival).toEqual({ back: 'http://localhost:4321/reference/streams/list-streams/' })
    expect(browser.vault.session('Test')?.scopes).toEqual(['openid', 'profile', 'read'])
    expect(JSON.parse(tab.sessionStorage.getItem('try-it-return') ?? '')).toMatchObject({
      signedIn: false,
      refusal: { code: 'denied' },
      form: { typed: 'limit=7' },
    })
  })

  test('that is asked for again says so where the scopes delete or spend', async () => {
    const url = await new Tab(browser).leave({ scopes: ['destructive'], consent: true })
    expect(url.searchParams.get('prompt')).toBe('consent')
  })
})

test('T31: a network that fails during the exchange costs the code, and not the next sign-in', async () => {
  let down = false
  const send: typeof fetch = (input, init) =>
    down && String(input).endsWith('/token')
      ? Promise.reject(new TypeError('Failed to fetch'))
      : fetch(input, init)
  browser.vault = openVault(fake, { fetch: send }).vault
  const tab = new Tab(browser)
  await tab.leave()
  down = true
  expect((await tab.arrive(tab.goodAnswer())).error).toMatchObject({ code: 'unreachable' })
  expect(tab.kept()).toBeUndefined()
  down = false
  await tab.leave()
  expect((await tab.arrive(tab.goodAnswer())).error).toBeUndefined()
})

test('T32: a clock that is set right by three hours on the way ends the sign-in, not the browser', async () => {
  const { vault, clocks } = openVault(fake)
  browser.vault = vault
  const tab = new Tab(browser)
  for (const hours of [3, -3]) {
    await tab.leave()
    clocks.wall = Date.now() + hours * 3_600_000
    expect((await tab.arrive(tab.goodAnswer())).error).toMatchObject({ code: 'expired' })
    clocks.wall = Date.now()
  }
  await tab.leave()
  expect((await tab.arrive(tab.goodAnswer())).error).toBeUndefined()
})

test('T36: on an origin that is shared with strangers nobody is signed in', async () => {
  const tab = new Tab(browser, { hostname: 'someone.github.io', base: '/repo/' })
  await expect(tab.leave()).rejects.toMatchObject({ code: 'shared_origin' })
  expect([fake.seen, tab.visited, tab.sessionStorage.length]).toEqual([[], [], 0])
})

test('T7: what a tab keeps on the way is worth nothing once it is back', async () => {
  for (const outlivesPage of [true, false]) {
    const tab = new Tab(browser, { outlivesPage })
    await tab.leave()
    await tab.arrive(tab.goodAnswer())
    expect(tab.sessionStorage.getItem('oauth-transaction')).toBeNull()
    const left = tab.sessionStorage.getItem('try-it-return') ?? ''
    // Without a vault that outlives the page, the page itself spends the answer, at once.
    expect(left.includes('verifier')).toBe(!outlivesPage)
    expect(left).not.toContain('eyJ')
  }
})
