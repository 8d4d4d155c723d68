import type { Db } from './database.ts'
import { cutPage, isAfter, newestFirst, type Page, type PageRequest } from './paging.ts'
import type { CheckoutRow, DepositAddressRow, InvoiceRow } from './tables.ts'

export async function insertInvoice(db: Db, row: InvoiceRow): Promise<void> {
  await db.insertInto('invoice').values(row).execute()
}

export async function listInvoices(
  db: Db,
  customerId: string,
  page: PageRequest,
): Promise<Page<InvoiceRow>> {
  let query = db.selectFrom('invoice').selectAll().where('customerId', '=', customerId)
  if (page.after) query = query.where(isAfter(page.after))
  const rows = await query
    .orderBy(newestFirst)
    .limit(page.limit + 1)
    .execute()
  return cutPage(rows, page.limit)
}

export async function countInvoices(db: Db, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('invoice')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('customerId', '=', customerId)
    .executeTakeFirstOrThrow()
  return row.count
}

export async function insertCheckout(db: Db, row: CheckoutRow): Promise<void> {
  await db.insertInto('checkout').values(row).execute()
}

export async function findCheckout(db: Db, id: string): Promise<CheckoutRow | undefined> {
  return db.selectFrom('checkout').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function markCheckoutPaid(db: Db, id: string, paidAt: number): Promise<void> {
  await db.updateTable('checkout').set({ paidAt }).where('id', '=', id).execute()
}

export async function findDepositAddress(
  db: Db,
  customerId: string,
  currencyId: string,
): Promise<DepositAddressRow | undefined> {
  return db
    .selectFrom('depositAddress')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('currencyId', '=', currencyId)
    .executeTakeFirst()
}

export async function insertDepositAddress(db: Db, row: DepositAddressRow): Promise<void> {
  await db.insertInto('depositAddress').values(row).execute()
}
