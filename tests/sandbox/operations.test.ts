import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { destinations, invoices, playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { describedOperations } from './contract.ts'
import { demo, startApi, type TestApi } from './harness.ts'

let api: TestApi
const tried = new Set<string>()

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

/** A test of one operation; together they must be all of the document's. */
function operation(id: string, name: string, run: () => Promise<void>): void {
  tried.add(id)
  test(`${id} ${name}`, run)
}

describe('on the demo data', () => {
  operation('getStatus', 'says that the API is up, without a credential', async () => {
    expect(await api.json('GET', '/status', { as: null })).toEqual({
      status: 'ok',
      startedAt: expect.any(String),
      version: '1.0.0',
      time: '2026-08-03T10:20:30.400Z',
    })
  })

  operation('getOpenApiDocument', 'answers the description itself', async () => {
    const { openapi, paths } = await api.json('GET', '/openapi.json', { as: null })
    expect(openapi).toMatch(/^3\.1\./)
    expect(Object.keys(paths)).toContain('/streams/{id}/start')
  })

  operation('getMe', 'answers who calls', async () => {
    expect(await api.json('GET', '/me')).toMatchObject({
      id: demo,
      firstName: 'Demo',
      lastName: 'User',
      role: 'user',
      locale: 'en-US',
      defaultStreamDuration: 0,
    })
  })

  operation('listStreams', 'answers the newest first', async () => {
    const { data, page } = await api.json('GET', '/streams')
    expect(data).toHaveLength(8)
    expect(data[0].id).toBe(streams.untitled)
    expect(page).toEqual({ hasMore: false, nextCursor: null })
  })

  operation('createStream', 'makes a draft with two playlists, one filled', async () => {
    const response = await api.call('POST', '/streams', {
      body: { name: 'Morning focus', videoUploadObjectID: uploads.lofiLoop },
    })
    const stream = (await response.json()) as { id: string; state: string; playlistIDs: string[] }
    expect(response.headers.get('location')).toBe(`/v1/streams/${stream.id}`)
    expect(stream.state).toBe('draft')
    const [video, audio] = await Promise.all(
      stream.playlistIDs.map((id) => api.json('GET', `/playlists/${id}`)),
    )
    expect([video.kind, audio.kind]).toEqual(['video', 'audio'])
    expect(video.items.map(({ objectID }: { objectID: string }) => objectID)).toEqual([
      uploads.lofiLoop,
    ])
    expect(audio.items).toEqual([])
  })

  operation('getStream', 'answers a stream on air', async () => {
    expect(await api.json('GET', `/streams/${streams.lofiRadio}`)).toMatchObject({
      name: 'Lofi radio',
      state: 'active',
      playlistIDs: playlists.lofiRadio,
    })
  })

  operation('updateStream', 'changes what is sent and nothing else', async () => {
    const before = await api.json('GET', `/streams/${streams.studyBeats}`)
    const after = await api.json('PATCH', `/streams/${streams.studyBeats}`, {
      body: { name: 'Deep study', quality: 'q_720p' },
    })
    expect(after).toEqual({
      ...before,
      name: 'Deep study',
      quality: 'q_720p',
      updatedAt: '2026-08-03T10:20:30.400Z',
    })
  })

  operation('deleteStream', 'takes its playlists with it and leaves its uploads', async () => {
    const response = await api.call('DELETE', `/streams/${streams.oldIntroLoop}`)
    expect(response.status).toBe(204)
    await api.problem('GET', `/streams/${streams.oldIntroLoop}`)
    await api.problem('GET', `/playlists/${playlists.oldIntroLoop[0]}`)
    await api.json('GET', `/uploads/${uploads.lofiLoop}`)
  })

  operation('startStream', 'sends a ready stream on its way', async () => {
    const { state } = await api.json('POST', `/streams/${streams.eveningRain}/start`)
    expect(state).toBe('preparing')
  })

  operation('stopStream', 'takes a stream off air', async () => {
    const { state } = await api.json('POST', `/streams/${streams.launchCountdown}/stop`)
    expect(state).toBe('stopping')
  })

  operation('scheduleStream', 'arms a window', async () => {
    const stream = await api.json('POST', `/streams/${streams.studyBeats}/schedule`, {
      body: { scheduleStartAt: '2026-08-04T20:00:00+02:00' },
    })
    expect(stream).toMatchObject({
      state: 'scheduled',
      scheduleStartAt: '2026-08-04T18:00:00.000Z',
      scheduleEndAt: null,
    })
  })

  operation('cancelStreamSchedule', 'disarms it', async () => {
    const stream = await api.json('DELETE', `/streams/${streams.nightDrive}/schedule`)
    expect(stream).toMatchObject({ state: 'draft', scheduleStartAt: null })
  })

  operation('checkStreamReadiness', 'says what is missing', async () => {
    const ready = await api.json('GET', `/streams/${streams.eveningRain}/readiness`)
    expect(ready).toEqual({ ready: true, issues: [] })
    const { issues } = await api.json('GET', `/streams/${streams.untitled}/readiness`)
    expect(issues.map(({ code }: { code: string }) => code)).toEqual(['NO_DESTINATION', 'NO_MEDIA'])
  })

  operation('getStreamLiveStats', 'has numbers for YouTube alone', async () => {
    const youtube = await api.json('GET', `/streams/${streams.lofiRadio}/live-stats`)
    expect(youtube.youtubeLiveStats).toMatchObject({
      status: 'live',
      fetchedAt: '2026-08-03T10:20:00.000Z',
    })
    const rtmp = await api.json('GET', `/streams/${streams.launchCountdown}/live-stats`)
    expect(rtmp.youtubeLiveStats).toBeNull()
  })

  operation('listUploads', 'can be narrowed to a type', async () => {
    const { data } = await api.json('GET', '/uploads?type=image')
    expect(data.map(({ id }: { id: string }) => id)).toEqual([uploads.cover])
  })

  operation('createUpload', 'registers a file without bytes', async () => {
    const upload = await api.json('POST', '/uploads', {
      body: { name: 'city.mp4', mimeType: 'video/mp4', type: 'video', fileSize: 48_211_968 },
    })
    expect(upload).toMatchObject({ uploaded: false, fileSize: 48_211_968, externalSource: null })
  })

  operation('importUploadFromLink', 'begins an import', async () => {
    const response = await api.call('POST', '/uploads/from-link', {
      body: { type: 'VIDEO', url: 'https://example.com/my-video.mp4' },
    })
    expect(response.status).toBe(202)
    expect(await response.json()).toMatchObject({
      name: 'my-video.mp4',
      uploaded: false,
      externalSource: { state: { status: 'PENDING' } },
    })
  })

  operation('getUpload', 'answers the media facts', async () => {
    expect(await api.json('GET', `/uploads/${uploads.lofiLoop}`)).toMatchObject({
      duration: 180,
      width: 1920,
      fps: 30,
      hasAudio: true,
    })
  })

  operation('deleteUpload', 'deletes what nothing plays', async () => {
    expect((await api.call('DELETE', `/uploads/${uploads.cover}`)).status).toBe(204)
    await api.problem('GET', `/uploads/${uploads.cover}`)
  })

  operation('generateUploadUrl', 'answers an address that expires', async () => {
    expect(await api.json('POST', `/uploads/${uploads.newVisual}/upload-url`)).toMatchObject({
      method: 'PUT',
      headers: { 'Content-Type': 'video/mp4' },
      expiresAt: '2026-08-03T21:20:30.400Z',
    })
  })

  operation('completeUpload', 'makes the upload playable', async () => {
    const upload = await api.json('POST', `/uploads/${uploads.cityLights}/complete`)
    expect(upload).toMatchObject({ uploaded: true, duration: null })
    api.clock.advance(3)
    const later = await api.json('GET', `/uploads/${uploads.cityLights}`)
    expect(later.duration).toBe(96)
  })

  operation('listPlaylists', 'answers those of one stream, without items', async () => {
    const { data } = await api.json('GET', `/playlists?streamId=${streams.eveningRain}`)
    expect(data.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['audio', 'video'])
    expect(data[0]).not.toHaveProperty('items')
  })

  operation('getPlaylist', 'shows draft, air and the difference', async () => {
    const playlist = await api.json('GET', `/playlists/${playlists.lofiRadio[0]}`)
    expect(playlist).toMatchObject({
      version: 4,
      liveVersion: 3,
      hasUnpublishedChanges: true,
      publishStatus: 'PENDING',
    })
    expect(playlist.diff.added).toHaveLength(1)
    expect(playlist.diff.unchanged).toHaveLength(2)
  })

  operation('applyPlaylistOperations', 'edits the draft', async () => {
    const playlist = await api.json('POST', `/playlists/${playlists.studyBeats[0]}/operations`, {
      body: {
        basedOnVersion: 2,
        operations: [{ addObjects: { objectIds: [uploads.rainWindow], position: 'END' } }],
      },
    })
    expect(playlist.version).toBe(3)
    expect(playlist.items).toHaveLength(2)
  })

  operation('copyPlaylist', 'fills an empty playlist', async () => {
    const target = await api.json('POST', `/playlists/${playlists.lofiRadio[0]}/copy`, {
      body: { targetPlaylistId: playlists.untitled[0] },
    })
    expect(target).toMatchObject({ copiedFrom: playlists.lofiRadio[0], version: 1 })
    expect(target.items).toHaveLength(3)
  })

  operation('publishPlaylist', 'begins to put the draft on air', async () => {
    const playlist = await api.json('POST', `/playlists/${playlists.lofiRadio[0]}/publish`, {
      body: { expectedDraftVersion: 4 },
    })
    expect(playlist).toMatchObject({ publishStatus: 'PREPARING', liveVersion: 3 })
  })

  operation('listDestinations', 'never shows a key', async () => {
    const { data } = await api.json('GET', '/destinations?kind=custom_rtmp')
    expect(data).toHaveLength(2)
    expect(data[1].rtmpUrlMasked).toBe('rtmp://live.twitch.tv/app/••••••••')
  })

  operation('createRtmpDestination', 'adds one and hides its key', async () => {
    const response = await api.call('POST', '/destinations', {
      body: { name: 'Backup', rtmpUrl: 'rtmp://a.rtmp.youtube.com/live2', rtmpKey: 'top-secret' },
    })
    const text = await response.text()
    expect(response.status).toBe(201)
    expect(text).not.toContain('top-secret')
  })

  operation('deleteDestination', 'deletes one that no stream uses', async () => {
    expect((await api.call('DELETE', `/destinations/${destinations.oldKick}`)).status).toBe(204)
  })

  operation('getBillingOverview', 'answers the balance', async () => {
    const { billing } = await api.json('GET', '/billing/overview')
    expect(billing.balance).toBeGreaterThan(300_000_000)
    expect(billing.goodStanding).toBe(true)
  })

  operation('getUsage', 'adds up', async () => {
    for (const period of ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']) {
      const usage = await api.json('GET', `/billing/usage?period=${period}`)
      const sum = (rows: { minutes: number; credits: number }[]) => [
        rows.reduce((total, { minutes }) => total + minutes, 0),
        rows.reduce((total, { credits }) => total + credits, 0),
      ]
      expect(sum(usage.buckets)).toEqual([usage.totalMinutes, usage.totalCredits])
      expect(sum(usage.byQuality)).toEqual([usage.totalMinutes, usage.totalCredits])
    }
    const { buckets } = await api.json('GET', '/billing/usage?period=DAY')
    expect(buckets).toHaveLength(24)
    expect(buckets.at(-1).date).toBe('2026-08-03T10:00:00.000Z')
  })

  operation('listInvoices', 'answers the newest first', async () => {
    const { data } = await api.json('GET', '/billing/invoices')
    expect(data.map(({ id }: { id: string }) => id)).toEqual([...invoices].reverse())
  })

  operation('createCardTopUpLink', 'leads to a page of the sandbox', async () => {
    const link = await api.json('POST', '/billing/top-up/card-link', {
      body: { amountCents: 2500 },
    })
    expect(link.credits).toBe(25_000_000)
    expect(link.checkoutUrl).toMatch(/^http:\/\/localhost:4323\/checkout\/cs_sandbox_/)
  })

  operation('listCryptoCurrencies', 'is a plain array', async () => {
    const currencies = await api.json('GET', '/crypto/currencies')
    expect(currencies.map(({ id }: { id: string }) => id)).toContain('USDT (TRC20)')
  })

  operation('getCryptoDepositAddress', 'is no address, and always the same', async () => {
    const path = `/crypto/deposit-address?currency=${encodeURIComponent('USDT (TRC20)')}`
    const first = await api.json('GET', path)
    expect(first.address).toMatch(/^sandbox-not-an-address-/)
    expect(await api.json('GET', path)).toEqual(first)
  })
})

afterAll(async () => {
  expect([...tried].sort()).toEqual([...(await describedOperations()).keys()].sort())
  expect(tried.size).toBe(35)
})
