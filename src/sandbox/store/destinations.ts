import { findByIds } from './by-id.ts'
import type { Db } from './database.ts'
import { cutPage, isAfter, newestFirst, type Page, type PageRequest } from './paging.ts'
import type { DestinationRow } from './tables.ts'

export async function insertDestination(db: Db, row: DestinationRow): Promise<void> {
  await db.insertInto('destination').values(row).execute()
}

export async function findDestination(
  db: Db,
  customerId: string,
  id: string,
): Promise<DestinationRow | undefined> {
  return db
    .selectFrom('destination')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** @returns Those of the ids that are destinations of the account. */
export async function findDestinations(
  db: Db,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, DestinationRow>> {
  const rows = await findByIds(ids, (some) =>
    db
      .selectFrom('destination')
      .selectAll()
      .where('customerId', '=', customerId)
      .where('id', 'in', some)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function hasFingerprint(
  db: Db,
  customerId: string,
  fingerprint: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('destination')
    .select('id')
    .where('customerId', '=', customerId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return row !== undefined
}

export async function listDestinations(
  db: Db,
  customerId: string,
  page: PageRequest,
  filter: { kind?: DestinationRow['kind']; status?: DestinationRow['status'] } = {},
): Promise<Page<DestinationRow>> {
  let query = db.selectFrom('destination').selectAll().where('customerId', '=', customerId)
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  if (filter.status) query = query.where('status', '=', filter.status)
  if (page.after) query = query.where(isAfter(page.after))
  const rows = await query
    .orderBy(newestFirst)
    .limit(page.limit + 1)
    .execute()
  return cutPage(rows, page.limit)
}

export async function isDestinationUsed(db: Db, id: string): Promise<boolean> {
  const stream = await db
    .selectFrom('stream')
    .select('id')
    .where('destinationId', '=', id)
    .executeTakeFirst()
  return stream !== undefined
}

export async function deleteDestination(db: Db, id: string): Promise<void> {
  await db.deleteFrom('destination').where('id', '=', id).execute()
}
