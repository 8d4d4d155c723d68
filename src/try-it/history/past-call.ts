import type { KeptCall } from '../../oauth/vault/kept-calls.ts'
import type { Measured } from '../../oauth/vault/measure.ts'
import type { AnswerHead, SendFailureCode } from '../../oauth/vault/protocol.ts'
import type { ApiRequest } from '../../request/index.ts'
import type { Cause } from '../failure/cause.ts'
import type { SavedForm } from '../request/saved-form.ts'
import type { FoundId } from './found-ids.ts'

/** A call that this tab has made. Holds no credential, and no field of the request that is secret. */
export interface PastCall {
  id: string
  /** Milliseconds since the Unix epoch. */
  at: number
  /** Path of the page it was made from. */
  page: string
  method: string
  summary: string
  environment: string
  /** Nothing where it cannot be printed. */
  request?: ApiRequest
  form: SavedForm
  outcome: PastAnswer | PastFailure
}

export interface PastAnswer {
  kind: 'answer'
  head: AnswerHead
  bytes: number
  elapsed: number
  measured?: Measured
  /** JSON Pointers of values that the document marks secret; nothing where nobody could look. */
  secrets?: string[]
  ids: FoundId[]
  /** The body is kept beside it. */
  hasBody: boolean
}

export interface PastFailure {
  kind: 'failure'
  code: SendFailureCode
  message: string
  cause?: Cause
}

/** A past call, and its body where that is kept. */
export type KeptPastCall = PastCall & { body?: Blob }

export function toKept(call: PastCall, body: Blob | undefined): KeptCall {
  return { id: call.id, record: JSON.stringify(call), ...(body && { body }) }
}

/** @returns Nothing where the record is of another version of this site. */
export function fromKept({ record, body }: KeptCall): KeptPastCall | undefined {
  try {
    const call = JSON.parse(record) as PastCall
    return { ...call, ...(body && { body }) }
  } catch {
    return undefined
  }
}
