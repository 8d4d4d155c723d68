import type { Page, Position } from '../store/paging.ts'

/** A list as the API answers it. */
export interface ListAnswer<T> {
  data: T[]
  page: { hasMore: boolean; nextCursor: string | null }
}

/**
 * Makes one page an answer whose cursor continues after its last row.
 *
 * @param views Of the rows, in their order.
 */
export function answerPage<Row extends Position, T>(
  { rows, hasMore }: Page<Row>,
  views: readonly T[],
): ListAnswer<T> {
  const last = rows.at(-1)
  return {
    data: [...views],
    page: { hasMore, nextCursor: hasMore && last ? writeCursor(last) : null },
  }
}

/** The cursor is for no one to read, but says nothing that the row itself does not. */
export function writeCursor({ createdAt, id }: Position): string {
  return Buffer.from(JSON.stringify({ createdAt, id })).toString('base64url')
}

/** @returns Nothing for a text that no page of ours carried. */
export function readCursor(cursor: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (typeof value !== 'object' || value === null) return undefined
    const { createdAt, id } = value as Record<string, unknown>
    if (typeof id !== 'string' || id.length > 64 || !Number.isSafeInteger(createdAt)) {
      return undefined
    }
    const position = { createdAt: createdAt as number, id }
    return writeCursor(position) === cursor.replace(/=+$/, '') ? position : undefined
  } catch {
    return undefined
  }
}
