import { signal } from '@preact/signals'
import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import { readChallenge } from '../session/challenge.ts'
import type { SessionState } from '../session/session-state.ts'
import type { AnswerOffer, AnswerView } from './answer-view.ts'
import { headerOf } from './headers.ts'

/** What came back, or as much of it as has come. */
export class AnswerState {
  readonly view = signal<AnswerView | undefined>(undefined)
  private readonly session: SessionState
  private readMore: (() => Promise<void>) | undefined

  constructor(session: SessionState) {
    this.session = session
  }

  clear(): void {
    this.view.value = undefined
  }

  fail(failure: SendFailure): void {
    this.view.value = { kind: 'failure', failure }
  }

  /**
   * Reads an answer to its end, or until its size makes it stop.
   *
   * @param started When the request left, by `performance.now()`.
   * @param mayRepeat The call may be offered again after a sign-in.
   */
  async take(answer: RemoteAnswer, started: number, mayRepeat: boolean): Promise<void> {
    const { status, headers } = answer.head
    const offer = this.offerFor(status, headerOf(headers, 'www-authenticate'), mayRepeat)
    const { receive } = await import('./receive.ts')
    this.readMore = await receive(answer, this.view, offer, started)
  }

  /** Goes on reading an answer that was stopped for its size. */
  async continueReading(): Promise<void> {
    await this.readMore?.()
  }

  /** What would let the call through: a sign-in, or exactly the scopes that the API misses. */
  private offerFor(
    status: number,
    header: string | undefined,
    repeat: boolean,
  ): AnswerOffer | undefined {
    const { session } = this
    if (!session.canSignIn.peek()) return undefined
    const challenge = readChallenge(header)
    if (status === 401) return { scopes: [], wanted: session.wantedScopes(), repeat }
    if (status !== 403 || challenge?.error !== 'insufficient_scope') return undefined
    const held = session.current.peek()?.scopes ?? []
    const named = challenge.scopes.filter((scope) => !held.includes(scope))
    const scopes = named.length > 0 ? named : session.missing.peek()
    return scopes.length > 0
      ? { scopes, wanted: [...new Set([...held, ...scopes])], repeat }
      : undefined
  }
}
