import { batch, signal } from '@preact/signals'
import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import type { SendFailure } from '../../oauth/vault/send-failure.ts'
import type { ApiRequest } from '../../request/index.ts'
import type { PanelModel } from '../panel-model.ts'
import type { SavedForm } from '../request/saved-form.ts'
import type { AnswerView } from './answer-view.ts'

/** A call as it was made. */
export interface SentCall {
  /** Without what is secret: what may be printed and kept. */
  request: ApiRequest | undefined
  form: SavedForm
  /** A token went with it. */
  authorized: boolean
  /** It may be offered again after a sign-in. */
  mayRepeat: boolean
}

export interface ReceivedCall extends SentCall {
  /** When it left, by `performance.now()`. */
  started: number
}

/** What came back, or as much of it as has come. */
export class AnswerState {
  readonly view = signal<AnswerView | undefined>(undefined)
  private readonly model: PanelModel
  private readMore: (() => Promise<void>) | undefined

  constructor(model: PanelModel) {
    this.model = model
  }

  clear(): void {
    batch(() => {
      this.view.value = undefined
      this.model.request.told.value = []
    })
  }

  /** Loads what an answer is taken in with, before anything is sent that could not be shown. */
  async prepare(): Promise<void> {
    await import('./take-answer.ts')
  }

  fail(failure: SendFailure, call: SentCall): void {
    this.view.value = { kind: 'failure', failure, request: call.request }
    import('../failure/look-into.ts').then(
      ({ lookInto }) => lookInto(this.model, failure, call),
      () => {
        // The network that failed the call may fail this page too. What is known is shown already.
      },
    )
  }

  /** Shows an answer of the past. */
  show(view: AnswerView): void {
    this.readMore = undefined
    this.view.value = view
  }

  /** Reads an answer to its end, or until its size makes it stop. */
  async take(answer: RemoteAnswer, call: ReceivedCall): Promise<void> {
    const { takeAnswer } = await import('./take-answer.ts')
    this.readMore = await takeAnswer(this.model, answer, call)
  }

  /** Goes on reading an answer that was stopped for its size. */
  async continueReading(): Promise<void> {
    const { phase } = this.model
    if (phase.peek() !== 'idle') return
    phase.value = 'sending'
    await this.readMore?.()
    phase.value = 'idle'
  }
}
