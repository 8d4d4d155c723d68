import { readCursor } from '../domain/page.ts'
import type { Work } from '../domain/work.ts'
import type { PageRequest } from '../store/paging.ts'
import { invalidParameter } from './problem.ts'
import type { QueryValues } from './read-request.ts'

/** One call of an operation, measured against the document already. */
export interface Call {
  work: Work
  /** The path's `{id}`, or empty. */
  id: string
  query: QueryValues
  /** Fits the operation's schema: a handler may take it for what the schema says. */
  body: unknown
}

export interface Answer {
  /** Absent: an answer without a body. */
  body?: unknown
  /** Path of what was made, without the API's base. */
  location?: string
}

export type Handler = (call: Call) => Promise<Answer>

/** Handlers by `operationId`. */
export type Handlers = Readonly<Record<string, Handler>>

/** @throws {Problem} `INVALID_INPUT` for a cursor that no page of ours carried. */
export function pageOf({ query }: Call): PageRequest {
  const limit = typeof query.limit === 'number' ? query.limit : 20
  if (typeof query.cursor !== 'string') return { limit }
  const after = readCursor(query.cursor)
  if (!after) throw invalidParameter('cursor', 'was not answered by a page of this list.')
  return { limit, after }
}
