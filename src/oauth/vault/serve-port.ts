import { signInFailure } from '../sign-in-failure.ts'
import type { Ask, CallName, Calls, Reply } from './protocol.ts'
import type { Answer } from './send.ts'
import { SendFailure } from './send-failure.ts'
import type { Vault } from './vault.ts'

interface Running {
  controller: AbortController
  answer?: Answer
}

/** Lets one page, at the other end of the port, use a vault. */
export function servePort(vault: Vault, port: MessagePort): void {
  const running = new Map<number, Running>()
  const reply = (message: Reply, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer)
  const stopListening = vault.listen((environment, session) => reply({ environment, session }))

  const answers: { [Name in CallName]: (ask: Calls[Name]['ask'], id: number) => unknown } = {
    begin: (ask) => vault.begin(ask),
    finish: ({ query, transaction }) => vault.finish(query, transaction),
    session: ({ environment }) => vault.session(environment),
    async send(ask, id) {
      const call: Running = { controller: new AbortController() }
      running.set(id, call)
      try {
        call.answer = await vault.send(ask, call.controller.signal)
        return call.answer.head
      } catch (cause) {
        running.delete(id)
        throw cause
      }
    },
    async read({ of }) {
      try {
        return await running.get(of)?.answer?.read()
      } catch (cause) {
        running.delete(of)
        throw cause
      }
    },
    async measure({ of }) {
      const measured = await running.get(of)?.answer?.measure()
      running.delete(of)
      return measured
    },
    cancel({ of }) {
      running.get(of)?.controller.abort()
      running.delete(of)
    },
    signOut: ({ environment }) => vault.signOut(environment),
    keepSecrets: ({ trip, secrets }) => vault.keepSecrets(trip, secrets),
    takeSecrets: ({ trip }) => vault.takeSecrets(trip),
    inspect: ({ environment }) => vault.inspect(environment),
    flow: ({ environment }) => vault.flow(environment),
    keepCall: ({ tab, call }) => vault.calls.keep(tab, call),
    keptCalls: ({ tab }) => vault.calls.of(tab),
  }

  port.onmessage = async ({ data }: MessageEvent<Ask>) => {
    const { id, call, ask } = data
    try {
      const handle = answers[call] as (ask: unknown, id: number) => unknown
      const answer = (await handle(ask, id)) as Calls[CallName]['answer']
      reply({ id, answer }, answer instanceof Uint8Array ? [answer.buffer] : [])
    } catch (cause) {
      if (cause instanceof SendFailure) reply({ id, sendFailure: cause.toPlain() })
      else {
        reply({ id, signInError: (await signInFailure(cause, 'answer')).toPlain() })
      }
    }
  }
  // Fired where the browser tells that the page is gone (not all do): its requests end with it.
  port.addEventListener('close', () => {
    stopListening()
    for (const { controller } of running.values()) controller.abort()
  })
  port.start()
  reply({ ready: true })
}
