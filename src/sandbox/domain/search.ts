import {
  countRows,
  type Filter,
  type Searchable,
  type SearchOrder,
  searchRows,
} from '../store/search.ts'
import type { Tables } from '../store/tables.ts'
import { viewInvoice } from './billing.ts'
import { viewDestination } from './destinations.ts'
import { invalidInput } from './domain-error.ts'
import { viewPlaylists } from './playlist-view.ts'
import { viewStreams } from './stream-view.ts'
import { viewUpload } from './upload-view.ts'
import type { Work } from './work.ts'

/** A look through one of the account's lists, in an order of the caller's choice. */
export interface ListSearch {
  filter: Filter
  /** Newest first where nothing else is asked for. */
  order?: SearchOrder
  /** Where the page begins, as an entry before it was marked. */
  after?: string
  /** 1 to 100. */
  first: number
}

export interface Found<View> {
  entries: { cursor: string; view: View }[]
  hasMore: boolean
  /** How many there are on all pages; asked only where someone wants to know. */
  count(): Promise<number>
}

type Views<Table extends Searchable, View> = (
  work: Work,
  rows: readonly Tables[Table][],
) => Promise<View[]>

/** @throws {DomainError} `INVALID_INPUT` for a place that no page in this order carried. */
function searchIn<Table extends Searchable, View>(table: Table, view: Views<Table, View>) {
  return async (work: Work, search: ListSearch): Promise<Found<View>> => {
    const { filter, order = { column: 'createdAt', descending: true }, after, first } = search
    const { db, customerId } = work
    const page = await searchRows(db, table, customerId, {
      filter,
      order,
      limit: first,
      ...(after === undefined ? {} : { after: readPlace(after, order.column) }),
    })
    const views = await view(work, page.rows)
    return {
      entries: page.rows.flatMap((row, index) => {
        const found = views[index]
        return found === undefined ? [] : [{ cursor: writePlace(row, order.column), view: found }]
      }),
      hasMore: page.hasMore,
      count: () => countRows(db, table, customerId, filter),
    }
  }
}

export const searchStreams = searchIn('stream', ({ db }, rows) => viewStreams(db, rows))
export const searchUploads = searchIn('upload', async ({ now }, rows) =>
  rows.map((row) => viewUpload(row, now)),
)
export const searchPlaylists = searchIn('playlist', viewPlaylists)
export const searchDestinations = searchIn('destination', async (_, rows) =>
  rows.map(viewDestination),
)
export const searchInvoices = searchIn('invoice', async (_, rows) => rows.map(viewInvoice))

function writePlace(row: object, column: string): string {
  const { [column]: value, id } = row as Record<string, unknown>
  return Buffer.from(JSON.stringify([column, value ?? '', id])).toString('base64url')
}

function readPlace(cursor: string, column: string): { value: string | number; id: string } {
  let place: unknown
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    // Said below.
  }
  const [by, value, id] = Array.isArray(place) ? place : []
  const fits = column === 'name' ? typeof value === 'string' : Number.isSafeInteger(value)
  if (by !== column || !fits || typeof id !== 'string') {
    throw invalidInput('after', 'was not answered by a page of this list in this order.')
  }
  return { value, id }
}
