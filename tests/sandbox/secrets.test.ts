import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { destinations, streams } from '../../src/sandbox/seed/ids.ts'
import { freePorts } from '../free-ports.ts'
import { Browser, Client, callback } from './auth/harness.ts'
import { type Json, startApi } from './harness.ts'

let directory: string
let sandbox: RunningSandbox
const logged: string[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'streamloop-secrets-'))
  const ports = await freePorts()
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, name).mockImplementation((...parts) => void logged.push(parts.join(' ')))
  }
  const options = { directory, ports, docsOrigins: ['http://localhost:4321'] }
  sandbox = await startSandbox({ ...options, log: (line) => logged.push(line) })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await sandbox.close()
  await rm(directory, { recursive: true, force: true })
})

test('S28 no key, token, code, verifier or password is logged or kept in the clear', async () => {
  const secrets = new Map<string, string>()
  const env = await readFile(sandbox.demo.keyFile, 'utf8')
  secrets.set('demo key', /STREAMLOOP_API_KEY=(\S+)/.exec(env)?.[1] ?? '')
  secrets.set('password', 'correct horse battery')
  const browser = new Browser(sandbox.issuer)
  const client = await Client.register(sandbox.issuer)
  await browser.post('/sign-up', {
    email: 'secret@example.com',
    password: secrets.get('password') ?? '',
    name: 'Secret',
  })
  const scope = 'openid offline_access streamloop:read streamloop:write'
  const { url, verifier, state } = await client.begin({ scope, resource: sandbox.api })
  const target = await client.walk(browser, url)
  secrets.set('verifier', verifier)
  secrets.set('code', target.searchParams.get('code') ?? '')
  const more = {
    [oauth.allowInsecureRequests]: true,
    additionalParameters: { resource: sandbox.api },
  } as const
  const answer = oauth.validateAuthResponse(client.server, client.client, target, state)
  const exchange = () =>
    oauth.authorizationCodeGrantRequest(
      client.server,
      client.client,
      oauth.None(),
      answer,
      callback,
      verifier,
      more,
    )
  const first = (await (await exchange()).json()) as Json
  await exchange()
  const again = await client.begin({ scope, resource: sandbox.api })
  const fresh = await client.walk(browser, again.url)
  const granted = (await (
    await oauth.authorizationCodeGrantRequest(
      client.server,
      client.client,
      oauth.None(),
      oauth.validateAuthResponse(client.server, client.client, fresh, again.state),
      callback,
      again.verifier,
      more,
    )
  ).json()) as Json
  const refreshed = (await (
    await oauth.refreshTokenGrantRequest(
      client.server,
      client.client,
      oauth.None(),
      granted.refresh_token,
      more,
    )
  ).json()) as Json
  for (const [name, tokens] of Object.entries({ first, granted, refreshed })) {
    secrets.set(`access token ${name}`, tokens.access_token)
    secrets.set(`refresh token ${name}`, tokens.refresh_token)
    secrets.set(`ID token ${name}`, tokens.id_token)
  }
  const made = await browser.post('/settings/api-keys', { name: 'Made', expires: 'none' })
  secrets.set('made key', /value="(sl_[^"]+)"/.exec(await made.text())?.[1] ?? '')
  const streamKey = 'live_very_secret_1234567890'
  secrets.set('stream key', streamKey)

  const call = (headers: Record<string, string>, path = '/streams', body?: object) =>
    fetch(`${sandbox.api}/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const destination = { name: 'Far', rtmpUrl: 'rtmp://live.example/app', rtmpKey: streamKey }
  const owner = { 'x-api-key': secrets.get('made key') ?? '' }
  expect((await call(owner, '/destinations', destination)).status).toBe(201)
  for (const [name, secret] of secrets) {
    expect(secret, name).toMatch(/\S{10}|horse/)
    const answers = [
      await call({ authorization: `Bearer ${secret}` }),
      await call({ 'x-api-key': secret }),
      await fetch(`${sandbox.issuer}/api/auth/oauth2/userinfo`, {
        headers: { authorization: `Bearer ${secret}` },
      }),
      await fetch(
        `${sandbox.issuer}/error?error=x&error_description=${encodeURIComponent(secret)}`,
      ),
    ]
    for (const answer of answers) expect(answer.status).toBeLessThan(500)
  }

  const files = (await readdir(directory, { recursive: true })).filter((name) =>
    name.startsWith('sandbox.sqlite'),
  )
  expect(files.length).toBeGreaterThan(1)
  const bytes = await Promise.all(files.map((name) => readFile(join(directory, name), 'latin1')))
  for (const [name, secret] of secrets) {
    expect(logged.join('\n'), `${name} in the log`).not.toContain(secret)
    for (const text of bytes) expect(text.includes(secret), `${name} in the database`).toBe(false)
  }
})

test('S30 whatever address it is given, the sandbox connects to nothing', async () => {
  const connecting = vi.spyOn(Socket.prototype, 'connect')
  const asking = vi.spyOn(globalThis, 'fetch')
  const api = await startApi()
  for (const rtmpUrl of ['rtmp://127.0.0.1:22/app', 'rtmp://169.254.169.254/app']) {
    await api.json('POST', '/destinations', { body: { name: 'Far', rtmpUrl, rtmpKey: 'x' } })
  }
  for (const url of ['http://127.0.0.1:22/a.mp4', 'http://169.254.169.254/latest/a.mp3']) {
    await api.json('POST', '/uploads/from-link', { body: { url, type: 'VIDEO' } })
  }
  await api.call('POST', `/streams/${streams.eveningRain}/start`)
  api.clock.advance(60)
  expect((await api.json('GET', `/streams/${streams.eveningRain}`)).state).toBe('active')
  await api.call('GET', `/destinations/${Object.values(destinations)[0]}`)
  expect(connecting).not.toHaveBeenCalled()
  expect(asking).not.toHaveBeenCalled()
  connecting.mockRestore()
  asking.mockRestore()
  await api.close()
})

const statements = [
  `' OR 1=1 --`,
  `'; DROP TABLE stream; --`,
  `" OR ""="`,
  `') UNION SELECT key, 1 FROM apikey --`,
  `1; ATTACH DATABASE 'x' AS y; --`,
  `' AND randomblob(1000000000) --`,
  `%' ESCAPE '!' OR '1'='1`,
  `\\' OR 1=1 --`,
]

test('S20 SQL in a text is a text, wherever it stands', async () => {
  const api = await startApi()
  const before = (await api.json('GET', '/streams?limit=100')).data.length
  for (const text of statements) {
    const { id } = await api.json('POST', '/streams', { body: { name: text } })
    expect((await api.json('GET', `/streams/${id}`)).name).toBe(text)
    const step = encodeURIComponent(text)
    expect((await api.call('GET', `/streams/${step}`)).status).toBe(404)
    expect((await api.call('DELETE', `/uploads/${step}`)).status).toBe(404)
    for (const list of ['streams', 'uploads', 'destinations', 'playlists']) {
      const answer = await api.call('GET', `/${list}?cursor=${step}`)
      expect(answer.status).toBe(422)
    }
    expect((await api.call('GET', '/me', { as: text })).status).toBe(401)
  }
  expect((await api.json('GET', '/streams?limit=100')).data).toHaveLength(
    before + statements.length,
  )
  expect(api.failures).toEqual([])
  await api.close()
})

test('S20 SQL on the pages that sign in is no way in', async () => {
  for (const text of statements) {
    const browser = new Browser(sandbox.issuer)
    const answer = await browser.post('/sign-in', { email: `${text}@example.com`, password: text })
    expect(answer.status).toBe(401)
    expect(browser.cookies.size).toBe(0)
    expect((await browser.get(`/consent?client_id=${encodeURIComponent(text)}`)).status).toBe(400)
  }
})
