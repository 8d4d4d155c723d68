import { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { ApiRequest } from '../../request/index.ts'
import type { SentCall } from '../answer/answer-state.ts'
import type { PanelModel } from '../panel-model.ts'

/** A call as it leaves, with everything that is secret. */
interface Going {
  call: SentCall
  request: ApiRequest
  environment: string
}

/**
 * Makes a call and takes its answer in. Loaded with the first one.
 *
 * @throws {SendFailure} And whatever a part of the page throws that could not be loaded.
 */
export async function makeCall(
  { session, answer, sending }: PanelModel,
  { call, request, environment }: Going,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now()
  const timer = setInterval(() => {
    sending.waiting.value = performance.now() - started
  }, 100)
  try {
    const [vault] = await Promise.all([session.connect(), answer.prepare()])
    if (signal.aborted) throw new SendFailure('cancelled', 'Cancelled.')
    const left = performance.now()
    const received = await vault.send(
      {
        environment,
        request,
        authorize: !session.isOpen || call.authorized,
      },
      signal,
    )
    await answer.take(received, { ...call, started: left })
    if (received.head.status === 401) await session.refresh()
  } finally {
    clearInterval(timer)
  }
}
