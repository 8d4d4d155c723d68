import { findByIds, groupRows } from './by-id.ts'
import type { Db } from './database.ts'
import { cutPage, isAfter, newestFirst, type Page, type PageRequest } from './paging.ts'
import type { PlaylistItemRow, PlaylistRow, SnapshotItemRow } from './tables.ts'

export async function insertPlaylist(db: Db, row: PlaylistRow): Promise<void> {
  await db.insertInto('playlist').values(row).execute()
}

export async function findPlaylist(
  db: Db,
  customerId: string,
  id: string,
): Promise<PlaylistRow | undefined> {
  return db
    .selectFrom('playlist')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** @returns Those of the ids that are playlists of the account. */
export async function findPlaylists(
  db: Db,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, PlaylistRow>> {
  const rows = await findByIds(ids, (some) =>
    db
      .selectFrom('playlist')
      .selectAll()
      .where('customerId', '=', customerId)
      .where('id', 'in', some)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function listPlaylists(
  db: Db,
  customerId: string,
  page: PageRequest,
  filter: { streamId?: string } = {},
): Promise<Page<PlaylistRow>> {
  let query = db.selectFrom('playlist').selectAll().where('customerId', '=', customerId)
  if (filter.streamId) query = query.where('streamId', '=', filter.streamId)
  if (page.after) query = query.where(isAfter(page.after))
  const rows = await query
    .orderBy(newestFirst)
    .limit(page.limit + 1)
    .execute()
  return cutPage(rows, page.limit)
}

/** The stream's own two, the video one first. */
export async function playlistsOfStream(db: Db, streamId: string): Promise<PlaylistRow[]> {
  return (await playlistsOfStreams(db, [streamId])).get(streamId) ?? []
}

/** The same for each of the streams. */
export async function playlistsOfStreams(
  db: Db,
  streamIds: readonly string[],
): Promise<Map<string, PlaylistRow[]>> {
  const rows = await findByIds(streamIds, (some) =>
    db
      .selectFrom('playlist')
      .selectAll()
      .where('streamId', 'in', some)
      .orderBy('kind', 'desc')
      .execute(),
  )
  return groupRows(streamIds, rows, ({ streamId }) => streamId)
}

/** When the next publish of the account comes due, or nothing where none is under way. */
export async function nextPublish(db: Db, customerId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('playlist')
    .select('publishDueAt')
    .where('customerId', '=', customerId)
    .where('publishDueAt', '>', 0)
    .orderBy('publishDueAt')
    .limit(1)
    .executeTakeFirst()
  return row?.publishDueAt ?? undefined
}

/** Playlists whose publish has come due. */
export async function listDuePublishes(
  db: Db,
  customerId: string,
  now: number,
): Promise<PlaylistRow[]> {
  return db
    .selectFrom('playlist')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('publishDueAt', '<=', now)
    .orderBy('publishDueAt')
    .execute()
}

export async function updatePlaylist(
  db: Db,
  id: string,
  changes: Partial<PlaylistRow>,
): Promise<void> {
  await db.updateTable('playlist').set(changes).where('id', '=', id).execute()
}

/** The draft, in order. */
export async function listItems(db: Db, playlistId: string): Promise<PlaylistItemRow[]> {
  return (await listItemsOf(db, [playlistId])).get(playlistId) ?? []
}

/** The drafts of several playlists, each in order. */
export async function listItemsOf(
  db: Db,
  playlistIds: readonly string[],
): Promise<Map<string, PlaylistItemRow[]>> {
  const rows = await findByIds(playlistIds, (some) =>
    db
      .selectFrom('playlistItem')
      .selectAll()
      .where('playlistId', 'in', some)
      .orderBy('position')
      .execute(),
  )
  return groupRows(playlistIds, rows, ({ playlistId }) => playlistId)
}

/** Puts these items in place of the whole draft, numbered in the order given. */
export async function replaceItems(
  db: Db,
  playlistId: string,
  items: readonly { id: string; uploadId: string }[],
): Promise<void> {
  await db.deleteFrom('playlistItem').where('playlistId', '=', playlistId).execute()
  for (const [position, { id, uploadId }] of items.entries()) {
    await db.insertInto('playlistItem').values({ id, uploadId, playlistId, position }).execute()
  }
}

export async function listSnapshot(
  db: Db,
  playlistId: string,
  stage: SnapshotItemRow['stage'],
): Promise<SnapshotItemRow[]> {
  return (await listSnapshots(db, [playlistId], stage)).get(playlistId) ?? []
}

/** What several playlists have frozen, each in order. */
export async function listSnapshots(
  db: Db,
  playlistIds: readonly string[],
  stage: SnapshotItemRow['stage'],
): Promise<Map<string, SnapshotItemRow[]>> {
  const rows = await findByIds(playlistIds, (some) =>
    db
      .selectFrom('snapshotItem')
      .selectAll()
      .where('playlistId', 'in', some)
      .where('stage', '=', stage)
      .orderBy('position')
      .execute(),
  )
  return groupRows(playlistIds, rows, ({ playlistId }) => playlistId)
}

/** Freezes the items in place of what the stage held. */
export async function replaceSnapshot(
  db: Db,
  playlistId: string,
  stage: SnapshotItemRow['stage'],
  items: readonly { itemId: string; uploadId: string }[],
): Promise<void> {
  await db
    .deleteFrom('snapshotItem')
    .where('playlistId', '=', playlistId)
    .where('stage', '=', stage)
    .execute()
  for (const [position, { itemId, uploadId }] of items.entries()) {
    await db
      .insertInto('snapshotItem')
      .values({ playlistId, stage, position, itemId, uploadId })
      .execute()
  }
}
