import { findByIds } from './by-id.ts'
import type { Db } from './database.ts'
import { contains, cutPage, isAfter, newestFirst, type Page, type PageRequest } from './paging.ts'
import type { BroadcastRow, StreamRow, StreamState } from './tables.ts'

export async function insertStream(db: Db, row: StreamRow): Promise<void> {
  await db.insertInto('stream').values(row).execute()
}

export async function findStream(
  db: Db,
  customerId: string,
  id: string,
): Promise<StreamRow | undefined> {
  return db
    .selectFrom('stream')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** @returns Those of the ids that are streams of the account. */
export async function findStreams(
  db: Db,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, StreamRow>> {
  const rows = await findByIds(ids, (some) =>
    db
      .selectFrom('stream')
      .selectAll()
      .where('customerId', '=', customerId)
      .where('id', 'in', some)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function listStreams(
  db: Db,
  customerId: string,
  page: PageRequest,
  filter: { state?: StreamState; name?: string } = {},
): Promise<Page<StreamRow>> {
  let query = db.selectFrom('stream').selectAll().where('customerId', '=', customerId)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.name) query = query.where(contains('name', filter.name))
  if (page.after) query = query.where(isAfter(page.after))
  const rows = await query
    .orderBy(newestFirst)
    .limit(page.limit + 1)
    .execute()
  return cutPage(rows, page.limit)
}

/** Streams that change by themselves, or cost something while time passes; in order of their ids. */
export async function listMovingStreams(db: Db, customerId: string): Promise<StreamRow[]> {
  const own = db.selectFrom('stream').selectAll().where('customerId', '=', customerId)
  // Two questions, and not `is not null`: an index answers each, however many streams there are.
  const due = await own.where('dueAt', '>', 0).execute()
  const onAir = await own.where('state', '=', 'active').where('dueAt', 'is', null).execute()
  return [...due, ...onAir].sort((a, b) => (a.id < b.id ? -1 : 1))
}

export async function updateStream(db: Db, id: string, changes: Partial<StreamRow>): Promise<void> {
  await db.updateTable('stream').set(changes).where('id', '=', id).execute()
}

/** Takes the stream's playlists with it; what it cost stays on record. */
export async function deleteStream(db: Db, id: string): Promise<void> {
  await db.deleteFrom('stream').where('id', '=', id).execute()
}

export async function insertBroadcast(db: Db, row: BroadcastRow): Promise<void> {
  await db.insertInto('broadcast').values(row).execute()
}

export async function listOpenBroadcasts(db: Db, customerId: string): Promise<BroadcastRow[]> {
  return db
    .selectFrom('broadcast')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('endedAt', 'is', null)
    .orderBy('startedAt')
    .execute()
}

/** Broadcasts that were on air at some time of the period. */
export async function listBroadcastsBetween(
  db: Db,
  customerId: string,
  from: number,
  to: number,
): Promise<BroadcastRow[]> {
  return db
    .selectFrom('broadcast')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('startedAt', '<', to)
    .where((where) => where.or([where('endedAt', 'is', null), where('endedAt', '>', from)]))
    .orderBy('startedAt')
    .execute()
}

export async function updateBroadcast(
  db: Db,
  id: string,
  changes: Partial<BroadcastRow>,
): Promise<void> {
  await db.updateTable('broadcast').set(changes).where('id', '=', id).execute()
}
