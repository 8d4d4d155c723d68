import { findByIds } from './by-id.ts'
import type { Db } from './database.ts'
import { cutPage, isAfter, newestFirst, type Page, type PageRequest } from './paging.ts'
import type { UploadRow } from './tables.ts'

export async function insertUpload(db: Db, row: UploadRow): Promise<void> {
  await db.insertInto('upload').values(row).execute()
}

export async function findUpload(
  db: Db,
  customerId: string,
  id: string,
): Promise<UploadRow | undefined> {
  return db
    .selectFrom('upload')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Finds by id alone, for an address that carries its own proof. */
export async function findAnyUpload(db: Db, id: string): Promise<UploadRow | undefined> {
  return db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()
}

/** @returns Those of the ids that are uploads of the account. */
export async function findUploads(
  db: Db,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, UploadRow>> {
  const rows = await findByIds(ids, (some) =>
    db
      .selectFrom('upload')
      .selectAll()
      .where('customerId', '=', customerId)
      .where('id', 'in', some)
      .execute(),
  )
  const known = new Map(rows.map((row) => [row.id, row]))
  // In the order asked for: refusals name the first one.
  return new Map([...new Set(ids)].flatMap((id) => known.get(id) ?? []).map((row) => [row.id, row]))
}

export async function listUploads(
  db: Db,
  customerId: string,
  page: PageRequest,
  filter: { type?: UploadRow['type'] } = {},
): Promise<Page<UploadRow>> {
  let query = db
    .selectFrom('upload')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('removed', '=', 0)
  if (filter.type) query = query.where('type', '=', filter.type)
  if (page.after) query = query.where(isAfter(page.after))
  const rows = await query
    .orderBy(newestFirst)
    .limit(page.limit + 1)
    .execute()
  return cutPage(rows, page.limit)
}

export async function updateUpload(db: Db, id: string, changes: Partial<UploadRow>): Promise<void> {
  await db.updateTable('upload').set(changes).where('id', '=', id).execute()
}

export async function deleteUpload(db: Db, id: string): Promise<void> {
  await db.deleteFrom('upload').where('id', '=', id).execute()
}

/** Whether a playlist plays the upload, in its draft or on air. */
export async function isUploadUsed(db: Db, id: string): Promise<boolean> {
  const item = await db
    .selectFrom('playlistItem')
    .select('id')
    .where('uploadId', '=', id)
    .executeTakeFirst()
  if (item) return true
  const frozen = await db
    .selectFrom('snapshotItem')
    .select('itemId')
    .where('uploadId', '=', id)
    .executeTakeFirst()
  return frozen !== undefined
}

/** @returns Every file that a row still needs. */
export async function listObjectFiles(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('upload')
    .select('objectFile')
    .where('objectFile', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ objectFile }) => objectFile ?? []))
}
