import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Control } from '../../src/sandbox/control/control.ts'
import { RequestLog } from '../../src/sandbox/control/request-log.ts'
import { createControlRoutes } from '../../src/sandbox/control/routes.ts'
import type { CredentialChecks } from '../../src/sandbox/rest/authenticate.ts'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { docs, type Json } from './harness.ts'
import { type Served, serveSandbox } from './served.ts'

let sandbox: Served

beforeAll(async () => {
  sandbox = await serveSandbox()
})
afterAll(() => sandbox.close())

const send = (path: string, init: RequestInit = {}) =>
  fetch(sandbox.api + path, {
    ...init,
    headers: { 'x-api-key': sandbox.key, 'content-type': 'application/json', ...init.headers },
  })
const json = async (path: string, method = 'GET', body?: object, headers = {}): Promise<Json> => {
  const content = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await send(path, { method, headers, ...content })
  if (response.status >= 300) throw new Error(`${response.status} ${await response.text()}`)
  return response.status === 204 ? undefined : response.json()
}
const forward = (distance: string) => json('/sandbox/clock', 'POST', { forward: distance })
const back = () => json('/sandbox/clock', 'DELETE')

describe('the clock', () => {
  beforeEach(back)

  test('moves forward, again from there, and back to real time', async () => {
    expect(await json('/sandbox/clock')).toMatchObject({ aheadSeconds: 0 })
    expect(await forward('90s')).toMatchObject({ aheadSeconds: 90 })
    const moved = await forward('25h')
    expect(moved.aheadSeconds).toBe(90 + 25 * 3600)
    expect(Date.parse(moved.now) - Date.parse(moved.realTime)).toBe(moved.aheadSeconds * 1000)
    const { time, startedAt } = await json('/v1/status')
    expect(Date.parse(time) - Date.now()).toBeGreaterThan(24 * 3_600_000)
    expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.now())
    expect(await back()).toMatchObject({ aheadSeconds: 0 })
  })

  test.each(['', '25', '0s', '-1h', '1.5h', '1w', '25h ', '99999d', '1e3s'])(
    'is not moved by "%s"',
    async (distance) => {
      const body = JSON.stringify({ forward: distance })
      const response = await send('/sandbox/clock', { method: 'POST', body })
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({
        code: 'INVALID_INPUT',
        errors: [{ pointer: '#/forward' }],
      })
      expect(await json('/sandbox/clock')).toMatchObject({ aheadSeconds: 0 })
    },
  )

  test('is moved by nothing but the one field, in JSON', async () => {
    for (const body of ['', '[]', '"1h"', '{"forward":1}', '{"forward":"1h","x":1}', '{']) {
      expect((await send('/sandbox/clock', { method: 'POST', body })).status, body).toBe(422)
    }
    const headers = { 'content-type': 'text/plain' }
    const text = await send('/sandbox/clock', { method: 'POST', body: '{"forward":"1h"}', headers })
    expect(text.status).toBe(415)
    const large = { method: 'POST', body: JSON.stringify({ forward: 'x'.repeat(2000) }) }
    expect((await send('/sandbox/clock', large)).status).toBe(413)
    expect(await json('/sandbox/clock')).toMatchObject({ aheadSeconds: 0 })
  })

  test('opens and closes the window of a schedule', async () => {
    const path = `/v1/streams/${streams.eveningRain}`
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    await json(`${path}/schedule`, 'POST', { scheduleStartAt: at(24), scheduleEndAt: at(26) })
    const state = async () => (await json(path)).state
    expect(await state()).toBe('scheduled')
    await forward('25h')
    expect(await state()).toBe('active')
    await forward('2h')
    expect(await state()).toBe('stopped')
  })

  test('brings an import to its end', async () => {
    const link = { type: 'VIDEO', url: 'https://example.com/a.mp4' }
    const { id } = await json('/v1/uploads/from-link', 'POST', link)
    const status = async () => (await json(`/v1/uploads/${id}`)).externalSource.state.status
    expect(await status()).not.toBe('COMPLETED')
    await forward('10s')
    expect(await status()).toBe('COMPLETED')
  })

  test('lets the answer to an idempotency key be forgotten after its day', async () => {
    const create = () =>
      send('/v1/streams', {
        method: 'POST',
        headers: { 'idempotency-key': 'a day long' },
        body: '{"name":"Daily"}',
      })
    const first: Json = await (await create()).json()
    await forward('23h')
    const replayed = await create()
    expect(replayed.headers.get('idempotency-replayed')).toBe('true')
    await forward('2h')
    const anew = await create()
    expect(anew.headers.get('idempotency-replayed')).toBeNull()
    expect(((await anew.json()) as Json).id).not.toBe(first.id)
  })

  test('lets an upload address expire', async () => {
    const upload = { name: 'a.mp3', mimeType: 'audio/mpeg', type: 'audio' }
    const { id } = await json('/v1/uploads', 'POST', upload)
    const { uploadUrl, headers } = await json(`/v1/uploads/${id}/upload-url`, 'POST')
    const put = () => fetch(uploadUrl, { method: 'PUT', headers, body: 'some bytes' })
    expect((await put()).status).toBe(200)
    await forward('12h')
    expect((await put()).status).toBe(403)
    await back()
    expect((await put()).status).toBe(200)
  })

  test('spends credits while a stream is live', async () => {
    await json('/sandbox/reset', 'POST')
    const balance = async () => (await json('/v1/billing/overview')).billing.creditsLeft
    const before = await balance()
    await forward('1h')
    const spent = before - (await balance())
    // Two streams of the demo data are live: a minute of each costs at least 93 credits.
    expect(spent).toBeGreaterThanOrEqual(60 * 93 * 2)
  })

  test('leaves tokens and keys in real time: the key works years ahead', async () => {
    await forward('3000d')
    expect((await send('/v1/me')).status).toBe(200)
  })

  test('keeps what happened ahead when it goes back, and answers as ever', async () => {
    await forward('10d')
    const { id } = await json('/v1/streams', 'POST', { name: 'From ahead' })
    await json(`/v1/streams/${streams.studyBeats}`)
    await back()
    for (const path of [
      `/v1/streams/${id}`,
      '/v1/streams?limit=100',
      '/v1/billing/overview',
      '/v1/billing/usage',
      `/v1/streams/${streams.lofiRadio}/live-stats`,
    ]) {
      expect((await send(path)).status, path).toBe(200)
    }
    const made = await json('/v1/streams', 'POST', { name: 'From now' })
    expect(made.id > id).toBe(true)
  })
})

test('a restart keeps the clock', async () => {
  const own = await serveSandbox()
  const post = () =>
    fetch(`${own.api}/sandbox/clock`, {
      method: 'POST',
      headers: { 'x-api-key': own.key, 'content-type': 'application/json' },
      body: '{"forward":"3h"}',
    })
  await post()
  await own.restart()
  const response = await fetch(`${own.api}/sandbox/clock`, { headers: { 'x-api-key': own.key } })
  expect(await response.json()).toMatchObject({ aheadSeconds: 3 * 3600 })
  await own.close()
})

describe('a reset', () => {
  test('brings back the data of a first start, and keeps accounts and keys', async () => {
    const list = async () => (await json('/v1/streams?limit=100')).data
    await json('/sandbox/reset', 'POST')
    const before = await list()
    await json('/v1/streams', 'POST', { name: 'Gone soon' }, { 'idempotency-key': 'reset' })
    await json(`/v1/streams/${streams.studyBeats}`, 'PATCH', { name: 'Renamed' })
    await json('/sandbox/reset', 'POST')
    const names = (rows: Json[]) => rows.map(({ id, name, state }) => ({ id, name, state }))
    expect(names(await list())).toEqual(names(before))
    const again = await json(
      '/v1/streams',
      'POST',
      { name: 'Anew' },
      { 'idempotency-key': 'reset' },
    )
    expect(again.name).toBe('Anew')
    expect((await json('/v1/me')).email).toBe('demo@streamloop.example')
  })

  test('holds under requests: every answer is from before or from after', async () => {
    const work = Array.from({ length: 20 }, (_, n) =>
      send('/v1/streams', { method: 'POST', body: `{"name":"Meanwhile ${n}"}` }),
    )
    const resets = [json('/sandbox/reset', 'POST'), json('/sandbox/reset', 'POST')]
    for (const response of await Promise.all(work)) expect(response.status).toBe(201)
    await Promise.all(resets)
    expect((await send('/v1/streams')).status).toBe(200)
  })
})

describe('the log', () => {
  test('tells the last requests, newest first, with their operation', async () => {
    await send('/v1/me?x=1')
    await send(`/v1/streams/${streams.lofiRadio}`, { headers: { 'sandbox-fault': 'status=503' } })
    const [second, first] = (await json('/sandbox/requests')).data
    expect(first).toMatchObject({
      server: 'api',
      method: 'GET',
      path: '/v1/me',
      status: 422,
      operationId: 'getMe',
    })
    expect(first.ms).toBeGreaterThan(0)
    expect(second).toMatchObject({ status: 503, operationId: 'getStream', fault: 'status=503' })
    expect(Date.parse(second.at)).toBeLessThanOrEqual(Date.now())
  })

  test('knows requests of the authorization server, and not those for the log', async () => {
    await fetch(`${sandbox.issuer}/.well-known/openid-configuration`)
    await fetch(`${sandbox.issuer}/sandbox`)
    await json('/sandbox/requests')
    const [last] = (await json('/sandbox/requests')).data
    expect(last).toMatchObject({ server: 'auth', path: '/.well-known/openid-configuration' })
  })

  test('keeps two hundred', async () => {
    for (let n = 0; n < 210; n += 1) await send('/v1/status')
    expect((await json('/sandbox/requests')).data).toHaveLength(200)
  })

  test('holds no secret, wherever it was put', async () => {
    const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'
    await send(`/v1/streams/${sandbox.key}`)
    await send(`/v1/streams/${token}?access_token=${token}`)
    await send(`/v1/me?key=${sandbox.key}`)
    await send('/v1/me', {
      headers: { 'sandbox-fault': `redirect=https://x.test/?t=${token}` },
      redirect: 'manual',
    })
    await send(`/v1/streams/${'s'.repeat(60)}`)
    const page = await (await fetch(`${sandbox.issuer}/sandbox`)).text()
    for (const text of [JSON.stringify(await json('/sandbox/requests')), page]) {
      expect(text).not.toContain(sandbox.key.slice(3, 20))
      expect(text).not.toContain('c2lnbmF0dXJl')
      expect(text).not.toContain('s'.repeat(60))
    }
    const log = await readFile(join(sandbox.directory, 'sandbox.sqlite-wal'))
    expect(log.includes(sandbox.key)).toBe(false)
  })
})

describe('the controls for terminals are for nobody else', () => {
  const calls = [
    ['GET', '/sandbox/clock'],
    ['POST', '/sandbox/clock'],
    ['DELETE', '/sandbox/clock'],
    ['POST', '/sandbox/reset'],
    ['GET', '/sandbox/requests'],
  ] as const

  test.each(calls)('%s %s needs an API key', async (method, path) => {
    const strangers: Record<string, string>[] = [
      {},
      { 'x-api-key': 'sl_wrong' },
      { authorization: 'Bearer x.y.z' },
    ]
    for (const headers of strangers) {
      const response = await fetch(sandbox.api + path, { method, headers })
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  test.each(calls)('%s %s is open to no script, of the docs neither', async (method, path) => {
    for (const origin of [docs, 'null', 'https://evil.example', sandbox.issuer]) {
      const preflight = await fetch(sandbox.api + path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': method },
      })
      expect(preflight.status).toBeGreaterThanOrEqual(400)
      for (const response of [preflight, await send(path, { method, headers: { origin } })]) {
        expect(response.headers.get('access-control-allow-origin')).toBeNull()
      }
    }
  })

  test('an access token, whatever its scopes, is no API key', async () => {
    const resource = { identifier: sandbox.api, metadata: `${sandbox.api}/metadata` }
    const credentials: CredentialChecks = {
      verifyApiKey: () => Promise.reject(new Error('not asked')),
      verifyAccessToken: async () => ({
        accountId: 'user_x',
        clientId: 'app',
        scopes: ['streamloop:write', 'streamloop:destructive'],
      }),
    }
    const unused = {} as Control
    const requests = new RequestLog([])
    const app = createControlRoutes({ control: unused, requests, credentials, resource })
    const problems: unknown[] = []
    app.onError((error, c) => {
      problems.push(error)
      return c.body(null, 500)
    })
    for (const [method, path] of calls) {
      const headers = { authorization: 'Bearer good' }
      await app.request(path.replace('/sandbox', ''), { method, headers })
    }
    expect(problems).toHaveLength(calls.length)
    for (const problem of problems) expect(problem).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('are not in the OpenAPI document', async () => {
    expect(JSON.stringify(await json('/v1/openapi.json'))).not.toContain('/sandbox/')
  })
})
