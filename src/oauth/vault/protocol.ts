import type { ApiRequest } from '../../request/api-request.ts'
import type { FlowStep } from '../flow/flow-step.ts'
import type { TokenReport } from '../inspection/token-report.ts'
import type { PlainSignInError } from '../sign-in-error.ts'
import type { Transaction } from '../transaction.ts'
import type { KeptCall } from './kept-calls.ts'
import type { Measured } from './measure.ts'

/** What a page may know of a session. The token is not part of it. */
export interface SessionView {
  environment: string
  /** Name of who is signed in, as the issuer's userinfo gives it. */
  account: string
  scopes: string[]
  /** Granted without having been asked for. */
  unasked: string[]
  /** Milliseconds the token had left when this was written: no clock is shared between contexts. */
  remaining: number
}

export interface BeginRequest {
  environment: string
  scopes: string[]
  /** Ask for consent even where it was given before: the scopes delete or spend. */
  consent: boolean
  /** Client id that the page remembers for this issuer and redirect address. */
  clientId?: string
  /** The last sign-in with `clientId` never came back: make sure that the issuer still knows it. */
  doubtful?: boolean
  /** Shown on the consent page when the site has to register. */
  clientName: string
}

/** What the page keeps for the trip, and where it goes. */
export interface Begun
  extends Pick<
    Transaction,
    'state' | 'nonce' | 'verifier' | 'issuer' | 'clientId' | 'redirectUri' | 'scopes'
  > {
  /** Address of the authorization endpoint with everything in it. */
  url: string
}

export interface SendRequest {
  environment: string
  request: ApiRequest
  /** Send the session's token with it, where there is one. */
  authorize: boolean
}

/** An answer without its body. */
export interface AnswerHead {
  status: number
  /** Empty over HTTP/2 and 3. */
  statusText: string
  /** What the API lets browsers see, in the order the browser gives. */
  headers: [name: string, value: string][]
  /** Milliseconds from sending to the head of the answer. */
  elapsed: number
  /** A token went with the request. */
  authorized: boolean
}

export type SendFailureCode =
  /** The browser says that it has no network. */
  | 'offline'
  /** Nothing more is known: refused, unknown host, TLS, or not open to this site. */
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  /** The API answered a redirect, which is never followed. */
  | 'redirect'
  /** The site's own Content-Security-Policy stopped it. */
  | 'blocked'
  /** Not an address of the environment's API, or not something that browsers send. */
  | 'not_allowed'
  /** Something in the page failed before the request left. */
  | 'not_made'
  /** The answer began and did not end. */
  | 'broken_off'

export interface PlainSendFailure {
  code: SendFailureCode
  message: string
}

/** `closed`: the issuer ended its session. `unknown`: the vault is empty, the issuer did not say. */
export type SignOutOutcome = 'closed' | 'unknown'

/** What a page may ask, by name. */
export interface Calls {
  begin: { ask: BeginRequest; answer: Begun }
  finish: { ask: { query: string; transaction: Transaction }; answer: SessionView }
  session: { ask: { environment: string }; answer: SessionView | undefined }
  send: { ask: SendRequest; answer: AnswerHead }
  /** One more piece of the answer to the call `of`; nothing once it is complete. */
  read: { ask: { of: number }; answer: Uint8Array<ArrayBuffer> | undefined }
  cancel: { ask: { of: number }; answer: undefined }
  /** To be asked once the last piece has come. */
  measure: { ask: { of: number }; answer: Measured | undefined }
  signOut: { ask: { environment: string }; answer: SignOutOutcome }
  keepSecrets: { ask: { trip: string; secrets: Record<string, string> }; answer: undefined }
  takeSecrets: { ask: { trip: string }; answer: Record<string, string> | undefined }
  inspect: { ask: { environment: string }; answer: TokenReport | undefined }
  flow: { ask: { environment: string }; answer: FlowStep[] }
  keepCall: { ask: { tab: string; call: KeptCall }; answer: undefined }
  keptCalls: { ask: { tab: string }; answer: KeptCall[] }
}

export type CallName = keyof Calls

export type Ask = {
  [Name in CallName]: { id: number; call: Name; ask: Calls[Name]['ask'] }
}[CallName]

export type Reply =
  | { id: number; answer: Calls[CallName]['answer'] }
  | { id: number; signInError: PlainSignInError }
  | { id: number; sendFailure: PlainSendFailure }
  /** Sent unasked: a session began, changed or ended. */
  | { session: SessionView | undefined; environment: string }
  /** Sent unasked once, when the vault is there. */
  | { ready: true }
