import type { Db } from './database.ts'
import type { CustomerRow } from './tables.ts'

export async function findCustomer(db: Db, id: string): Promise<CustomerRow | undefined> {
  return db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function insertCustomer(db: Db, row: CustomerRow): Promise<void> {
  await db.insertInto('customer').values(row).execute()
}

export async function updateCustomer(
  db: Db,
  id: string,
  changes: Partial<CustomerRow>,
): Promise<void> {
  await db.updateTable('customer').set(changes).where('id', '=', id).execute()
}

/** A word kept about the whole sandbox, such as when it was seeded. */
export async function readMeta(db: Db, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

export async function writeMeta(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
