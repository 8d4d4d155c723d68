/** The fault switch beyond the API: signing in, the MCP server, and the documents of all three. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser, Client } from './auth/harness.ts'
import { docs, type Json } from './harness.ts'
import { type Served, serveSandbox } from './served.ts'

let sandbox: Served
let client: Client
beforeAll(async () => {
  sandbox = await serveSandbox()
  client = await Client.register(sandbox.issuer)
})
afterAll(() => sandbox.close())

const ask = (url: string, fault: string, init: RequestInit & { headers?: object } = {}) =>
  fetch(url, {
    redirect: 'manual',
    ...init,
    headers: { origin: docs, 'sandbox-fault': fault, ...init.headers },
  })

describe('the authorization server', () => {
  const endpoint = (name: string) => `${sandbox.issuer}/api/auth/oauth2/${name}`

  test('answers programs with the error of OAuth that was asked for, readable by the docs', async () => {
    for (const [name, status, error] of [
      ['token', 503, 'server_error'],
      ['token', 400, 'invalid_request'],
      ['register', 429, 'temporarily_unavailable'],
      ['revoke', 500, 'server_error'],
      ['userinfo', 401, 'invalid_token'],
    ] as const) {
      const response = await ask(endpoint(name), `status=${status}`, { method: 'POST' })
      expect(response.status, name).toBe(status)
      expect(response.headers.get('access-control-allow-origin')).toBe(docs)
      expect(response.headers.get('sandbox-fault')).toBe(`status=${status}`)
      expect(await response.json()).toMatchObject({ error, error_description: expect.any(String) })
    }
  })

  test('lets the docs send the header, and nobody else', async () => {
    const preflight = (origin: string, url: string) =>
      fetch(url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,sandbox-fault',
        },
      }).then(({ headers }) => headers)
    const own = await preflight(docs, endpoint('token'))
    expect(own.get('access-control-allow-headers')).toContain('sandbox-fault')
    expect(own.get('access-control-allow-origin')).toBe(docs)
    const foreign = await preflight('https://evil.example', endpoint('token'))
    expect(foreign.get('access-control-allow-origin')).toBeNull()
  })

  test('breaks a sign-in at the exchange, whose code can then be used once', async () => {
    const { url, verifier, state } = await client.begin({ resource: sandbox.api })
    const target = await client.walk(new Browser(sandbox.issuer), url)
    const exchange = (headers: Record<string, string>) =>
      fetch(endpoint('token'), {
        method: 'POST',
        headers: { origin: docs, ...headers },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: new URL(target).searchParams.get('code') ?? '',
          client_id: client.client.client_id,
          redirect_uri: String(new URL(url).searchParams.get('redirect_uri')),
          code_verifier: verifier,
          resource: sandbox.api,
        }),
      })
    expect(state).toBeDefined()
    await expect(exchange({ 'sandbox-fault': 'reset' })).rejects.toThrow()
    expect((await exchange({ 'sandbox-fault': 'status=503' })).status).toBe(503)
    const bent = await exchange({ 'sandbox-fault': 'malformed, no-cors' })
    expect(bent.status).toBe(200)
    expect(bent.headers.get('access-control-allow-origin')).toBeNull()
    await expect(bent.json()).rejects.toThrow(SyntaxError)
    expect((await exchange({})).status).toBeGreaterThanOrEqual(400)
  })

  test('refuses a fault that does not exist, and answers on no other name', async () => {
    const odd = await ask(endpoint('token'), 'explode', { method: 'POST' })
    expect(odd.status).toBe(400)
    expect(((await odd.json()) as Json).error_description).toContain('status=400 to status=599')
    const { port } = new URL(sandbox.issuer)
    const alias = await ask(`http://127.0.0.1:${port}/api/auth/jwks`, 'status=500')
    expect(alias.status).toBe(308)
  })

  test('never breaks a page', async () => {
    for (const path of ['/sign-in', '/settings', '/sandbox', '/api/auth/oauth2/authorize']) {
      const [plain, faulty] = await Promise.all([
        fetch(sandbox.issuer + path, { redirect: 'manual' }),
        ask(sandbox.issuer + path, 'status=503'),
      ])
      expect(faulty.status, path).toBe(plain.status)
      expect(faulty.headers.get('sandbox-fault')).toBeNull()
    }
  })
})

test('every metadata document can be missing, bent, unreadable for scripts or slow', async () => {
  for (const url of [
    `${sandbox.issuer}/.well-known/openid-configuration`,
    `${sandbox.issuer}/.well-known/oauth-authorization-server`,
    `${sandbox.issuer}/api/auth/jwks`,
    `${sandbox.api}/.well-known/oauth-protected-resource`,
    `${new URL(sandbox.mcp).origin}/.well-known/oauth-protected-resource/mcp`,
  ]) {
    const good = await fetch(url, { headers: { origin: docs } })
    expect(good.headers.get('access-control-allow-origin'), url).toBe('*')
    expect((await ask(url, 'status=404')).status, url).toBe(404)
    await expect((await ask(url, 'malformed')).json()).rejects.toThrow(SyntaxError)
    const drifted = await ask(url, 'drift')
    expect(drifted.headers.get('sandbox-fault')).toMatch(/^drift=\//)
    expect(await drifted.json()).not.toEqual(await good.json())
    const hidden = await ask(url, 'no-cors, delay=1ms')
    expect(hidden.status, url).toBe(200)
    expect(hidden.headers.get('access-control-allow-origin'), url).toBeNull()
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: docs,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'sandbox-fault',
      },
    })
    expect(preflight.ok, url).toBe(true)
    expect(preflight.headers.get('access-control-allow-headers'), url).toContain('sandbox-fault')
  }
})

describe('the MCP server', () => {
  const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} })
  const call = async (fault: string, token: string | undefined) =>
    ask(sandbox.mcp, fault, {
      method: 'POST',
      body: list,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    })

  test('has them once the token is known to be good', async () => {
    const options = { resource: sandbox.mcp, scope: 'streamloop:read' }
    const { url, verifier } = await client.begin(options)
    const target = await client.walk(new Browser(sandbox.issuer), url, options)
    const answer = await fetch(`${sandbox.issuer}/api/auth/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: new URL(target).searchParams.get('code') ?? '',
        client_id: client.client.client_id,
        redirect_uri: String(new URL(url).searchParams.get('redirect_uri')),
        code_verifier: verifier,
        resource: sandbox.mcp,
      }),
    })
    const { access_token: token } = (await answer.json()) as Json
    expect((await call('delay=1ms', token)).status).toBe(200)
    const refused = await call('status=503', token)
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({
      jsonrpc: '2.0',
      error: { data: { code: 'UNAVAILABLE' } },
    })
    await expect((await call('malformed', token)).json()).rejects.toThrow(SyntaxError)
    await expect(call('reset', token)).rejects.toThrow()
    expect(await (await call('sse=2', token)).text()).toMatch(/^id: 1\n/)
    expect((await call('status=503', undefined)).status).toBe(401)
    expect((await call('status=503', `${token}x`)).status).toBe(401)
  })
})
