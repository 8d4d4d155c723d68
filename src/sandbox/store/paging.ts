import { sql } from 'kysely'

/** The place in a list after which a page begins. */
export interface Position {
  createdAt: number
  id: string
}

export interface PageRequest {
  /** 1 to 100. */
  limit: number
  after?: Position
}

export interface Page<T> {
  rows: T[]
  hasMore: boolean
}

/**
 * Newest first. Rows are found by where they stand, not by counting: what is added or removed
 * between two pages neither repeats nor hides another row.
 */
export const newestFirst = sql`"createdAt" desc, "id" desc`

/** @returns The condition that holds for rows after the position. */
export function isAfter({ createdAt, id }: Position) {
  return sql<boolean>`("createdAt", "id") < (${createdAt}, ${id})`
}

/** Cuts the extra row that tells whether another page follows. */
export function cutPage<T>(rows: T[], limit: number): Page<T> {
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** Finds the words anywhere in a column, small and capital letters alike. */
export function contains(column: string, words: string) {
  const escaped = words.toLowerCase().replace(/[\\%_]/g, '\\$&')
  return sql<boolean>`lower(${sql.ref(column)}) like ${`%${escaped}%`} escape '\\'`
}
