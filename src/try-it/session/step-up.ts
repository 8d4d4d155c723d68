import type { AnswerHead } from '../../oauth/vault/protocol.ts'
import { readChallenge } from './challenge.ts'
import type { SessionState } from './session-state.ts'

/** A way on after a refusal. */
export interface AnswerOffer {
  /** Why the call was refused, as far as the sign-in goes. */
  kind:
    | 'sign_in'
    /** A token went with the call, and is not taken any more. */
    | 'sign_in_again'
    /** The token lacks scopes. */
    | 'step_up'
    /** The API asks for scopes that the token has: another sign-in would change nothing. */
    | 'pointless'
  /** What the token allows so far. */
  granted: string[]
  /** What it lacks for this call. */
  missing: string[]
  /** Everything to ask for: what was granted stays granted. */
  wanted: string[]
  /** Make the call again after it. It is made again once, and then no more. */
  repeat: boolean
}

/** What is known of the session when an answer comes. */
export interface Standing {
  /** A token went with the call. */
  authorized: boolean
  granted: readonly string[]
  /** What the document says that this call needs and the token lacks. */
  missing: readonly string[]
  /** What a first sign-in would ask for. */
  wanted: readonly string[]
}

/** @returns Nothing where nobody can sign in for this call. */
export function standingOf(
  session: SessionState,
  { authorized }: Pick<AnswerHead, 'authorized'>,
): Standing | undefined {
  if (!session.canSignIn.peek()) return undefined
  return {
    authorized,
    granted: session.current.peek()?.scopes ?? [],
    missing: session.missing.peek(),
    wanted: session.wantedScopes(),
  }
}

/**
 * What would let a refused call through: a sign-in, or exactly the scopes that the API misses.
 *
 * @param repeat The call may be made again; it was not, so far.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function offerFor(
  { status, headers }: Pick<AnswerHead, 'status' | 'headers'>,
  standing: Standing,
  repeat: boolean,
): AnswerOffer | undefined {
  const granted = [...standing.granted]
  if (status === 401) {
    const kind = standing.authorized ? 'sign_in_again' : 'sign_in'
    return { kind, granted, missing: [], wanted: [...standing.wanted], repeat }
  }
  const challenge = readChallenge(headers.find(([name]) => name === 'www-authenticate')?.[1])
  if (status !== 403 || challenge?.error !== 'insufficient_scope') return undefined
  const named = [...new Set(challenge.scopes)].filter((scope) => !granted.includes(scope))
  // An API that names no scope leaves it to the document; one that names some is believed.
  const missing = challenge.scopes.length > 0 ? named : [...standing.missing]
  if (missing.length === 0) {
    return { kind: 'pointless', granted, missing, wanted: granted, repeat: false }
  }
  return { kind: 'step_up', granted, missing, wanted: [...granted, ...missing], repeat }
}
