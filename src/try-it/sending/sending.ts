import { batch, type Signal, signal } from '@preact/signals'
import { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { AnswerState } from '../answer/answer-state.ts'
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
    const phase = this.phase.peek()
    if (phase === 'sending' || phase === 'leaving') return
    if (isFramed()) return
    if (this.request.form.holdsApiKey()) {
      this.request.refuseKey()
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
    await this.sendNow(false)
  }

  cancel(): void {
    this.controller?.abort()
  }

  dismiss(): void {
    if (this.phase.peek() === 'asking') this.phase.value = 'idle'
  }

  private async sendNow(mayRepeat: boolean): Promise<void> {
    const built = this.request.built.peek()
    if ('error' in built) return
    const printable = this.request.printable.peek()
    const environment = this.model.environment.peek().name
    const controller = new AbortController()
    const started = performance.now()
    const isSignedIn = this.session.current.peek() !== undefined
    const call = {
      authorized: isSignedIn,
      request: 'request' in printable ? printable.request : undefined,
      form: this.request.form.save(environment, false),
      mayRepeat,
    }
    const timer = setInterval(() => {
      this.waiting.value = performance.now() - started
    }, 100)
    this.controller = controller
    batch(() => {
      this.phase.value = 'sending'
      this.waiting.value = 0
      this.answer.clear()
    })
    try {
      const [vault] = await Promise.all([this.session.connect(), this.answer.prepare()])
      if (controller.signal.aborted) throw new SendFailure('cancelled', 'Cancelled.')
      const left = performance.now()
      const answer = await vault.send(
        {
          environment,
          request: built.request,
          authorize: !this.session.isOpen || isSignedIn,
        },
        controller.signal,
      )
      await this.answer.take(answer, { ...call, started: left })
      if (answer.head.status === 401) await this.session.refresh()
    } catch (cause) {
      this.answer.fail(cause instanceof SendFailure ? cause : notMade(cause), call)
    } finally {
      clearInterval(timer)
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
