import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  api,
  Browser,
  Client,
  callback,
  demo,
  hidden,
  location,
  type Running,
  start,
} from './harness.ts'

let server: Running

beforeAll(async () => {
  server = await start()
})
afterAll(() => server.close())

/** Opens the consent page of an application that describes itself so. */
async function open(
  metadata: Parameters<typeof Client.register>[1] = {},
  options: Parameters<Client['begin']>[0] = {},
) {
  const client = await Client.register(server.issuer, metadata)
  const { url } = await client.begin({ prompt: 'consent', ...options })
  const browser = new Browser(server.issuer)
  await browser.post('/sign-in/demo', {})
  const address = location(await browser.get(url.href))
  const response = await browser.get(address)
  const page = await response.text()
  const fields = { oauth_query: hidden(page, 'oauth_query'), account: hidden(page, 'account') }
  return { client, browser, address, response, page, fields }
}

const heading = (page: string) => /<h1>([^<]*)<\/h1>/.exec(page)?.[1]

describe('the consent page', () => {
  test('names the application, the account, the way back and every scope in plain words', async () => {
    const { page } = await open(
      { client_name: 'My app' },
      { scope: 'openid profile streamloop:read streamloop:destructive' },
    )
    expect(heading(page)).toBe('Authorize My app')
    expect(page).toContain(demo.email)
    expect(page).toContain('unverified application')
    expect(page).toContain('localhost:4321')
    expect(page.match(/type="checkbox"/g)).toHaveLength(4)
    for (const words of ['Know which account is yours', 'See your name', 'Read your streams']) {
      expect(page).toContain(words)
    }
    expect(page.match(/Careful/g)).toHaveLength(1)
    expect(page).toMatch(/Careful<\/strong>\s*<span>Delete streams/)
  })

  test('names the service that the token is for, from the request alone', async () => {
    const mcp = 'http://localhost:4324/mcp'
    const both = await start({
      resources: [
        { identifier: api, name: 'Streamloop API' },
        { identifier: mcp, name: 'Streamloop MCP server' },
      ],
    })
    const client = await Client.register(both.issuer)
    const browser = new Browser(both.issuer)
    await browser.post('/sign-in/demo', {})
    for (const [resource, name, other] of [
      [api, 'Streamloop API', 'Streamloop MCP server'],
      [mcp, 'Streamloop MCP server', 'Streamloop API'],
    ] as const) {
      const { url } = await client.begin({ prompt: 'consent', resource })
      const page = await (await browser.get(location(await browser.get(url.href)))).text()
      expect(page).toContain(`At the ${name} it asks to`)
      expect(page).toContain(`<code>${resource}</code>`)
      expect(page).not.toContain(other)
    }
    await both.close()
  })

  test("S15 lets its form lead to this server and the application's exact origin, no further", async () => {
    const policy = (response: Response) =>
      /form-action ([^;]*)/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
    expect(policy((await open()).response)).toBe("'self' http://localhost:4321")
    const other = await open({}, { redirectUri: 'http://localhost:9999/oauth/callback/' })
    expect(policy(other.response)).toBe("'self' http://localhost:9999")
    const custom = 'com.example.app:/callback'
    const native = await open({ redirect_uris: [custom] }, { redirectUri: custom })
    expect(policy(native.response)).toBe("'self' com.example.app:")
    const web = 'https://app.example/callback'
    const hosted = await open(
      { redirect_uris: [web], application_type: 'web' },
      { redirectUri: web },
    )
    expect(policy(hosted.response)).toBe("'self' https://app.example")
  })

  test.each([
    ['markup', '<img src=x onerror=alert(1)>', 'Authorize &lt;img src=x onerror=alert(1)&gt;'],
    ['a script', '</h1><script>alert(1)</script>', undefined],
    ['an attribute', '" onload="alert(1)', undefined],
    ['an order of letters', 'Nice\u202eevil', 'Authorize Nice evil'],
    ['lines', 'Nice\n\nSigned in as admin', 'Authorize Nice Signed in as admin'],
    ['length', 'x'.repeat(100), `Authorize ${'x'.repeat(59)}…`],
    ['nothing to see', '\u200b\u200b', 'Authorize localhost:4321'],
  ])('is not fooled by a name made of %s', async (_, name, expected) => {
    const { page } = await open({ client_name: name })
    expect(page).not.toMatch(/<img|<script|\son\w+="/)
    if (expected !== undefined) expect(heading(page)).toBe(expected)
  })

  test('S15 loads no picture and shows no address but an https one', async () => {
    const hostile = await open({
      logo_uri: 'javascript:alert(1)',
      client_uri: 'javascript:alert(2)',
      policy_uri: 'https://evil.example/policy',
    })
    expect(hostile.page).not.toMatch(/javascript:|evil\.example|<img/)
    const honest = await open({ client_uri: 'https://app.example/' })
    expect(honest.page).toContain('https://app.example/')
    expect(honest.page).not.toMatch(/href="https?:/)
  })

  test.each([
    [
      'a scope added',
      (query: string) => query.replace('streamloop%3Aread', 'streamloop%3Adestructive'),
    ],
    ['another client', (query: string) => query.replace(/client_id=\w+/, 'client_id=other')],
    ['a parameter more', (query: string) => `${query}&scope=streamloop:destructive`],
    ['another signature', (query: string) => query.replace(/sig=[^&]+/, 'sig=AAAA')],
    ['two signatures', (query: string) => `${query}&sig=AAAA`],
    ['a later end', (query: string) => query.replace(/exp=\d+/, 'exp=9999999999')],
    ['nothing', () => ''],
  ])('shows and does nothing for a query with %s', async (_, change) => {
    const { browser, address, fields } = await open()
    const edited = change(new URL(address).search.slice(1))
    const shown = await browser.get(`/consent?${edited}`)
    expect(shown.status).toBe(400)
    expect(await shown.text()).not.toContain('checkbox')
    const sent = await browser.post('/consent', {
      ...fields,
      oauth_query: edited,
      decision: 'allow',
      scope: 'streamloop:destructive',
    })
    expect(sent.status).toBe(400)
  })

  test('is over after ten minutes', async () => {
    const late = await start({ now: () => new Date(Date.now() + 11 * 60_000) })
    const client = await Client.register(late.issuer)
    const browser = new Browser(late.issuer)
    const { url } = await client.begin()
    const address = location(await browser.get(url.href))
    expect(address).toContain('/sign-in?')
    const page = await browser.get(address)
    expect(page.status).toBe(400)
    expect(await page.text()).toContain('ten minutes')
    await late.close()
  })

  test('asks whoever is not signed in to do so, and comes back', async () => {
    const { address, fields } = await open()
    const stranger = new Browser(server.issuer)
    expect(location(await stranger.get(address))).toContain('/sign-in?')
    const sent = await stranger.post('/consent', { ...fields, decision: 'allow' })
    expect(location(sent)).toContain('/sign-in?')
  })

  test('S13 is shown anew when another account signed in meanwhile', async () => {
    const { browser, fields } = await open()
    const other = { name: 'Eve', email: 'eve@example.com', password: 'long enough' }
    await server.createAccount(other)
    await browser.post('/sign-in', other)
    const sent = await browser.post('/consent', {
      ...fields,
      decision: 'allow',
      scope: 'streamloop:read',
    })
    expect(sent.status).toBe(409)
    const page = await sent.text()
    expect(page).toContain('another account than before')
    expect(page).toContain(other.email)
  })

  test('lets its reader switch accounts without losing the request', async () => {
    const { browser, fields, client } = await open()
    const switched = await browser.post('/switch-account', fields)
    expect(location(switched)).toContain('/sign-in?')
    expect(browser.cookies.size).toBe(0)
    const target = await client.walk(browser, new URL(location(switched), server.issuer))
    expect(target.href).toContain(`${callback}?code=`)
  })
})
