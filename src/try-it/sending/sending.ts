import { batch, type Signal, signal } from '@preact/signals'
import { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { AnswerState, SentCall } from '../answer/answer-state.ts'
import { isFramed } from '../framed.ts'
import type { PanelModel } from '../panel-model.ts'
import type { Phase } from '../phase.ts'
import type { RequestState } from '../request/request-state.ts'
import type { SessionState } from '../session/session-state.ts'

/** The call on its way: asked about, sent, cancelled. */
export class Sending {
  /** Milliseconds since the request left. */
  readonly waiting = signal(0)
  /** What the call destroys or spends. */
  readonly confirmation: string | undefined
  private readonly model: PanelModel
  private readonly phase: Signal<Phase>
  private readonly request: RequestState
  private readonly session: SessionState
  private readonly answer: AnswerState
  private controller: AbortController | undefined

  constructor(model: PanelModel) {
    const { operation, phase, request, session, answer } = model
    this.model = model
    this.phase = phase
    this.request = request
    this.session = session
    this.answer = answer
    this.confirmation =
      operation.confirm ??
      (operation.method === 'DELETE' ? 'This call deletes something for good.' : undefined)
  }

  /** Sends, or asks first where the call destroys or spends. */
  async send(confirmed = false): Promise<void> {
    if (isFramed()) return
    const stopped = await this.prepare()
    // Whoever was faster, a second click say, has sent it.
    const phase = this.phase.peek()
    if (phase === 'sending' || phase === 'leaving') return
    if (this.request.form.holdsApiKey()) {
      this.request.refuseKey()
      return
    }
    if (stopped) {
      this.answer.fail(stopped, this.describe(true))
      return
    }
    if (!this.request.mayLeave()) {
      this.phase.value = 'idle'
      return
    }
    if (this.confirmation && !confirmed) {
      this.phase.value = 'asking'
      return
    }
    await this.sendNow(true)
  }

  /** Makes the call for which the reader has just signed in: once, and it is not offered again. */
  async repeat(): Promise<void> {
    const stopped = await this.prepare()
    if (stopped) this.answer.fail(stopped, this.describe(false))
    else await this.sendNow(false)
  }

  cancel(): void {
    this.controller?.abort()
  }

  dismiss(): void {
    if (this.phase.peek() === 'asking') this.phase.value = 'idle'
  }

  /** @returns Why nothing can be sent now: a part of the page could not be loaded. */
  private async prepare(): Promise<SendFailure | undefined> {
    try {
      await Promise.all([this.request.prepare(), import('./make-call.ts'), this.answer.prepare()])
      return undefined
    } catch (cause) {
      return notMade(cause)
    }
  }

  private describe(mayRepeat: boolean): SentCall {
    const printable = this.request.printable.peek()
    return {
      authorized: this.session.current.peek() !== undefined,
      request: 'request' in printable ? printable.request : undefined,
      form: this.request.form.save(this.model.environment.peek().name, false),
      mayRepeat,
    }
  }

  private async sendNow(mayRepeat: boolean): Promise<void> {
    const built = this.request.built.peek()
    if (!('request' in built)) return
    const call = this.describe(mayRepeat)
    const environment = this.model.environment.peek().name
    const controller = new AbortController()
    this.controller = controller
    batch(() => {
      this.phase.value = 'sending'
      this.waiting.value = 0
      this.answer.clear()
    })
    try {
      const { makeCall } = await import('./make-call.ts')
      await makeCall(this.model, { call, request: built.request, environment }, controller.signal)
    } catch (cause) {
      this.answer.fail(cause instanceof SendFailure ? cause : notMade(cause), call)
    } finally {
      this.phase.value = 'idle'
    }
  }
}

function notMade(cause: unknown): SendFailure {
  return navigator.onLine
    ? new SendFailure('not_made', 'Something in this page failed before the call was made.', {
        cause,
      })
    : new SendFailure('offline', 'This browser is offline.', { cause })
}
