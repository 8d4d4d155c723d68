import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { destinations, playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { demo, docs, origin, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

describe('S4 without the right credential', () => {
  const metadata = `resource_metadata="${origin}/.well-known/oauth-protected-resource"`

  test('no credential is a challenge without an error', async () => {
    const response = await api.call('GET', '/me', { as: null })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe(`Bearer ${metadata}`)
  })

  test('a wrong token is called invalid_token', async () => {
    for (const authorization of ['Bearer nonsense', 'Bearer', 'Bearer a b', 'bearer x, Bearer y']) {
      const response = await api.call('GET', '/me', { as: null, headers: { authorization } })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer error="invalid_token", ${metadata}`,
      )
    }
  })

  test('a key that is wrong or sent as a token is refused', async () => {
    const wrong = await api.call('GET', '/me', { as: null, headers: { 'x-api-key': 'sl_nope' } })
    expect(wrong.status).toBe(401)
    const headers = { authorization: `Bearer sl_${demo}` }
    const { detail } = await api.problem('GET', '/me', { as: null, headers })
    expect(detail).toContain('x-api-key')
  })

  test('two credentials, or one in the address, are a bad request', async () => {
    const two = await api.call('GET', '/me', { headers: { authorization: 'Bearer x' } })
    expect(two.status).toBe(400)
    const inAddress = await api.call('GET', '/me?access_token=abc')
    expect(inAddress.status).toBe(400)
    expect(await inAddress.json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('the challenge leads to a document that names this API and its issuer', async () => {
    const response = await api.request('/.well-known/oauth-protected-resource')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({
      resource: origin,
      authorization_servers: ['http://localhost:4322'],
      scopes_supported: [
        'streamloop:read',
        'streamloop:write',
        'streamloop:destructive',
        'streamloop:billing',
      ],
      bearer_methods_supported: ['header'],
    })
  })
})

describe('what does not fit', () => {
  test('an unknown field is named', async () => {
    const problem = await api.problem('PATCH', `/streams/${streams.studyBeats}`, {
      body: { nmae: 'Deep study' },
    })
    expect(problem).toMatchObject({
      type: `${docs}/errors/invalid-input/`,
      status: 422,
      code: 'INVALID_INPUT',
      instance: `/v1/streams/${streams.studyBeats}`,
      errors: [{ pointer: '#/nmae' }],
    })
    expect(problem.detail).toContain('nmae')
    expect(problem.requestId).toMatch(/^req_/)
  })

  test('every field that does not fit is named', async () => {
    const { errors } = await api.problem('POST', '/uploads', { body: { type: 'film', width: 0 } })
    const pointers = errors.map(({ pointer }: { pointer: string }) => pointer).sort()
    expect(pointers).toEqual(['#/mimeType', '#/name', '#/type', '#/width'])
  })

  test.each([
    [{ operations: [{}] }, '#/operations/0'],
    [{ operations: [{ addObjects: { objectIds: ['x'], position: 'TOP' } }] }, 'position'],
    [{ operations: [{ drop: {} }] }, '#/operations/0'],
    [{ operations: 'all' }, '#/operations'],
    [{ operations: [] }, '#/operations'],
  ])('playlist operations like %j', async (body, pointer) => {
    const { errors } = await api.problem(
      'POST',
      `/playlists/${playlists.studyBeats[0]}/operations`,
      { body },
    )
    expect(errors[0].pointer).toContain(pointer)
  })

  test('an enum lists what is allowed', async () => {
    const { detail } = await api.problem('POST', '/streams', { body: { quality: '1080p' } })
    expect(detail).toBe('quality: must be one of q_720p, q_1080p, q_1440p, q_2160p.')
  })

  test.each([
    ['/streams?limit=0', 'limit'],
    ['/streams?limit=101', 'limit'],
    ['/streams?limit=ten', 'limit'],
    ['/streams?limit=1.5', 'limit'],
    ['/streams?state=live', 'state'],
    ['/streams?statr=active', 'statr'],
    ['/streams?limit=1&limit=2', 'limit'],
    ['/streams?cursor=abc', 'cursor'],
    ['/streams?name=%00', 'name'],
    ['/me?verbose=1', 'verbose'],
    ['/crypto/deposit-address', 'currency'],
    [`/streams/${streams.lofiRadio}?expand=all`, 'expand'],
  ])('the parameter of %s', async (path, parameter) => {
    const problem = await api.problem('GET', path)
    expect(problem).toMatchObject({ code: 'INVALID_INPUT', errors: [{ parameter }] })
  })

  test('S11 a body that is not JSON, too deep, or not UTF-8 is a bad request', async () => {
    for (const body of ['{"name":', '{"name": }', `${'['.repeat(70)}${']'.repeat(70)}`]) {
      const problem = await api.problem('POST', '/streams', { body })
      expect(problem).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    }
    const response = await api.request('/v1/streams', {
      method: 'POST',
      headers: { 'x-api-key': `sl_${demo}`, 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    })
    expect(response.status).toBe(400)
  })

  test('a body of another type is refused with 415', async () => {
    const problem = await api.problem('POST', '/streams', {
      body: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(problem).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' })
  })

  test('S11 a body over 1 MB is refused with 413, also without a length', async () => {
    const name = 'x'.repeat(1024 * 1024)
    expect(await api.problem('POST', '/streams', { body: { name } })).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    })
    const chunks = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(256 * 1024).fill(0x20))
      },
    })
    const response = await api.request('/v1/streams', {
      method: 'POST',
      headers: { 'x-api-key': `sl_${demo}`, 'content-type': 'application/json' },
      body: chunks,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  test('a missing body is asked for, an uncalled-for one refused, an empty object taken', async () => {
    expect(await api.problem('POST', '/streams')).toMatchObject({ code: 'INVALID_INPUT' })
    const start = `/streams/${streams.eveningRain}/start`
    expect(await api.problem('POST', start, { body: { now: true } })).toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(await api.json('POST', start, { body: {} })).toMatchObject({ state: 'preparing' })
  })

  test('numbers and texts that no row can hold are refused, not stored', async () => {
    const path = `/streams/${streams.studyBeats}`
    for (const body of ['{"streamDuration":1e300}', '{"streamDuration":9007199254740993}']) {
      expect(await api.problem('PATCH', path, { body })).toMatchObject({ status: 422 })
    }
    for (const name of ['a\u0000b', '\ud800']) {
      expect(await api.problem('PATCH', path, { body: { name } })).toMatchObject({ status: 422 })
    }
    const hostile = `'); DROP TABLE stream; -- "\u202e<img onerror=1>`
    const { name } = await api.json('PATCH', path, { body: { name: hostile } })
    expect(name).toBe(hostile)
    const found = await api.json('GET', `/streams?name=${encodeURIComponent("'); drop table")}`)
    expect(found.data).toHaveLength(1)
    expect((await api.json('GET', `/streams?name=${encodeURIComponent('%')}`)).data).toEqual([])
  })
})

describe('addresses and methods', () => {
  test('an unknown address is 404, another method 405 with Allow', async () => {
    const unknown = await api.request('/v1/nothing')
    expect(unknown.status).toBe(404)
    expect(unknown.headers.get('content-type')).toBe('application/problem+json')
    const put = await api.request('/v1/streams', { method: 'PUT' })
    expect(put.status).toBe(405)
    expect(put.headers.get('allow')).toBe('GET, HEAD, POST')
    expect(await put.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
  })

  test('HEAD answers like GET, without a body', async () => {
    const response = await api.request('/v1/status', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  test('S11 an address longer than 8 kB is refused', async () => {
    const response = await api.request(`/v1/streams?name=${'x'.repeat(8200)}`)
    expect(response.status).toBe(400)
  })
})

describe('rules of the product', () => {
  const codeOf = async (method: string, path: string, body?: unknown) =>
    (await api.problem(method, path, { body })).code

  test('what is live cannot be deleted or rebuilt', async () => {
    const path = `/streams/${streams.lofiRadio}`
    expect(await codeOf('DELETE', path)).toBe('STREAM_LIVE')
    expect(await codeOf('PATCH', path, { quality: 'q_720p' })).toBe('IMMUTABLE_WHILE_LIVE')
    expect(await codeOf('PATCH', path, { clearFramerate: true })).toBe('IMMUTABLE_WHILE_LIVE')
    expect(await codeOf('PATCH', path, { clearDestination: true })).toBe('STREAM_LIVE')
    expect(await codeOf('PATCH', path, { scheduleStartAt: '2027-01-01T00:00:00Z' })).toBe(
      'STREAM_LIVE',
    )
    expect(
      await api.json('PATCH', path, { body: { name: 'Still on air', addPlaylistIDs: [] } }),
    ).toMatchObject({
      name: 'Still on air',
      state: 'active',
    })
  })

  test('a field together with the switch that empties it is refused', async () => {
    const body = { name: 'x', clearName: true }
    expect(await codeOf('PATCH', `/streams/${streams.studyBeats}`, body)).toBe('INVALID_INPUT')
  })

  test('commands need a state that allows them', async () => {
    const illegal = 'STREAM_ILLEGAL_TRANSITION'
    expect(await codeOf('POST', `/streams/${streams.lofiRadio}/start`)).toBe(illegal)
    expect(await codeOf('POST', `/streams/${streams.studyBeats}/stop`)).toBe(illegal)
    expect(await codeOf('DELETE', `/streams/${streams.studyBeats}/schedule`)).toBe(illegal)
    const window = { scheduleStartAt: '2027-01-01T00:00:00Z' }
    expect(await codeOf('POST', `/streams/${streams.nightDrive}/schedule`, window)).toBe(illegal)
  })

  test.each([
    [{ scheduleStartAt: '2026-08-03T10:20:30Z' }, 'future'],
    [{ scheduleStartAt: '2026-09-01T00:00:00' }, 'UTC offset'],
    [
      { scheduleStartAt: '2026-09-01T00:00:00Z', scheduleEndAt: '2026-08-31T00:00:00Z' },
      'after scheduleStartAt',
    ],
  ])('a window like %j is refused', async (body, words) => {
    const problem = await api.problem('POST', `/streams/${streams.studyBeats}/schedule`, { body })
    expect(problem.code).toBe('INVALID_INPUT')
    expect(problem.detail).toContain(words)
  })

  test('what is in use cannot be deleted', async () => {
    expect(await codeOf('DELETE', `/uploads/${uploads.lofiLoop}`)).toBe('IN_USE')
    expect(await codeOf('DELETE', `/destinations/${destinations.twitchMain}`)).toBe('IN_USE')
  })

  test('a destination must be RTMP, new, and able to take the quality', async () => {
    const twitch = { name: 'T', rtmpUrl: 'rtmp://live.twitch.tv/app', rtmpKey: 'k1' }
    expect(await codeOf('POST', '/destinations', { ...twitch, rtmpUrl: 'http://x' })).toBe(
      'INVALID_INPUT',
    )
    expect(await codeOf('POST', '/destinations', { ...twitch, rtmpUrl: 'rtmp://a:b@c/d' })).toBe(
      'INVALID_INPUT',
    )
    await api.json('POST', '/destinations', { body: twitch })
    expect(await codeOf('POST', '/destinations', twitch)).toBe('DESTINATION_DUPLICATE')
    const problem = await api.problem('POST', '/streams', {
      body: { destinationID: destinations.twitchMain, quality: 'q_2160p' },
    })
    expect(problem).toMatchObject({
      code: 'DESTINATION_INCOMPATIBLE',
      reason: 'QUALITY_TOO_HIGH',
    })
  })

  test('uploads keep to their steps', async () => {
    const body = { name: 'a.exe', mimeType: 'application/x-msdownload', type: 'video' }
    expect(await codeOf('POST', '/uploads', body)).toBe('UNSUPPORTED_TYPE')
    expect(await codeOf('POST', `/uploads/${uploads.newVisual}/complete`)).toBe('UPLOAD_INCOMPLETE')
    expect(await codeOf('POST', `/uploads/${uploads.lofiLoop}/complete`)).toBe(
      'UPLOAD_ALREADY_COMPLETED',
    )
    expect(await codeOf('POST', `/uploads/${uploads.lofiLoop}/upload-url`)).toBe(
      'UPLOAD_ALREADY_COMPLETED',
    )
  })

  test('an upload of the other kind, or none at all, is refused for a stream', async () => {
    expect(await codeOf('POST', '/streams', { videoUploadObjectID: uploads.lofiMix })).toBe(
      'INVALID_INPUT',
    )
    expect(await codeOf('POST', '/streams', { videoUploadObjectID: 'obj_nothing' })).toBe(
      'NOT_FOUND',
    )
    expect(await codeOf('POST', '/streams', { destinationID: 'dest_nothing' })).toBe('NOT_FOUND')
  })

  test('top-ups run from 5 to 10,000 US dollars', async () => {
    for (const amountCents of [499, 1_000_001, 0, -5]) {
      expect(await codeOf('POST', '/billing/top-up/card-link', { amountCents })).toBe(
        'INVALID_INPUT',
      )
    }
  })

  test('an unknown currency is not found', async () => {
    expect(await codeOf('GET', '/crypto/deposit-address?currency=DOGE')).toBe('NOT_FOUND')
  })
})
