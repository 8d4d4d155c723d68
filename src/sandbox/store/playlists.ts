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
  return db
    .selectFrom('playlist')
    .selectAll()
    .where('streamId', '=', streamId)
    .orderBy('kind', 'desc')
    .execute()
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
  return db
    .selectFrom('playlistItem')
    .selectAll()
    .where('playlistId', '=', playlistId)
    .orderBy('position')
    .execute()
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
  return db
    .selectFrom('snapshotItem')
    .selectAll()
    .where('playlistId', '=', playlistId)
    .where('stage', '=', stage)
    .orderBy('position')
    .execute()
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
