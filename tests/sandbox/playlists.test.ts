import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { comparePlaylist } from '../../src/sandbox/domain/playlist-diff.ts'
import { items, playlists, streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { type Json, startApi, type TestApi } from './harness.ts'

const draftOf = (text: string) =>
  [...text].map((objectID, position) => ({ id: `d${position}`, objectID, position }))
const liveOf = (text: string) =>
  [...text].map((objectId, position) => ({ itemId: `l${position}`, objectId, position }))

/** The diff as a line: `+x@2` added, `-x@0` removed, `x:0>2` moved, `=x@1` unchanged. */
function line(live: string | undefined, draft: string): string {
  const diff = comparePlaylist(live === undefined ? undefined : liveOf(live), draftOf(draft))
  return [
    ...diff.added.map(({ objectID, position }) => `+${objectID}@${position}`),
    ...diff.moved.map((m) => `${m.item.objectID}:${m.fromPosition}>${m.toPosition}`),
    ...diff.removed.map(({ objectId, position }) => `-${objectId}@${position}`),
    ...diff.unchanged.map(({ objectID, position }) => `=${objectID}@${position}`),
  ].join(' ')
}

describe('the difference between air and draft', () => {
  test.each([
    ['nothing on air yet: all unchanged', undefined, 'ab', '=a@0 =b@1'],
    ['on air with nothing', '', 'a', '+a@0'],
    ['the same', 'ab', 'ab', '=a@0 =b@1'],
    ['one more', 'ab', 'abc', '+c@2 =a@0 =b@1'],
    ['one less', 'abc', 'ab', '-c@2 =a@0 =b@1'],
    ['two changed places', 'ab', 'ba', 'b:1>0 a:0>1'],
    ['one moved, one stayed', 'abc', 'cba', 'c:2>0 a:0>2 =b@1'],
    ['a repeated upload is matched where it stands', 'aba', 'aca', '+c@1 -b@1 =a@0 =a@2'],
    ['a repeat that is new is added', 'ab', 'aba', '+a@2 =a@0 =b@1'],
    [
      'of repeats that moved, the first goes with the first',
      'aabb',
      'bbaa',
      'b:2>0 b:3>1 a:0>2 a:1>3',
    ],
    ['everything gone', 'ab', '', '-a@0 -b@1'],
  ])('%s', (_, live, draft, expected) => {
    expect(line(live, draft)).toBe(expected)
  })
})

describe('operations', () => {
  let api: TestApi
  const id = playlists.studyBeats[0]
  const path = `/playlists/${id}`

  beforeEach(async () => {
    api = await startApi()
  })
  afterEach(() => api.close())

  const apply = (operations: unknown[], basedOnVersion?: number) =>
    api.json('POST', `${path}/operations`, { body: { operations, basedOnVersion } })
  const refused = (operations: unknown[], basedOnVersion?: number) =>
    api.problem('POST', `${path}/operations`, { body: { operations, basedOnVersion } })
  const add = (position: string, objectIds: string[], index?: number) => ({
    addObjects: { objectIds, position, index },
  })
  const order = ({ items }: Json) => items.map(({ objectID }: Json) => objectID)
  const { lofiLoop, rainWindow } = uploads

  test('add at the start, at the end and at a place', async () => {
    await apply([add('END', [rainWindow])])
    await apply([add('START', [rainWindow, rainWindow])])
    const playlist = await apply([add('INDEX', [lofiLoop], 1)])
    expect(order(playlist)).toEqual([rainWindow, lofiLoop, rainWindow, lofiLoop, rainWindow])
    expect(playlist.items.map(({ position }: Json) => position)).toEqual([0, 1, 2, 3, 4])
    expect(playlist.version).toBe(5)
  })

  test('run in order, each on the outcome of the one before', async () => {
    const playlist = await apply([
      add('END', [rainWindow]),
      { reorderItems: { moves: [{ itemId: items.study, position: 'END' }] } },
      { updateSettings: { mode: 'shuffle' } },
    ])
    expect(order(playlist)).toEqual([rainWindow, lofiLoop])
    expect(playlist).toMatchObject({ version: 3, mode: 'shuffle' })
    const emptied = await apply([
      { removeItems: { itemIds: playlist.items.map(({ id }: Json) => id) } },
    ])
    expect(emptied.items).toEqual([])
  })

  test('moves see the ones before them', async () => {
    await apply([{ removeItems: { itemIds: [items.study] } }])
    const { items: three } = await apply([add('END', [lofiLoop, rainWindow, lofiLoop])])
    const [a, b, c] = three.map(({ id }: Json) => id)
    const { items: moved } = await apply([
      {
        reorderItems: {
          moves: [
            { itemId: a, position: 'INDEX', index: 2 },
            { itemId: c, position: 'START' },
          ],
        },
      },
    ])
    expect(moved.map(({ id }: Json) => id)).toEqual([c, b, a])
  })

  test('count all or none', async () => {
    const before = await api.json('GET', path)
    const problem = await refused([
      add('END', [rainWindow]),
      { removeItems: { itemIds: ['plitm_gone'] } },
    ])
    expect(problem).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '#/operations/1/removeItems/itemIds/0' }],
    })
    expect(await api.json('GET', path)).toEqual(before)
  })

  test.each([
    ['an upload that is not there', [add('END', ['obj_gone'])], 'addObjects/objectIds/0'],
    ['an upload of the other kind', [add('END', [uploads.lofiMix])], 'addObjects/objectIds/0'],
    ['a place beyond the end', [add('INDEX', [lofiLoop], 2)], 'addObjects/index'],
    ['no place', [add('INDEX', [lofiLoop])], 'addObjects/index'],
    [
      'an item named twice',
      [{ removeItems: { itemIds: [items.study, items.study] } }],
      'removeItems/itemIds/1',
    ],
  ])('refuse %s', async (_, operations, pointer) => {
    expect((await refused(operations)).errors[0].pointer).toBe(`#/operations/0/${pointer}`)
  })

  test('on another version than the one seen are a conflict', async () => {
    const problem = await refused([add('END', [rainWindow])], 1)
    expect(problem).toMatchObject({ status: 409, code: 'CONFLICT', currentVersion: 2 })
  })

  test('hold a thousand items and no more', async () => {
    const many = Array.from({ length: 999 }, () => lofiLoop)
    const playlist = await apply([add('END', many)])
    expect(playlist.items).toHaveLength(1000)
    expect((await refused([add('END', [lofiLoop])])).detail).toContain('1000')
  })
})

describe('publishing', () => {
  let api: TestApi
  const path = `/playlists/${playlists.lofiRadio[0]}`
  const publish = (expectedDraftVersion: number, at = path) => ({
    method: 'POST' as const,
    path: `${at}/publish`,
    body: { expectedDraftVersion },
  })

  beforeEach(async () => {
    api = await startApi()
  })
  afterEach(() => api.close())

  test('prepares first and is on air a few seconds later', async () => {
    const request = publish(4)
    await api.json(request.method, request.path, request)
    api.clock.advance(2)
    expect(await api.json('GET', path)).toMatchObject({
      publishStatus: 'PREPARING',
      liveVersion: 3,
    })
    api.clock.advance(2)
    const playlist = await api.json('GET', path)
    expect(playlist).toMatchObject({
      publishStatus: 'IDLE',
      liveVersion: 4,
      hasUnpublishedChanges: false,
    })
    expect(playlist.liveItems).toHaveLength(3)
    expect(playlist.diff.added).toEqual([])
  })

  test('puts on air what was published, not what was edited since', async () => {
    const request = publish(4)
    await api.json(request.method, request.path, request)
    const removal = { operations: [{ removeItems: { itemIds: [items.lofiFirst] } }] }
    await api.json('POST', `${path}/operations`, { body: removal })
    api.clock.advance(5)
    const playlist = await api.json('GET', path)
    expect(playlist).toMatchObject({ version: 5, liveVersion: 4, publishStatus: 'PENDING' })
    expect(playlist.liveItems).toHaveLength(3)
    expect(playlist.items).toHaveLength(2)
  })

  test('of another version than the one seen is stale', async () => {
    const request = publish(3)
    expect(await api.problem(request.method, request.path, request)).toMatchObject({
      code: 'STALE_DRAFT',
      currentVersion: 4,
    })
  })

  test('needs a live stream', async () => {
    const request = publish(2, `/playlists/${playlists.studyBeats[0]}`)
    expect(await api.problem(request.method, request.path, request)).toMatchObject({
      status: 409,
      code: 'NOT_LIVE',
    })
  })

  test('of an empty draft, or of an upload without bytes, is refused', async () => {
    const edit = (operations: unknown[]) =>
      api.json('POST', `${path}/operations`, { body: { operations } })
    const { items: draft } = await edit([
      { addObjects: { objectIds: [uploads.newVisual], position: 'END' } },
    ])
    const broken = publish(5)
    expect(await api.problem(broken.method, broken.path, broken)).toMatchObject({
      status: 422,
      code: 'BROKEN_ITEM',
    })
    await edit([{ removeItems: { itemIds: draft.map(({ id }: Json) => id) } }])
    const empty = publish(6)
    expect(await api.problem(empty.method, empty.path, empty)).toMatchObject({
      status: 422,
      code: 'EMPTY_PLAYLIST',
    })
  })

  test('is given up when the stream stops meanwhile', async () => {
    const request = publish(4)
    await api.json(request.method, request.path, request)
    await api.json('POST', `/streams/${streams.lofiRadio}/stop`)
    api.clock.advance(10)
    expect(await api.json('GET', path)).toMatchObject({ publishStatus: 'NOT_LIVE', liveItems: [] })
  })

  test('keeps an upload from being deleted while it is on air only', async () => {
    const draft = (await api.json('GET', path)).items
    const removal = { operations: [{ removeItems: { itemIds: draft.map(({ id }: Json) => id) } }] }
    await api.json('POST', `${path}/operations`, { body: removal })
    expect((await api.problem('DELETE', `/uploads/${uploads.rainWindow}`)).code).toBe('IN_USE')
  })
})

describe('playlists of streams', () => {
  let api: TestApi
  beforeEach(async () => {
    api = await startApi()
  })
  afterEach(() => api.close())

  test('can be filled from other ones, one of each kind', async () => {
    const body = { playlistIDs: [playlists.lofiRadio[0], playlists.lofiRadio[1]] }
    const stream = await api.json('POST', '/streams', { body })
    const video = await api.json('GET', `/playlists/${stream.playlistIDs[0]}`)
    expect(video).toMatchObject({ copiedFrom: playlists.lofiRadio[0], streamID: stream.id })
    expect(video.items).toHaveLength(3)
    const twice = { playlistIDs: [playlists.lofiRadio[0], playlists.nightDrive[0]] }
    expect((await api.problem('POST', '/streams', { body: twice })).errors[0].pointer).toBe(
      '#/playlistIDs/1',
    )
  })

  test('are emptied by removing them, and follow the single video', async () => {
    const path = `/streams/${streams.studyBeats}`
    const [video] = playlists.studyBeats
    const objects = async () =>
      (await api.json('GET', `/playlists/${video}`)).items.map(({ objectID }: Json) => objectID)
    await api.json('PATCH', path, { body: { removePlaylistIDs: [video] } })
    expect(await objects()).toEqual([])
    await api.json('PATCH', path, { body: { videoUploadObjectID: uploads.rainWindow } })
    expect(await objects()).toEqual([uploads.rainWindow])
    const cleared = await api.json('PATCH', path, { body: { clearVideoUploadObject: true } })
    expect(cleared.videoUploadObjectID).toBeNull()
    expect(await objects()).toEqual([])
  })

  test('a copy needs an empty target of the same kind', async () => {
    const copy = (target: string) =>
      api.problem('POST', `/playlists/${playlists.lofiRadio[0]}/copy`, {
        body: { targetPlaylistId: target },
      })
    expect((await copy(playlists.untitled[1])).errors[0].pointer).toBe('#/targetPlaylistId')
    expect((await copy(playlists.studyBeats[0])).detail).toContain('already has items')
  })
})
