import type { AnswerHead } from '../../oauth/vault/protocol.ts'
import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { BodyKind, Received } from './answer.ts'

/** A way on after a refusal. */
export interface AnswerOffer {
  /** What is missing; empty when nobody is signed in. */
  scopes: string[]
  /** Everything to ask for. */
  wanted: string[]
  /** Make the call again after it. */
  repeat: boolean
}

/** What the Response region shows. */
export type AnswerView = ShownAnswerView | { kind: 'failure'; failure: SendFailure }

/** An answer, or as much of it as has come. */
export interface ShownAnswerView {
  kind: 'answer'
  head: AnswerHead
  contentType: string | undefined
  /** Without parameters; empty where the answer names none that can be read. */
  mediaType: string
  received: Received
  /** Milliseconds until the last byte; until the head while the rest is on its way. */
  elapsed: number
  offer: AnswerOffer | undefined
  /** Once it is complete, or was stopped. */
  body?: { kind: BodyKind; blob: Blob }
  text?: string
}
