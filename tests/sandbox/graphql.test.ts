import { readFile } from 'node:fs/promises'
import { buildSchema } from 'graphql'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { destinations, playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { ask, data, refusal } from './graphql-harness.ts'
import { demo, type Json, other, startApi, type TestApi } from './harness.ts'

let api: TestApi
const asked = new Set<string>()

beforeEach(async () => {
  await api?.close()
  api = await startApi()
})
afterAll(() => api.close())

const fieldsOf = { Query: new Set<string>(), Mutation: new Set<string>() }
beforeAll(async () => {
  const schema = buildSchema(await readFile('openapi/schema.graphql', 'utf8'))
  for (const name of ['Query', 'Mutation'] as const) {
    const type = name === 'Query' ? schema.getQueryType() : schema.getMutationType()
    for (const field of Object.keys(type?.getFields() ?? {})) fieldsOf[name].add(field)
  }
})

/** Asks for one field and keeps account of it. */
async function field(name: string, rest: string, variables?: Json): Promise<Json> {
  asked.add(name)
  const kind = fieldsOf.Mutation.has(name) ? 'mutation' : 'query'
  const declared = variables
    ? `(${Object.entries(variables as Record<string, { type: string }>)
        .map(([variable, { type }]) => `$${variable}: ${type}`)
        .join(', ')})`
    : ''
  const values = Object.fromEntries(
    Object.entries((variables ?? {}) as Record<string, { value: unknown }>).map(
      ([variable, { value }]) => [variable, value],
    ),
  )
  const answer = await data(api, `${kind}${declared} { ${name}${rest} }`, { variables: values })
  return answer[name]
}

const input = (type: string, value: unknown) => ({ input: { type: `${type}!`, value } })

test('the caller and their balance', async () => {
  const me = await field('me', '{ id email role locale defaultStreamDuration billing { balance } }')
  const rest = await api.json('GET', '/me')
  expect(me).toEqual({
    id: demo,
    email: rest.email,
    role: 'user',
    locale: 'en-US',
    defaultStreamDuration: 0,
    billing: { balance: (await api.json('GET', '/billing/overview')).billing.balance },
  })
  const billing = await field('billing', '{ id balance creditsLeft goodStanding }')
  // Past what a 32-bit integer holds.
  await api.store.transaction((db) =>
    db.updateTable('customer').set({ credits: 9_000_000_000 }).where('id', '=', demo).execute(),
  )
  expect(billing.balance).toBe(me.billing.balance)
  expect((await field('billing', '{ balance }')).balance).toBeGreaterThan(8_999_000_000)
})

test('one stream with everything that hangs on it, as the REST API has it', async () => {
  const stream = await field(
    'stream',
    `(id: "${streams.lofiRadio}") {
      id createdAt updatedAt name quality framerate state destinationID playlistIDs streamDuration
      runBackupStream scheduleStartAt scheduleEndAt youtubeSettingsID videoUploadObjectID
      audioUploadObjectID videoUploadObject { id } audioUploadObject { id }
      destination { id kind status rtmpURL rtmpUrlMasked }
      readiness { ready issues { code message field } }
      youtubeLiveStats { status concurrentViewers totalViews likeCount watchUrl fetchedAt mirrorLastError }
      playlists { id kind version liveVersion publishStatus hasUnpublishedChanges
        items { id position objectID object { id name duration mimeType } }
        liveItems { itemId objectId position }
        diff { added { id objectID position } moved { fromPosition toPosition item { id } }
          removed { itemId objectId } unchanged { id } }
        stream { id } }
    }`,
  )
  const rest = await api.json('GET', `/streams/${streams.lofiRadio}`)
  expect(stream).toMatchObject(rest)
  expect(stream.readiness).toEqual({ ready: true, issues: [] })
  const stats = await api.json('GET', `/streams/${streams.lofiRadio}/live-stats`)
  expect(stream.youtubeLiveStats).toEqual(stats.youtubeLiveStats)
  const playlist = await api.json('GET', `/playlists/${playlists.lofiRadio[0]}`)
  expect(stream.playlists[0]).toMatchObject({
    version: playlist.version,
    publishStatus: playlist.publishStatus,
    liveItems: playlist.liveItems,
    items: playlist.items,
  })
  expect(stream.playlists[0].stream.id).toBe(streams.lofiRadio)
})

test('one of each thing by its id, and any of them as a node', async () => {
  const things = [
    [
      'upload',
      'S3Object',
      uploads.lofiLoop,
      'name uploaded fileSize duration externalSource { url }',
    ],
    ['playlist', 'Playlist', playlists.lofiRadio[0], 'kind mode'],
    ['destination', 'Destination', destinations.twitchMain, 'name kind status'],
    ['stream', 'Stream', streams.jazzCafe, 'name state'],
  ] as const
  for (const [name, type, id, more] of things) {
    const one = await field(name, `(id: "${id}") { __typename id ${more} }`)
    expect(one).toMatchObject({ __typename: type, id })
    expect(
      await field('node', `(id: "${id}") { id ... on ${type} { __typename ${more} } }`),
    ).toEqual(one)
  }
})

test('the lists, usage, invoices and coins', async () => {
  for (const [name, count] of [
    ['streams', 8],
    ['uploads', 6],
    ['playlists', 16],
    ['destinations', 4],
    ['invoices', 3],
  ] as const) {
    const page = await field(name, '{ totalCount pageInfo { hasNextPage } edges { node { id } } }')
    expect(page).toMatchObject({ totalCount: count, pageInfo: { hasNextPage: false } })
    const path = name === 'invoices' ? '/billing/invoices' : `/${name}`
    const rest = await api.json('GET', `${path}?limit=100`)
    expect(page.edges.map(({ node }: Json) => node.id)).toEqual(rest.data.map(({ id }: Json) => id))
  }
  const { edges } = await field(
    'invoices',
    '{ edges { node { number provider status currency } } }',
  )
  expect(edges[0].node).toMatchObject({ status: 'paid', currency: 'usd' })
  const usage = await field(
    'usageAnalytics',
    `(period: WEEK) { totalMinutes totalCredits sessionCount buckets { date minutes credits sessions }
      byQuality { quality minutes credits } }`,
  )
  expect(usage).toEqual(await api.json('GET', '/billing/usage?period=WEEK'))
  const coins = await field('cryptoCurrencies', '{ id symbol transferKind rateUSD chainId }')
  expect(coins).toContainEqual(expect.objectContaining({ id: 'BTC', transferKind: 'NON_EVM' }))
  const address = await field(
    'cryptoDepositAddress',
    '(currency: "TON") { id address network tag }',
  )
  expect(address).toEqual(await api.json('GET', '/crypto/deposit-address?currency=TON'))
})

test('a stream from its making to its end', async () => {
  const made = await field('createStream', '(input: $input) { id name state playlists { kind } }', {
    ...input('CreateStreamInput', {
      name: 'From GraphQL',
      destinationID: destinations.twitchMain,
      videoUploadObjectID: uploads.lofiLoop,
      // Clients send null for what they leave open.
      playlistIDs: null,
      quality: null,
    }),
  })
  expect(made).toMatchObject({ name: 'From GraphQL', state: 'draft' })
  expect(made.playlists).toEqual([{ kind: 'video' }, { kind: 'audio' }])
  const id = { id: { type: 'ID!', value: made.id } }
  const renamed = await field('updateStream', '(id: $id, input: $input) { name }', {
    ...id,
    ...input('UpdateStreamInput', { clearName: true }),
  })
  expect(renamed.name).toBeNull()
  const window = { type: 'Time!', value: '2027-01-01T10:00:00+02:00' }
  const armed = await field(
    'scheduleStream',
    '(id: $id, scheduleStartAt: $at) { state scheduleStartAt scheduleEndAt }',
    { ...id, at: window },
  )
  expect(armed).toEqual({
    state: 'scheduled',
    scheduleStartAt: '2027-01-01T08:00:00.000Z',
    scheduleEndAt: null,
  })
  expect((await field('cancelStreamSchedule', '(id: $id) { state }', id)).state).toBe('draft')
  expect((await field('startStream', '(id: $id) { state }', id)).state).toBe('preparing')
  api.clock.advance(10)
  const live = await refusal(api, `mutation { deleteStream(id: "${made.id}") }`)
  expect(live).toMatchObject({ code: 'STREAM_LIVE', path: ['deleteStream'] })
  expect((await field('stopStream', '(id: $id) { state }', id)).state).toBe('stopping')
  api.clock.advance(10)
  expect(await field('deleteStream', '(id: $id)', id)).toBe(made.id)
  await api.problem('GET', `/streams/${made.id}`)
})

test('an upload from its announcement to its end, and one from a link', async () => {
  const made = await field('createUpload', '(input: $input) { id uploaded type fileSize }', {
    ...input('CreateS3ObjectInput', {
      name: 'clip.mp4',
      mimeType: 'video/mp4',
      type: 'video',
      fileSize: 5_000_000_000,
    }),
  })
  expect(made).toMatchObject({ uploaded: false, type: 'video', fileSize: 5_000_000_000 })
  const id = { id: { type: 'ID!', value: made.id } }
  const address = await field(
    'generateUploadUrl',
    '(id: $id) { uploadUrl method headers { name value } expiresAt }',
    id,
  )
  expect(address).toMatchObject({
    method: 'PUT',
    headers: [{ name: 'Content-Type', value: 'video/mp4' }],
  })
  const put = await api.request(
    new URL(address.uploadUrl).pathname + new URL(address.uploadUrl).search,
    {
      method: 'PUT',
      headers: { 'content-type': 'video/mp4' },
      body: 'bytes',
    },
  )
  expect(put.status).toBe(200)
  expect((await field('completeUpload', '(id: $id) { uploaded }', id)).uploaded).toBe(true)
  expect(await field('deleteUpload', '(id: $id)', id)).toBe(made.id)
  const linked = await field(
    'createUploadFromLink',
    '(input: $input) { name externalSource { url state { status error } } }',
    input('CreateUploadFromLinkInput', { type: 'VIDEO', url: 'https://example.com/a.mp4' }),
  )
  expect(linked.externalSource.state).toEqual({ status: 'PENDING', error: null })
})

test('playlists are edited, copied and published', async () => {
  const id = playlists.lofiRadio[0]
  const { version } = await api.json('GET', `/playlists/${id}`)
  const edited = await field(
    'applyPlaylistOperations',
    '(input: $input) { version mode items { objectID } }',
    {
      ...input('ApplyPlaylistOperationsInput', {
        playlistId: id,
        basedOnVersion: version,
        operations: [
          { addObjects: { objectIds: [uploads.rainWindow], position: 'INDEX', index: 0 } },
          { updateSettings: { mode: 'shuffle' } },
        ],
      }),
    },
  )
  expect(edited).toMatchObject({ version: version + 1, mode: 'shuffle' })
  expect(edited.items[0].objectID).toBe(uploads.rainWindow)
  const stale = await refusal(
    api,
    `mutation { publishPlaylist(input: { playlistId: "${id}", expectedDraftVersion: ${version} }) { id } }`,
  )
  expect(stale).toMatchObject({ code: 'STALE_DRAFT', currentVersion: version + 1 })
  const published = await field(
    'publishPlaylist',
    '(input: $input) { publishStatus }',
    input('PublishPlaylistInput', { playlistId: id, expectedDraftVersion: version + 1 }),
  )
  expect(published.publishStatus).toBe('PREPARING')
  const copied = await field(
    'copyPlaylist',
    '(input: $input) { id copiedFrom }',
    input('CopyPlaylistInput', { sourcePlaylistId: id, targetPlaylistId: playlists.untitled[0] }),
  )
  expect(copied).toEqual({ id: playlists.untitled[0], copiedFrom: id })
})

test('destinations and credits', async () => {
  const made = await field(
    'createRtmpDestination',
    '(input: $input) { id rtmpURL rtmpUrlMasked }',
    input('CreateRtmpDestinationInput', {
      name: 'Mine',
      rtmpUrl: 'rtmp://live.example.com/app',
      rtmpKey: 'secret-key',
    }),
  )
  expect(JSON.stringify(made)).not.toContain('secret-key')
  expect(await field('deleteDestination', `(id: "${made.id}")`)).toBe(made.id)
  const link = await field(
    'createCardTopUpLink',
    '(amountCents: 500) { checkoutUrl sessionId credits }',
  )
  expect(link.credits).toBe(5_000_000)
})

test('every query and every mutation was asked above', () => {
  expect([...asked].sort()).toEqual([...fieldsOf.Query, ...fieldsOf.Mutation].sort())
})

test('a refused field takes back itself alone, and later fields see what earlier ones did', async () => {
  const { data: done, errors } = await ask(
    api,
    `mutation {
      first: createStream(input: { name: "Kept" }) { id name }
      broken: createStream(input: { name: "Not kept", videoUploadObjectID: "${uploads.lofiLoop}", playlistIDs: ["nothing"] }) { id }
      rename: updateStream(id: "${streams.untitled}", input: { name: "Once" }) { name }
      again: updateStream(id: "${streams.untitled}", input: { name: "Twice" }) { name playlists { stream { name } } }
    }`,
  )
  expect(errors).toMatchObject([{ path: ['broken'], extensions: { code: 'NOT_FOUND' } }])
  expect(done).toMatchObject({
    first: { name: 'Kept' },
    broken: null,
    rename: { name: 'Once' },
    again: { name: 'Twice', playlists: [{ stream: { name: 'Twice' } }, {}] },
  })
  const names = (await api.json('GET', '/streams')).data.map(({ name }: Json) => name)
  expect(names).toContain('Kept')
  expect(names).not.toContain('Not kept')
})

test("another account's ids are nothing, wherever they are given", async () => {
  const as = other
  for (const [name, id] of [
    ['stream', streams.lofiRadio],
    ['upload', uploads.lofiLoop],
    ['playlist', playlists.lofiRadio[0]],
    ['destination', destinations.twitchMain],
  ] as const) {
    expect(await refusal(api, `{ ${name}(id: "${id}") { id } }`, { as })).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await data(api, `{ node(id: "${id}") { id } }`, { as })).toEqual({ node: null })
    const page = await data(
      api,
      `{ ${name}s(where: { id: "${id}" }) { totalCount edges { cursor } } }`,
      { as },
    )
    expect(page[`${name}s`]).toEqual({ totalCount: 0, edges: [] })
  }
  for (const [change, selection] of [
    [`updateStream(id: "${streams.untitled}", input: { name: "Mine" })`, '{ id }'],
    [`deleteStream(id: "${streams.oldIntroLoop}")`, ''],
    [`startStream(id: "${streams.eveningRain}")`, '{ id }'],
    [`stopStream(id: "${streams.lofiRadio}")`, '{ id }'],
    [
      `scheduleStream(id: "${streams.untitled}", scheduleStartAt: "2027-01-01T00:00:00Z")`,
      '{ id }',
    ],
    [`cancelStreamSchedule(id: "${streams.nightDrive}")`, '{ id }'],
    [`generateUploadUrl(id: "${uploads.newVisual}")`, '{ uploadUrl }'],
    [`completeUpload(id: "${uploads.cityLights}")`, '{ id }'],
    [`deleteUpload(id: "${uploads.cover}")`, ''],
    [`deleteDestination(id: "${destinations.oldKick}")`, ''],
    [`createStream(input: { destinationID: "${destinations.twitchMain}" })`, '{ id }'],
    [
      `publishPlaylist(input: { playlistId: "${playlists.lofiRadio[0]}", expectedDraftVersion: 4 })`,
      '{ id }',
    ],
    [
      `applyPlaylistOperations(input: { playlistId: "${playlists.untitled[0]}", operations: [{ updateSettings: { mode: shuffle } }] })`,
      '{ id }',
    ],
    [
      `copyPlaylist(input: { sourcePlaylistId: "${playlists.lofiRadio[0]}", targetPlaylistId: "${playlists.untitled[0]}" })`,
      '{ id }',
    ],
  ]) {
    expect(await refusal(api, `mutation { ${change} ${selection} }`, { as }), change).toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    )
  }
})
