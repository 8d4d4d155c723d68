import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nearestName } from '../../src/sandbox/mcp/nearest.ts'
import { RateLimit } from '../../src/sandbox/rest/rate-limit.ts'
import { playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { docs, type Json, other, startApi, type TestApi } from './harness.ts'
import { address, startMcp, type TestMcp, toolsByScope } from './mcp-harness.ts'

let api: TestApi
let mcp: TestMcp

beforeAll(async () => {
  api = await startApi()
  mcp = await startMcp(api)
})
afterAll(() => api.close())

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

async function listedTools(): Promise<Json[]> {
  return ((await (await mcp.post(list)).json()) as Json).result.tools
}

describe('the list', () => {
  test('every schema stands alone and closes the arguments', async () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    for (const { name, inputSchema, outputSchema } of await listedTools()) {
      expect(inputSchema, name).toMatchObject({ type: 'object', additionalProperties: false })
      expect(outputSchema, name).toMatchObject({ type: 'object' })
      expect(() => ajv.compile(inputSchema), name).not.toThrow()
      expect(() => ajv.compile(outputSchema), name).not.toThrow()
      expect(JSON.stringify({ inputSchema, outputSchema })).not.toContain('#/components/')
    }
  })

  test('arguments are those of REST side by side, and the agreement of a person', async () => {
    const tools = new Map((await listedTools()).map((tool) => [tool.name, tool.inputSchema]))
    const argumentsOf = (name: string) => Object.keys(tools.get(`streamloop_${name}`).properties)
    expect(argumentsOf('list_streams')).toEqual(['limit', 'cursor', 'name', 'state'])
    expect(argumentsOf('schedule_stream')).toEqual(['id', 'scheduleStartAt', 'scheduleEndAt'])
    expect(argumentsOf('top_up_using_card_link')).toEqual(['amountCents', 'confirm'])
    expect(argumentsOf('get_me')).toEqual([])
    expect(argumentsOf('create_stream')).not.toContain('streamKey')
    expect(tools.get('streamloop_delete_stream').required).toEqual(['id', 'confirm'])
  })

  test('asking takes some scope, seeing takes no certain one', async () => {
    expect((await mcp.post(list, { scopes: ['billing'] })).status).toBe(200)
    const response = await mcp.post(list, { scopes: [] })
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
  })
})

test('S3 every tool is open to exactly the tokens with its scope', async () => {
  const scopes = ['read', 'write', 'destructive', 'billing']
  const subsets = Array.from({ length: 15 }, (_, n) => scopes.filter((_, i) => (n + 1) & (1 << i)))
  for (const [needed, names] of Object.entries(toolsByScope)) {
    for (const name of names) {
      for (const subset of subsets) {
        // No tool has this argument: what passes the gate is refused behind it.
        const { structuredContent } = await mcp.call(name, { 'x y': 1 }, { scopes: subset })
        const isOpen = needed.split(' or ').some((scope) => subset.includes(scope))
        const expected = isOpen ? 'INVALID_INPUT' : 'INSUFFICIENT_SCOPE'
        expect(structuredContent.code, `${name} with [${subset}]`).toBe(expected)
      }
    }
  }
})

describe('a call', () => {
  test('with an argument that no tool has is refused with the nearest name', async () => {
    const { content, structuredContent } = await mcp.call('streamloop_get_stream', {
      stream_id: streams.lofiRadio,
    })
    expect(content[0].text).toBe(
      'Error [INVALID_INPUT]: stream_id: is no argument of this tool. Did you mean id?',
    )
    expect(structuredContent.errors[0]).toMatchObject({ parameter: 'stream_id' })
    const none = await mcp.call('streamloop_get_me', { verbose: true })
    expect(none.content[0].text).toMatch(/It takes none\.$/)
  })

  test('of a tool that is not there is an error of the protocol', async () => {
    const { error } = await mcp.call('streamloop_list_stream')
    expect(error.code).toBe(-32602)
    expect(error.message).toContain('Did you mean streamloop_list_streams?')
  })

  test.each([
    ['streamloop_delete_stream', { id: streams.oldIntroLoop }],
    ['streamloop_delete_upload', { id: uploads.cover }],
    ['streamloop_top_up_using_card_link', { amountCents: 500 }],
  ])('of %s does nothing before a person has agreed', async (name, values) => {
    for (const confirm of [undefined, false, 'true', 1]) {
      const { content } = await mcp.call(name, { ...values, confirm })
      expect(content[0].text).toMatch(/^Error \[CONFIRM_REQUIRED\]: /)
    }
    if ('id' in values) {
      const read = name.replace('delete', 'get')
      expect((await mcp.call(read, { id: values.id })).isError).toBeUndefined()
    }
  })

  test('with values that do not fit names each of them', async () => {
    for (const [name, values, detail] of [
      ['list_streams', { limit: 'many' }, /^limit: /],
      ['list_streams', { limit: 1000 }, /^limit: /],
      ['list_streams', { cursor: 'made up' }, /^cursor: /],
      ['list_streams', { name: 'a\0b' }, /NUL/],
      ['get_stream', {}, /^id: is missing/],
      ['get_stream', { id: 7 }, /^id: must be/],
      ['schedule_stream', { id: streams.studyBeats }, /^scheduleStartAt: is missing/],
      ['create_stream', { quality: 'q_1p' }, /^quality: must be one of/],
      ['get_crypto_deposit_address', {}, /^currency: is missing/],
    ] as const) {
      const { structuredContent } = await mcp.call(`streamloop_${name}`, values)
      expect(structuredContent, name).toMatchObject({
        code: 'INVALID_INPUT',
        detail: expect.stringMatching(detail),
      })
    }
  })

  test('that is refused half way leaves nothing behind', async () => {
    const before = await mcp.call('streamloop_get_playlist', { id: playlists.studyBeats[0] })
    const { structuredContent } = await mcp.call('streamloop_apply_playlist_operations', {
      id: playlists.studyBeats[0],
      operations: [
        { addObjects: { objectIds: [uploads.rainWindow], position: 'END' } },
        { removeItems: { itemIds: ['plitm_missing'] } },
      ],
    })
    expect(structuredContent.code).toBeDefined()
    const after = await mcp.call('streamloop_get_playlist', { id: playlists.studyBeats[0] })
    expect(after.structuredContent).toEqual(before.structuredContent)
  })

  test('reaches nothing of another account', async () => {
    for (const [name, id] of [
      ['get_stream', streams.lofiRadio],
      ['start_stream', streams.eveningRain],
      ['get_upload', uploads.lofiLoop],
      ['get_playlist', playlists.lofiRadio[0]],
    ] as const) {
      const { structuredContent } = await mcp.call(`streamloop_${name}`, { id }, { as: other })
      expect(structuredContent.code, name).toBe('NOT_FOUND')
    }
    const { structuredContent } = await mcp.call('streamloop_list_streams', {}, { as: other })
    expect(structuredContent.data).toEqual([])
  })

  test('with whatever values is answered, and gives nothing of the inside away', async () => {
    const nested = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)
    const strange = ['', "'; DROP TABLE streams; --", '\0', '\ud800', -1, 1e300, null, true, nested]
    for (const { name, inputSchema } of await listedTools()) {
      for (const value of strange) {
        const names = Object.keys(inputSchema.properties)
        const values = Object.fromEntries(names.map((argument) => [argument, value]))
        const result = await mcp.call(name, {
          ...values,
          ...('confirm' in values && { confirm: true }),
        })
        const text = JSON.stringify(result)
        expect(text, name).not.toMatch(/INTERNAL|SQLITE|node_modules|at \w+ \(/)
      }
    }
    expect(api.failures).toEqual([])
    expect((await mcp.call('streamloop_list_streams')).isError).toBeUndefined()
  })
})

describe('the wire', () => {
  test('S4 credentials in the wrong place, twice or made up are refused', async () => {
    const none = await mcp.post(list, { headers: { authorization: '' } })
    expect(none.status).toBe(401)
    const key = await mcp.post(list, { headers: { 'x-api-key': 'sl_whatever' } })
    expect(key.status).toBe(401)
    const made = await mcp.post(list, { headers: { authorization: 'Bearer made-up' } })
    expect(made.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(made.headers.get('www-authenticate')).toContain(
      'resource_metadata="http://localhost:4324/.well-known/oauth-protected-resource/mcp"',
    )
    const inQuery = await mcp.request(`${address}?access_token=x`, { method: 'POST' })
    expect(inQuery.status).toBe(400)
  })

  test('S31 it answers under one name alone', async () => {
    const evil = await mcp.request('http://evil.example:4324/mcp', { method: 'POST' })
    expect(evil.status).toBe(421)
    const alias = await mcp.request('http://127.0.0.1:4324/mcp', { method: 'POST' })
    expect(alias.status).toBe(308)
    expect(alias.headers.get('location')).toBe(address)
  })

  test('S12 pages of the docs may call, and pages of nobody else', async () => {
    const ours = await mcp.post(list, { headers: { origin: docs } })
    expect(ours.status).toBe(200)
    expect(ours.headers.get('access-control-allow-origin')).toBe(docs)
    expect(ours.headers.get('access-control-allow-credentials')).toBeNull()
    expect(ours.headers.get('access-control-expose-headers')).toMatch(/mcp-session-id/i)
    const refused = await mcp.post(list, { headers: { origin: docs, authorization: 'Bearer x' } })
    expect(refused.headers.get('access-control-allow-origin')).toBe(docs)
    expect(refused.headers.get('access-control-expose-headers')).toMatch(/www-authenticate/i)
    for (const origin of ['https://evil.example', 'null', `${docs}.evil.example`]) {
      const response = await mcp.post(list, { headers: { origin } })
      expect(response.status, origin).toBe(403)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
    const preflight = await mcp.request(address, {
      method: 'OPTIONS',
      headers: { origin: docs, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    for (const name of ['authorization', 'mcp-protocol-version', 'mcp-session-id']) {
      expect(preflight.headers.get('access-control-allow-headers')).toContain(name)
    }
  })

  test('what is no single message is refused before anything happens', async () => {
    for (const [body, status] of [
      ['{', 400],
      [[list, list], 400],
      [{ hello: 1 }, 400],
      [`"${'x'.repeat(1024 * 1024)}"`, 413],
    ] as const) {
      const response = await mcp.post(body)
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: expect.anything() })
    }
    const text = await mcp.post(list, { headers: { 'content-type': 'text/plain' } })
    expect(text.status).toBe(415)
    const version = await mcp.post(list, { headers: { 'mcp-protocol-version': '1999-01-01' } })
    expect(version.status).toBe(400)
  })

  test('there is no stream to listen to and no session to end', async () => {
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const response = await mcp.request(address, {
        method,
        headers: { authorization: 'Bearer user_x.read', accept: 'text/event-stream' },
      })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('POST')
    }
  })

  test('a caller has one allowance of requests', async () => {
    const few = await startMcp(api, new RateLimit(2, api.clock))
    await few.post(list)
    const last = await few.post(list)
    expect(last.headers.get('ratelimit')).toMatch(/^limit=2, remaining=0/)
    const over = await few.post(list)
    expect(over.status).toBe(429)
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await over.json()).toMatchObject({ error: { data: { code: 'RATE_LIMITED' } } })
    expect((await few.post(list, { as: other })).status).toBe(200)
  })
})

test.each([
  ['streamId', ['id', 'name', 'cursor'], 'id'],
  ['scheduledStartAt', ['id', 'scheduleStartAt', 'scheduleEndAt'], 'scheduleStartAt'],
  ['RTMP_URL', ['name', 'rtmpUrl', 'rtmpKey'], 'rtmpUrl'],
  ['elephant', ['id', 'name'], undefined],
  ['', ['id'], undefined],
])('the nearest name to %j of %j is %j', (written, names, nearest) => {
  expect(nearestName(written, names)).toBe(nearest)
})
