import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { freePorts } from '../free-ports.ts'
import { Browser, Client, callback } from './auth/harness.ts'
import { checkAnswer } from './contract.ts'

let directory: string
let sandbox: RunningSandbox

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'streamloop-tokens-'))
  const ports = await freePorts()
  sandbox = await startSandbox({ directory, ports, docsOrigins: ['http://localhost:4321'] })
})
afterAll(async () => {
  await sandbox.close()
  await rm(directory, { recursive: true, force: true })
})

/** The whole way of an application: register, sign in as the demo user, consent, exchange. */
async function signIn(scope: string) {
  const client = await Client.register(sandbox.issuer)
  const options = { scope: `openid profile ${scope}`, resource: sandbox.api }
  const { url, verifier, state } = await client.begin(options)
  const target = await client.walk(new Browser(sandbox.issuer), url, options)
  const response = await oauth.authorizationCodeGrantRequest(
    client.server,
    client.client,
    oauth.None(),
    oauth.validateAuthResponse(client.server, client.client, target, state),
    callback,
    verifier,
    {
      [oauth.allowInsecureRequests]: true,
      additionalParameters: { resource: sandbox.api },
    },
  )
  return oauth.processAuthorizationCodeResponse(client.server, client.client, response)
}

const call = (method: string, path: string, token: string) =>
  fetch(`${sandbox.api}/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } })

test('a token of the sandbox reads the demo account, and may do no more than was granted', async () => {
  const { access_token: token } = await signIn('streamloop:read')
  const me = await call('GET', '/me', token)
  await checkAnswer('getMe', me)
  expect(me.status).toBe(200)
  const stop = await call('POST', `/streams/${streams.launchCountdown}/stop`, token)
  await checkAnswer('stopStream', stop)
  expect(stop.status).toBe(403)
  expect(stop.headers.get('www-authenticate')).toContain('scope="streamloop:write"')
  const balance = await call('GET', '/billing/overview', token)
  expect(balance.status).toBe(200)
})

test('S5 signing out makes the token useless at once, and leaves the key alone', async () => {
  const { access_token: token, id_token: hint = '' } = await signIn('streamloop:write')
  expect((await call('POST', `/streams/${streams.eveningRain}/start`, token)).status).toBe(200)
  const ended = await fetch(`${sandbox.issuer}/api/auth/oauth2/end-session`, {
    method: 'POST',
    body: new URLSearchParams({ id_token_hint: hint }),
  })
  expect(ended.ok).toBe(true)
  const after = await call('POST', `/streams/${streams.eveningRain}/stop`, token)
  await checkAnswer('stopStream', after)
  expect(after.status).toBe(401)
  expect(after.headers.get('www-authenticate')).toContain('error="invalid_token"')
  const env = await readFile(sandbox.demo.keyFile, 'utf8')
  const [, key = ''] = /STREAMLOOP_API_KEY=(\S+)/.exec(env) ?? []
  const byKey = await fetch(`${sandbox.api}/v1/me`, { headers: { 'x-api-key': key } })
  expect(byKey.status).toBe(200)
})

test('signing in and calling at the same time get in each other’s way nowhere', async () => {
  const env = await readFile(sandbox.demo.keyFile, 'utf8')
  const [, key = ''] = /STREAMLOOP_API_KEY=(\S+)/.exec(env) ?? []
  const writes = Array.from({ length: 30 }, (_, i) =>
    fetch(`${sandbox.api}/v1/streams`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ name: `Meanwhile ${i}` }),
    }).then(({ status }) => status),
  )
  const registrations = Array.from({ length: 10 }, () => Client.register(sandbox.issuer))
  expect(new Set(await Promise.all(writes))).toEqual(new Set([201]))
  await Promise.all(registrations)
})
