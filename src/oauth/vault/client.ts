import type { FlowStep } from '../flow/flow-step.ts'
import type { TokenReport } from '../inspection/token-report.ts'
import { SignInError } from '../sign-in-error.ts'
import type { Transaction } from '../transaction.ts'
import type { KeptCall } from './kept-calls.ts'
import type { Measured } from './measure.ts'
import type {
  AnswerHead,
  Ask,
  BeginRequest,
  Begun,
  CallName,
  Calls,
  Reply,
  SendRequest,
  SessionView,
  SignOutOutcome,
} from './protocol.ts'
import { SendFailure } from './send-failure.ts'

/** A vault as a page uses it. */
export interface VaultClient {
  /** False where the vault ends with the page: a callback must be finished where the token is used. */
  readonly outlivesPage: boolean
  /** @throws {SignInError} */
  begin(request: BeginRequest): Promise<Begun>
  /** @throws {SignInError} */
  finish(query: string, transaction: Transaction): Promise<SessionView>
  session(environment: string): Promise<SessionView | undefined>
  /** @throws {SendFailure} */
  send(request: SendRequest, signal: AbortSignal): Promise<RemoteAnswer>
  signOut(environment: string): Promise<SignOutOutcome>
  keepSecrets(trip: string, secrets: Record<string, string>): Promise<void>
  takeSecrets(trip: string): Promise<Record<string, string> | undefined>
  /** Nothing where nobody is signed in. */
  inspect(environment: string): Promise<TokenReport | undefined>
  /** The steps of the last sign-in, in order. */
  flow(environment: string): Promise<FlowStep[]>
  keepCall(tab: string, call: KeptCall): Promise<void>
  /** Calls of a tab, oldest first. */
  keptCalls(tab: string): Promise<KeptCall[]>
  listen(listener: (environment: string, session: SessionView | undefined) => void): () => void
}

export interface RemoteAnswer {
  head: AnswerHead
  /** One more piece; nothing once the answer is complete. Throws `SendFailure`. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Sizes on the wire, once the last piece has come. */
  measure(): Promise<Measured | undefined>
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/**
 * Speaks to the vault at the other end of a port.
 *
 * @returns Once the vault has said that it is there.
 */
export function connectPort(
  port: MessagePort,
  outlivesPage: boolean,
): { ready: Promise<void>; client: VaultClient } {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(environment: string, session: SessionView | undefined) => void>()
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>()
  let last = 0

  port.onmessage = ({ data }: MessageEvent<Reply>) => {
    if ('ready' in data) isReady()
    else if ('environment' in data) {
      for (const listener of listeners) listener(data.environment, data.session)
    } else {
      const call = waiting.get(data.id)
      waiting.delete(data.id)
      if ('answer' in data) call?.resolve(data.answer)
      else if ('sendFailure' in data) {
        call?.reject(new SendFailure(data.sendFailure.code, data.sendFailure.message))
      } else {
        const { code, message, detail } = data.signInError
        call?.reject(new SignInError(code, message, { detail }))
      }
    }
  }

  function call<Name extends CallName>(name: Name, ask: Calls[Name]['ask']) {
    last += 1
    const id = last
    const answer = new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      port.postMessage({ id, call: name, ask } as Ask)
    }) as Promise<Calls[Name]['answer']>
    return { id, answer }
  }

  const client: VaultClient = {
    outlivesPage,
    begin: (ask) => call('begin', ask).answer,
    finish: (query, transaction) => call('finish', { query, transaction }).answer,
    session: (environment) => call('session', { environment }).answer,
    async send(ask, signal) {
      const { id, answer } = call('send', ask)
      const cancel = () => call('cancel', { of: id })
      signal.addEventListener('abort', cancel, { once: true })
      const head = await answer
      return {
        head,
        async read() {
          const piece = await call('read', { of: id }).answer
          if (signal.aborted) throw new SendFailure('cancelled', 'Cancelled.')
          return piece
        },
        measure: () => call('measure', { of: id }).answer,
      }
    },
    signOut: (environment) => call('signOut', { environment }).answer,
    keepSecrets: (trip, secrets) => call('keepSecrets', { trip, secrets }).answer,
    takeSecrets: (trip) => call('takeSecrets', { trip }).answer,
    inspect: (environment) => call('inspect', { environment }).answer,
    flow: (environment) => call('flow', { environment }).answer,
    keepCall: (tab, kept) => call('keepCall', { tab, call: kept }).answer,
    keptCalls: (tab) => call('keptCalls', { tab }).answer,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { ready, client }
}
