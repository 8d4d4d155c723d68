import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

/** Rows that others refer to come after those. */
const inOrder = [
  'idempotentAnswer',
  'depositAddress',
  'checkout',
  'invoice',
  'snapshotItem',
  'playlistItem',
  'playlist',
  'broadcast',
  'stream',
  'upload',
  'destination',
  'customer',
] as const satisfies readonly (keyof Tables)[]

/** Empties every table of the product; accounts and keys are the authorization server's and stay. */
export async function deleteAllData(db: Db): Promise<void> {
  for (const table of inOrder) await db.deleteFrom(table).execute()
  await db.deleteFrom('meta').where('name', '=', 'seeded').execute()
}
