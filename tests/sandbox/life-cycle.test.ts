import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { playlists, streams } from '../../src/sandbox/seed/ids.ts'
import { findCustomer, updateCustomer } from '../../src/sandbox/store/customers.ts'
import { listBroadcastsBetween } from '../../src/sandbox/store/streams.ts'
import { demo, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

const stateOf = async (id: string) => (await api.json('GET', `/streams/${id}`)).state
const balance = async () => (await api.json('GET', '/billing/overview')).billing.balance
const setCredits = (credits: number) =>
  api.store.transaction((db) => updateCustomer(db, demo, { credits }))
const broadcastsOf = async (id: string) =>
  (
    await api.store.read((db) => listBroadcastsBetween(db, demo, 0, Number.MAX_SAFE_INTEGER))
  ).filter(({ streamId }) => streamId === id)

describe('a stream that is started', () => {
  const { eveningRain } = streams

  test('is on air within ten seconds and stops within three', async () => {
    await api.json('POST', `/streams/${eveningRain}/start`)
    const seen = []
    for (let second = 0; second <= 10; second += 1) {
      seen.push(await stateOf(eveningRain))
      api.clock.advance(1)
    }
    expect([...new Set(seen)]).toEqual(['preparing', 'activating', 'active'])
    await api.json('POST', `/streams/${eveningRain}/stop`)
    expect(await stateOf(eveningRain)).toBe('stopping')
    api.clock.advance(3)
    expect(await stateOf(eveningRain)).toBe('stopped')
  })

  test('goes through the same states when nobody looks meanwhile', async () => {
    await api.json('POST', `/streams/${eveningRain}/start`)
    const start = api.clock.now()
    api.clock.advance(3600)
    expect(await stateOf(eveningRain)).toBe('active')
    const [broadcast] = await broadcastsOf(eveningRain)
    expect(broadcast?.startedAt).toBe(start + 7000)
  })

  test('plays what its drafts held at the start', async () => {
    await api.json('POST', `/streams/${eveningRain}/start`)
    const [video] = playlists.eveningRain
    const playlist = await api.json('GET', `/playlists/${video}`)
    expect(playlist).toMatchObject({ version: 1, liveVersion: 1, publishStatus: 'IDLE' })
    expect(playlist.liveItems).toHaveLength(1)
    await api.json('POST', `/streams/${eveningRain}/stop`)
    expect(await api.json('GET', `/playlists/${video}`)).toMatchObject({
      liveVersion: 0,
      liveItems: [],
      publishStatus: 'NOT_LIVE',
    })
  })

  test('that is not ready becomes invalid, and can be started again once it is', async () => {
    const path = `/streams/${streams.untitled}`
    expect((await api.json('POST', `${path}/start`)).state).toBe('invalid')
    expect(await broadcastsOf(streams.untitled)).toEqual([])
    await api.json('POST', `/playlists/${playlists.lofiRadio[0]}/copy`, {
      body: { targetPlaylistId: playlists.untitled[0] },
    })
    const { destinationID } = await api.json('GET', `/streams/${eveningRain}`)
    await api.json('PATCH', path, { body: { destinationID } })
    expect((await api.json('POST', `${path}/start`)).state).toBe('preparing')
  })

  test('stops by itself when its run length is spent', async () => {
    await api.json('PATCH', `/streams/${eveningRain}`, { body: { streamDuration: 60 } })
    await api.json('POST', `/streams/${eveningRain}/start`)
    api.clock.advance(7 + 59)
    expect(await stateOf(eveningRain)).toBe('active')
    api.clock.advance(4)
    expect(await stateOf(eveningRain)).toBe('stopped')
    const [broadcast] = await broadcastsOf(eveningRain)
    expect((broadcast?.endedAt ?? 0) - (broadcast?.startedAt ?? 0)).toBe(60_000)
  })

  test('can be given another run length while it is on air', async () => {
    await api.json('POST', `/streams/${eveningRain}/start`)
    api.clock.advance(107)
    await api.json('PATCH', `/streams/${eveningRain}`, { body: { streamDuration: 150 } })
    api.clock.advance(49)
    expect(await stateOf(eveningRain)).toBe('active')
    api.clock.advance(1)
    expect(await stateOf(eveningRain)).toBe('stopping')
  })
})

describe('a window', () => {
  const path = `/streams/${streams.studyBeats}`
  const arm = (start: string, end?: string) =>
    api.json('POST', `${path}/schedule`, { body: { scheduleStartAt: start, scheduleEndAt: end } })

  test('starts the stream at its start and stops it at its end', async () => {
    await arm('2026-08-03T11:00:00Z', '2026-08-03T12:00:00Z')
    api.clock.advance(39 * 60)
    expect(await stateOf(streams.studyBeats)).toBe('scheduled')
    api.clock.advance(60)
    expect(await stateOf(streams.studyBeats)).toBe('active')
    api.clock.advance(3600)
    const stream = await api.json('GET', path)
    expect(stream).toMatchObject({ state: 'stopped', scheduleStartAt: null, scheduleEndAt: null })
  })

  test('that passed while the sandbox was off has happened, and was charged', async () => {
    const before = (await broadcastsOf(streams.studyBeats)).length
    await arm('2026-08-03T11:00:00Z', '2026-08-03T12:00:00Z')
    api.clock.advance(30 * 24 * 3600)
    expect(await stateOf(streams.studyBeats)).toBe('stopped')
    const broadcasts = await broadcastsOf(streams.studyBeats)
    expect(broadcasts).toHaveLength(before + 1)
    expect(broadcasts.at(-1)).toMatchObject({
      startedAt: Date.parse('2026-08-03T11:00:07Z'),
      endedAt: Date.parse('2026-08-03T12:00:00Z'),
      credits: Math.floor(((3600 - 7) * 231) / 60),
    })
  })

  test('that opens on a stream that is not ready leaves it invalid', async () => {
    await api.json('POST', `/streams/${streams.untitled}/schedule`, {
      body: { scheduleStartAt: '2026-08-03T11:00:00Z' },
    })
    api.clock.advance(3600)
    expect(await stateOf(streams.untitled)).toBe('invalid')
  })

  test('does not hold back a start', async () => {
    await arm('2026-08-04T11:00:00Z')
    expect((await api.json('POST', `${path}/start`)).state).toBe('preparing')
  })

  test('given with a new stream arms it', async () => {
    const stream = await api.json('POST', '/streams', {
      body: { scheduleStartAt: '2026-08-04T11:00:00Z' },
    })
    expect(stream.state).toBe('scheduled')
  })
})

describe('credits', () => {
  test('burn by the rate card, to the credit, however often someone looks', async () => {
    const before = await balance()
    for (let i = 0; i < 7; i += 1) {
      api.clock.advance(11.3)
      await balance()
    }
    api.clock.advance(3600 - 7 * 11.3)
    // 1080p at 30 and at 60 frames per second: 231 and 347 a minute.
    expect(before - (await balance())).toBeCloseTo((231 + 347) * 60, -1)
  })

  test('that run out take every stream off air at that moment', async () => {
    await setCredits(578 * 10)
    api.clock.advance(24 * 3600)
    expect(await stateOf(streams.lofiRadio)).toBe('stopped')
    expect(await stateOf(streams.launchCountdown)).toBe('stopped')
    const [lofi] = await broadcastsOf(streams.lofiRadio)
    const spentAfter = (lofi?.endedAt ?? 0) - Date.parse('2026-08-03T10:20:30.400Z')
    expect(Math.abs(spentAfter - 600_000)).toBeLessThan(1000)
    expect(await balance()).toBeLessThan(5)
    expect((await api.json('GET', '/streams')).data).toHaveLength(8)
  })

  test('below a minute refuse a start', async () => {
    await setCredits(230)
    await api.json('POST', `/streams/${streams.lofiRadio}/stop`)
    await api.json('POST', `/streams/${streams.launchCountdown}/stop`)
    const problem = await api.problem('POST', `/streams/${streams.eveningRain}/start`)
    expect(problem).toMatchObject({ status: 402, code: 'INSUFFICIENT_CREDITS' })
  })

  test('are looked at once more on the way to the air', async () => {
    await api.json('POST', `/streams/${streams.eveningRain}/start`)
    await api.json('POST', `/streams/${streams.lofiRadio}/stop`)
    await api.json('POST', `/streams/${streams.launchCountdown}/stop`)
    await setCredits(0)
    api.clock.advance(8)
    expect(await stateOf(streams.eveningRain)).toBe('stopping')
  })

  test('arrive when the pretended payment is made, once', async () => {
    const before = await balance()
    const { checkoutUrl, credits } = await api.json('POST', '/billing/top-up/card-link', {
      body: { amountCents: 1000 },
    })
    const path = new URL(checkoutUrl).pathname
    const page = await api.request(path)
    expect(await page.text()).toContain('Pretend to pay $10.00')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const foreign = { method: 'POST', headers: { origin: 'http://evil.example' } }
    expect((await api.request(path, foreign)).status).toBe(404)
    for (let i = 0; i < 2; i += 1) await api.request(path, { method: 'POST' })
    expect((await balance()) - before).toBe(credits)
    const { data } = await api.json('GET', '/billing/invoices')
    expect(data[0]).toMatchObject({ amountCents: 1000, status: 'paid', number: 'SL-2026-0004' })
  })
})

test('a clock that goes backwards charges nothing twice', async () => {
  const before = await balance()
  api.clock.advance(60)
  await balance()
  api.clock.advance(-50)
  await balance()
  api.clock.advance(50)
  expect(before - (await balance())).toBe(578)
  const customer = await api.store.read((db) => findCustomer(db, demo))
  expect(customer?.credits).toBe(await balance())
})

test('numbers of a live stream stay the same for ten minutes', async () => {
  const stats = async () =>
    (await api.json('GET', `/streams/${streams.lofiRadio}/live-stats`)).youtubeLiveStats
  const first = await stats()
  api.clock.advance(500)
  expect(await stats()).toEqual(first)
  api.clock.advance(100)
  expect((await stats()).fetchedAt).not.toBe(first.fetchedAt)
  await api.json('POST', `/streams/${streams.lofiRadio}/stop`)
  expect(await stats()).toBeNull()
})
