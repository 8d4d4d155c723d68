import type { AnswerHead } from '../../oauth/vault/protocol.ts'
import { readChallenge } from '../session/challenge.ts'
import type { SessionState } from '../session/session-state.ts'
import type { AnswerOffer } from './answer-view.ts'
import { headerOf } from './headers.ts'

/** What would let the call through: a sign-in, or exactly the scopes that the API misses. */
export function offerFor(
  session: SessionState,
  { status, headers }: AnswerHead,
  repeat: boolean,
): AnswerOffer | undefined {
  if (!session.canSignIn.peek()) return undefined
  if (status === 401) return { scopes: [], wanted: session.wantedScopes(), repeat }
  const challenge = readChallenge(headerOf(headers, 'www-authenticate'))
  if (status !== 403 || challenge?.error !== 'insufficient_scope') return undefined
  const held = session.current.peek()?.scopes ?? []
  const named = challenge.scopes.filter((scope) => !held.includes(scope))
  const scopes = named.length > 0 ? named : session.missing.peek()
  return scopes.length > 0
    ? { scopes, wanted: [...new Set([...held, ...scopes])], repeat }
    : undefined
}
