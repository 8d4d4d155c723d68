import { afterAll, beforeAll, expect, test } from 'vitest'
import { destinations, playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { describedOperations } from './contract.ts'
import { demo, type Json, other, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const bodies: Record<string, unknown> = {
  updateStream: { name: 'Mine now' },
  scheduleStream: { scheduleStartAt: '2027-01-01T00:00:00Z' },
  applyPlaylistOperations: { operations: [{ updateSettings: { mode: 'shuffle' } }] },
  copyPlaylist: { targetPlaylistId: playlists.untitled[0] },
  publishPlaylist: { expectedDraftVersion: 4 },
}

const idFor = (path: string) =>
  path.startsWith('/streams')
    ? streams.nightDrive
    : path.startsWith('/uploads')
      ? uploads.cover
      : path.startsWith('/destinations')
        ? destinations.oldKick
        : playlists.lofiRadio[0]

test("S29 another account's ids are 404 for every operation that takes one", async () => {
  let count = 0
  for (const { id, method, path } of (await describedOperations()).values()) {
    if (!path.includes('{id}')) continue
    count += 1
    const address = path.replace('{id}', idFor(path))
    const theirs = await api.problem(method, address, { as: other, body: bodies[id] })
    expect(theirs, id).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    const unknown = await api.problem(method, path.replace('{id}', 'unknown'), {
      as: other,
      body: bodies[id],
    })
    // Nothing tells an id that exists elsewhere from one that does not.
    const neutral = ({ detail }: Json) => detail.replace(/\S+\.$/, '')
    expect(neutral(theirs)).toBe(neutral(unknown))
  }
  expect(count).toBe(18)
})

test('S29 ids in bodies are as closed as ids in paths', async () => {
  const as = other
  const own = await api.json('POST', '/streams', { as, body: { name: 'Own' } })
  const [video] = own.playlistIDs
  const attempts: [string, string, unknown, string][] = [
    ['POST', '/streams', { destinationID: destinations.twitchMain }, 'NOT_FOUND'],
    ['POST', '/streams', { videoUploadObjectID: uploads.lofiLoop }, 'NOT_FOUND'],
    ['POST', '/streams', { playlistIDs: [playlists.lofiRadio[0]] }, 'NOT_FOUND'],
    ['PATCH', `/streams/${own.id}`, { addPlaylistIDs: [playlists.lofiRadio[0]] }, 'NOT_FOUND'],
    ['PATCH', `/streams/${own.id}`, { removePlaylistIDs: [playlists.lofiRadio[0]] }, 'NOT_FOUND'],
    ['POST', `/playlists/${video}/copy`, { targetPlaylistId: playlists.untitled[0] }, 'NOT_FOUND'],
    [
      'POST',
      `/playlists/${video}/operations`,
      { operations: [{ addObjects: { objectIds: [uploads.lofiLoop], position: 'END' } }] },
      'INVALID_INPUT',
    ],
  ]
  for (const [method, path, body, code] of attempts) {
    expect(await api.problem(method, path, { as, body }), path).toMatchObject({ code })
  }
})

test('S29 lists hold nothing of other accounts', async () => {
  for (const path of ['/uploads', '/destinations', '/billing/invoices']) {
    const { data } = await api.json('GET', path, { as: other })
    expect(data).toEqual([])
  }
  const { data } = await api.json('GET', '/streams', { as: other })
  expect(data.map(({ name }: Json) => name)).toEqual(['Own'])
  const filtered = await api.json('GET', `/playlists?streamId=${streams.lofiRadio}`, { as: other })
  expect(filtered.data).toEqual([])
})

test('S29 fields that name an owner or an id are refused', async () => {
  for (const field of ['id', 'userId', 'customerId', 'createdAt', 'state']) {
    const { errors } = await api.problem('POST', '/streams', { body: { [field]: demo } })
    expect(errors[0].pointer).toBe(`#/${field}`)
  }
})

test('a new account begins with credits and nothing else', async () => {
  const as = 'user_01KXTHIRD000000000000000000'
  expect(await api.json('GET', '/me', { as })).toMatchObject({ id: as, firstName: 'Second' })
  const { billing } = await api.json('GET', '/billing/overview', { as })
  expect(billing.balance).toBe(5_000_000)
})
