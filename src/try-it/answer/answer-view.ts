import type { Measured } from '../../oauth/vault/measure.ts'
import type { AnswerHead } from '../../oauth/vault/protocol.ts'
import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { ApiRequest } from '../../request/index.ts'
import type { Cause } from '../failure/cause.ts'
import type { AnswerOffer } from '../session/step-up.ts'
import type { Received } from './answer-reader.ts'
import type { BodyKind } from './body-kind.ts'
import type { Check } from './check/check-answer.ts'
import type { NextPage } from './next-page.ts'
import type { StreamRow } from './stream-rows.ts'

/** What the Response region shows. */
export type AnswerView = ShownAnswerView | FailedView

/** No answer, and why as far as it is known. */
export interface FailedView {
  kind: 'failure'
  failure: SendFailure
  /** Found out after it failed. */
  cause?: Cause
  /** The cause is being looked for. */
  isSought?: boolean
  /** Without what is secret. */
  request?: ApiRequest | undefined
}

/** An answer, or as much of it as has come. */
export interface ShownAnswerView {
  kind: 'answer'
  head: AnswerHead
  contentType: string | undefined
  /** Without parameters; empty where the answer names none that can be read. */
  mediaType: string
  received: Received
  /** When its head came, in milliseconds since the Unix epoch. */
  cameAt: number
  /** Milliseconds until the last byte; until the head while the rest is on its way. */
  elapsed: number
  offer: AnswerOffer | undefined
  measured?: Measured
  /** Once it is complete, or was stopped. */
  body?: { kind: BodyKind; blob: Blob }
  /** Of a textual body that is small enough to be shown whole. */
  text?: string
  /** Bytes a second while it comes, once it has come for a while. */
  rate?: number
  /** The end of a text that is still coming. */
  live?: string
  stream?: { rows: readonly StreamRow[]; count: number; rate: number }
  /** Whether a JSON body is JSON: an empty text says yes, anything else what is wrong. */
  complaint?: string
  check?: Check
  /** Documented headers that this page does not see. */
  hidden?: readonly string[]
  next?: NextPage
  /** From the history: nothing is known of it but what was kept. */
  isKept?: boolean
}
