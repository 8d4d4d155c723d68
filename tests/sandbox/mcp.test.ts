import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { items, playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import type { Ports } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'
import { Browser, Client, callback } from './auth/harness.ts'
import type { Json } from './harness.ts'
import { type Connected, connect, toolNames, toolsByScope } from './mcp-harness.ts'

let directory: string
let ports: Ports
let sandbox: RunningSandbox
let full: Connected

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'streamloop-mcp-'))
  ports = await freePorts()
  sandbox = await startSandbox({ directory, ports, docsOrigins: ['http://localhost:4321'] })
  full = await connect(sandbox)
})
afterAll(async () => {
  await full.client.close()
  await sandbox.close()
  await rm(directory, { recursive: true, force: true })
})

/** One call by a connected client, which holds results against the tool's schema itself. */
async function call(name: string, values: Record<string, unknown> = {}, by = full): Promise<Json> {
  return by.client.callTool({ name: `streamloop_${name}`, arguments: values })
}

/** A token for one resource, by an application that is no MCP client. */
async function tokenFor(resource: string, exchangeFor = resource) {
  const client = await Client.register(sandbox.issuer)
  const options = { scope: 'openid streamloop:read', resource }
  const { url, verifier, state } = await client.begin(options)
  const target = await client.walk(new Browser(sandbox.issuer), url, options)
  return oauth.authorizationCodeGrantRequest(
    client.server,
    client.client,
    oauth.None(),
    oauth.validateAuthResponse(client.server, client.client, target, state),
    callback,
    verifier,
    { [oauth.allowInsecureRequests]: true, additionalParameters: { resource: exchangeFor } },
  )
}

function post(token: string | undefined, headers: Record<string, string> = {}) {
  return fetch(sandbox.mcp, {
    method: 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })
}

describe('the way in', () => {
  test('a bare 401 leads to metadata that agree with the address', async () => {
    const response = await post(undefined)
    expect(response.status).toBe(401)
    const challenge = response.headers.get('www-authenticate') ?? ''
    expect(challenge).not.toContain('error=')
    const [, metadata = ''] = /resource_metadata="([^"]+)"/.exec(challenge) ?? []
    const document = (await (await fetch(metadata)).json()) as Json
    expect(document).toMatchObject({
      resource: sandbox.mcp,
      authorization_servers: [sandbox.issuer],
    })
    const { origin } = new URL(sandbox.mcp)
    const atRoot = await fetch(`${origin}/.well-known/oauth-protected-resource`)
    expect(await atRoot.json()).toEqual(document)
  })

  test('oauth4webapi agrees with the metadata', async () => {
    const url = new URL(sandbox.mcp)
    const response = await oauth.resourceDiscoveryRequest(url, {
      [oauth.allowInsecureRequests]: true,
    })
    const { scopes_supported: scopes } = await oauth.processResourceDiscoveryResponse(url, response)
    expect(scopes).toHaveLength(4)
  })

  test('a client registers itself and asks for this resource with PKCE', () => {
    const asked = full.kept.authorizationUrl?.searchParams
    expect(asked?.get('resource')).toBe(sandbox.mcp)
    expect(asked?.get('code_challenge_method')).toBe('S256')
    expect(asked?.get('client_id')).toBe(full.kept.client?.client_id)
    expect(asked?.get('scope')).toContain('streamloop:read streamloop:write')
  })

  test('a token for the API opens nothing here, and the other way round', async () => {
    const [forApi, forMcp] = await Promise.all(
      [sandbox.api, sandbox.mcp].map(async (resource) => {
        const response = await tokenFor(resource)
        return ((await response.json()) as Json).access_token as string
      }),
    )
    const me = (token = '') =>
      fetch(`${sandbox.api}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
    expect((await me(forApi)).status).toBe(200)
    expect((await post(forMcp)).status).toBe(200)
    for (const response of [await me(forMcp), await post(forApi)]) {
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
    }
  })

  test('a code that was agreed to for one resource gives no token for the other', async () => {
    for (const [resource, other] of [
      [sandbox.api, sandbox.mcp],
      [sandbox.mcp, sandbox.api],
    ] as const) {
      const response = await tokenFor(resource, other)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'invalid_target' })
    }
  })

  test('an API key does not open it, and is told so', async () => {
    const [, key = ''] = /API_KEY=(.+)/.exec(await readFile(sandbox.demo.keyFile, 'utf8')) ?? []
    for (const response of [await post(undefined, { 'x-api-key': key }), await post(key)]) {
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('resource_metadata=')
      expect(((await response.json()) as Json).error.message).toMatch(/API keys do not work/)
    }
  })

  test('a token without any of the scopes is sent back for one', async () => {
    const client = await Client.register(sandbox.issuer)
    const options = { scope: 'openid', resource: sandbox.mcp }
    const { url, verifier, state } = await client.begin(options)
    const target = await client.walk(new Browser(sandbox.issuer), url, options)
    const granted = await oauth.authorizationCodeGrantRequest(
      client.server,
      client.client,
      oauth.None(),
      oauth.validateAuthResponse(client.server, client.client, target, state),
      callback,
      verifier,
      { [oauth.allowInsecureRequests]: true, additionalParameters: { resource: sandbox.mcp } },
    )
    const response = await post(((await granted.json()) as Json).access_token)
    expect(response.status).toBe(403)
    const challenge = response.headers.get('www-authenticate')
    expect(challenge).toContain('error="insufficient_scope"')
    expect(challenge).toContain('scope="streamloop:read"')
  })
})

describe('tools', () => {
  test('are 31, with annotations that say what each may do', async () => {
    const { tools } = await full.client.listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual([...toolNames].sort())
    expect(tools).toHaveLength(31)
    const having = (hint: 'readOnlyHint' | 'destructiveHint' | 'openWorldHint') =>
      tools.filter(({ annotations }) => annotations?.[hint]).map(({ name }) => name)
    expect(having('destructiveHint').sort()).toEqual([
      'streamloop_delete_stream',
      'streamloop_delete_upload',
      'streamloop_top_up_using_card_link',
    ])
    expect(having('readOnlyHint').sort()).toEqual(
      [
        ...toolsByScope.read,
        ...toolsByScope.billing.filter((name) => !name.includes('top_up')),
        ...toolsByScope['read or billing'],
      ].sort(),
    )
    expect(having('openWorldHint').sort()).toEqual([
      'streamloop_create_upload_from_link',
      'streamloop_start_stream',
    ])
  })

  test('each does its work, and its result fits its schema', async () => {
    await full.client.listTools()
    const video = playlists.studyBeats[0]
    const inAWeek = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString()
    const done: Record<string, Json> = {}
    const calls: [name: string, values: Record<string, unknown>][] = [
      ['get_me', {}],
      ['list_streams', { limit: 3 }],
      ['get_stream', { id: streams.lofiRadio }],
      ['create_stream', { name: 'From a tool', quality: 'q_720p' }],
      ['update_stream', { id: streams.studyBeats, name: 'Renamed' }],
      ['check_stream_readiness', { id: streams.untitled }],
      ['start_stream', { id: streams.eveningRain }],
      ['stop_stream', { id: streams.launchCountdown }],
      ['schedule_stream', { id: streams.studyBeats, scheduleStartAt: inAWeek }],
      ['cancel_stream_schedule', { id: streams.nightDrive }],
      ['get_stream_live_stats', { id: streams.lofiRadio }],
      ['list_uploads', { type: 'video' }],
      ['get_upload', { id: uploads.lofiLoop }],
      ['create_upload_from_link', { type: 'VIDEO', url: 'https://example.com/a.mp4' }],
      ['complete_upload', { id: uploads.cityLights }],
      ['list_playlists', { streamId: streams.lofiRadio }],
      ['get_playlist', { id: playlists.lofiRadio[0] }],
      [
        'apply_playlist_operations',
        { id: video, operations: [{ removeItems: { itemIds: [items.study] } }] },
      ],
      ['copy_playlist', { id: playlists.lofiRadio[0], targetPlaylistId: playlists.untitled[0] }],
      ['publish_playlist', { id: playlists.lofiRadio[0], expectedDraftVersion: 4 }],
      ['list_destinations', { status: 'active' }],
      [
        'create_rtmp_destination',
        { name: 'New', rtmpUrl: 'rtmp://live.twitch.tv/app', rtmpKey: 'a-b-c' },
      ],
      ['get_billing_overview', {}],
      ['get_usage', { period: 'MONTH' }],
      ['list_invoices', {}],
      ['top_up_using_card_link', { amountCents: 500, confirm: true }],
      ['list_crypto_currencies', {}],
      ['get_crypto_deposit_address', { currency: 'BTC' }],
      ['delete_stream', { id: streams.oldIntroLoop, confirm: true }],
      ['delete_upload', { id: uploads.cover, confirm: true }],
      [
        'create_upload_from_file_upload',
        { name: 'clip.mp4', mimeType: 'video/mp4', type: 'video' },
      ],
    ]
    for (const [name, values] of calls) {
      const result = await call(name, values)
      expect(result.isError, `${name}: ${JSON.stringify(result)}`).toBeUndefined()
      expect(JSON.parse(result.content[0].text)).toEqual(result.structuredContent)
      done[name] = result.structuredContent
    }
    expect(Object.keys(done)).toHaveLength(31)
    expect(done.get_me.data.email).toBe(sandbox.demo.email)
    expect(done.list_streams.data).toHaveLength(3)
    expect(done.list_crypto_currencies.data[0]).toHaveProperty('symbol')
    expect(done.get_billing_overview.data.billing.creditsLeft).toBeGreaterThan(0)
    expect(done.delete_stream).toEqual({ deleted: true })
    expect((await call('get_stream', { id: streams.oldIntroLoop })).structuredContent.code).toBe(
      'NOT_FOUND',
    )
  })

  test('creating an upload answers where its bytes go, and they can be completed', async () => {
    const { structuredContent: upload } = await call('create_upload_from_file_upload', {
      name: 'cover.png',
      mimeType: 'image/png',
      type: 'image',
    })
    expect(upload.id).toMatch(/^obj_/)
    const put = await fetch(upload.uploadUrl, {
      method: upload.method,
      headers: upload.headers,
      body: 'bytes',
    })
    expect(put.status).toBe(200)
    const { structuredContent: complete } = await call('complete_upload', { id: upload.id })
    expect(complete).toMatchObject({ id: upload.id, uploaded: true })
  })

  test('what fails says why, to programs and to people', async () => {
    const result = await call('start_stream', { id: streams.lofiRadio })
    expect(result).toMatchObject({
      isError: true,
      content: [
        { type: 'text', text: expect.stringMatching(/^Error \[STREAM_ILLEGAL_TRANSITION\]: /) },
      ],
      structuredContent: { code: 'STREAM_ILLEGAL_TRANSITION' },
    })
    expect(result.content[0].text).toBe(
      `Error [STREAM_ILLEGAL_TRANSITION]: ${result.structuredContent.detail}`,
    )
    const stale = await call('publish_playlist', {
      id: playlists.lofiRadio[0],
      expectedDraftVersion: 1,
    })
    expect(stale.structuredContent).toMatchObject({
      code: 'STALE_DRAFT',
      currentVersion: expect.any(Number),
    })
  })

  test('are called only as far as the reader agreed', async () => {
    const reading = await connect(sandbox, ['read'])
    const { tools } = await reading.client.listTools()
    expect(tools).toHaveLength(31)
    expect((await call('get_me', {}, reading)).isError).toBeUndefined()
    const refused = await call('delete_upload', { id: uploads.lofiMix, confirm: true }, reading)
    expect(refused.isError).toBe(true)
    expect(refused.content[0].text).toMatch(/^Error \[INSUFFICIENT_SCOPE\]: .*destructive/)
    expect((await call('get_upload', { id: uploads.lofiMix })).isError).toBeUndefined()
    await reading.client.close()
  })
})

test('a taken port is named with its variable', async () => {
  const taken = await freePorts()
  const server = createServer()
  await new Promise<void>((done) => server.listen(taken.mcp, '127.0.0.1', () => done()))
  const other = await mkdtemp(join(tmpdir(), 'streamloop-mcp-'))
  try {
    const starting = startSandbox({ directory: other, ports: taken, docsOrigins: [] })
    await expect(starting).rejects.toMatchObject({
      code: 'port_in_use',
      port: taken.mcp,
      variable: 'MCP_PORT',
    })
  } finally {
    await new Promise((done) => server.close(done))
    await rm(other, { recursive: true, force: true })
  }
})
