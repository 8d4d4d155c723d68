import { type RawBuilder, sql } from 'kysely'
import type { Db } from './database.ts'
import { contains, cutPage, type Page } from './paging.ts'
import type { Tables } from './tables.ts'

/** Tables whose rows belong to an account and can be looked through. */
export type Searchable = 'stream' | 'upload' | 'playlist' | 'destination' | 'invoice'

/** A condition on rows. What compares with nothing (null) does not hold, so `not` turns it over. */
export type Filter =
  | { all: readonly Filter[] }
  | { any: readonly Filter[] }
  | { not: Filter }
  | { column: string; oneOf: readonly (string | number)[] }
  | { column: string; contains: string; anyCase: boolean }
  | { column: string; compare: '<' | '<=' | '>' | '>='; value: number }

export interface SearchOrder {
  column: string
  descending: boolean
}

export interface Search {
  filter: Filter
  order: SearchOrder
  /** The row after which the page begins: what it is ordered by, and its id. */
  after?: { value: string | number; id: string }
  limit: number
}

/**
 * Finds rows by where they stand in the order, the id deciding between equals: what is added or
 * removed between two pages neither repeats nor hides another row.
 */
export async function searchRows<Table extends Searchable>(
  db: Db,
  table: Table,
  customerId: string,
  { filter, order, after, limit }: Search,
): Promise<Page<Tables[Table]>> {
  const key = sortKey(order.column)
  const id = sql.ref('id')
  const beyond = sql.raw(order.descending ? '<' : '>')
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  const place = after ? sql` and (${key}, ${id}) ${beyond} (${after.value}, ${after.id})` : sql``
  const { rows } = await sql<Tables[Table]>`
    select * from ${sql.table(table)}
    where ${belongs(table, customerId)} and ${condition(filter)}${place}
    order by ${key} ${direction}, ${id} ${direction}
    limit ${limit + 1}`.execute(db)
  return cutPage(rows, limit)
}

export async function countRows(
  db: Db,
  table: Searchable,
  customerId: string,
  filter: Filter,
): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as "count" from ${sql.table(table)}
    where ${belongs(table, customerId)} and ${condition(filter)}`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

function belongs(table: Searchable, customerId: string): RawBuilder<unknown> {
  const own = sql`${sql.ref('customerId')} = ${customerId}`
  return table === 'upload' ? sql`${own} and ${sql.ref('removed')} = 0` : own
}

/** Only names can be null among what rows are ordered by; they count as empty. */
function sortKey(column: string): RawBuilder<unknown> {
  return column === 'name' ? sql`coalesce(${sql.ref(column)}, '')` : sql.ref(column)
}

function condition(filter: Filter): RawBuilder<unknown> {
  if ('all' in filter) return join(filter.all, ' and ', sql`1 = 1`)
  if ('any' in filter) return join(filter.any, ' or ', sql`1 = 0`)
  if ('not' in filter) return sql`not ${condition(filter.not)}`
  const column = sql.ref(filter.column)
  return sql`(${column} is not null and ${comparison(filter, column)})`
}

function comparison(
  filter: Extract<Filter, { column: string }>,
  column: RawBuilder<unknown>,
): RawBuilder<unknown> {
  if ('compare' in filter) return sql`${column} ${sql.raw(filter.compare)} ${filter.value}`
  if ('oneOf' in filter) {
    return filter.oneOf.length === 0
      ? sql`1 = 0`
      : sql`${column} in (${sql.join([...filter.oneOf])})`
  }
  if (filter.contains === '') return sql`1 = 1`
  if (filter.anyCase) return contains(filter.column, filter.contains)
  // LIKE looks at case in some databases and not in others; taking the text out does in all.
  return sql`length(replace(${column}, ${filter.contains}, '')) < length(${column})`
}

function join(
  filters: readonly Filter[],
  word: string,
  empty: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return filters.length === 0 ? empty : sql`(${sql.join(filters.map(condition), sql.raw(word))})`
}
