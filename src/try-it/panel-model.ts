import { batch, type Signal, signal } from '@preact/signals'
import type { Environment } from '../site.ts'
import { AnswerState } from './answer/answer-state.ts'
import type { NextPage } from './answer/next-page.ts'
import { HistoryState } from './history/history-state.ts'
import type { PanelOperation } from './operation.ts'
import type { Phase } from './phase.ts'
import type { Form } from './request/form.ts'
import type { FormParts } from './request/load-parts.ts'
import { RequestState } from './request/request-state.ts'
import { Sending } from './sending/sending.ts'
import { chosenEnvironment, rememberEnvironment } from './session/environment.ts'
import { hasHomecoming, nothing, SessionState } from './session/session-state.ts'

/** Everything behind the panel of one page, a part for each thing it is about. */
export class PanelModel {
  readonly operation: PanelOperation
  /** Name of the service, as in "Sign in with …". */
  readonly title: string
  /** Of the page's `answers.json`. */
  readonly answersAddress: string
  readonly environment: Signal<Environment>
  readonly phase = signal<Phase>('idle')
  /** Code of the form that only some operations need. */
  readonly parts: FormParts
  readonly request: RequestState
  readonly session: SessionState
  readonly answer: AnswerState
  readonly history: HistoryState
  readonly sending: Sending

  constructor(
    operation: PanelOperation,
    title: string,
    answersAddress: string,
    parts: FormParts = {},
  ) {
    this.operation = operation
    this.title = title
    this.answersAddress = answersAddress
    this.parts = parts
    this.environment = signal(chosenEnvironment())
    this.request = new RequestState(operation, this.environment, this.phase, parts)
    this.session = new SessionState(operation, this.environment)
    this.answer = new AnswerState(this)
    this.history = new HistoryState(this)
    this.sending = new Sending(this)
  }

  get form(): Form {
    return this.request.form
  }

  get built(): RequestState['built'] {
    return this.request.built
  }

  get tried(): RequestState['tried'] {
    return this.request.tried
  }

  /** Takes up what a sign-in left for this page, or asks the vault who is signed in. */
  async start(): Promise<void> {
    if (hasHomecoming()) {
      const { comeBack } = await import('./session/sign-in-trip.ts')
      await comeBack(this)
    } else await this.session.refreshIfHinted()
    await this.history.start()
  }

  useEnvironment(environment: Environment): void {
    if (environment.name === this.environment.peek().name) return
    batch(() => {
      this.environment.value = environment
      this.session.current.value = undefined
      this.session.notice.value = nothing
      this.answer.clear()
    })
    rememberEnvironment(environment)
    void this.session.refreshIfHinted()
  }

  /** @param repeat Make the call once the reader is back. */
  async signIn(scopes: readonly string[], repeat = false): Promise<void> {
    const { leave } = await import('./session/sign-in-trip.ts')
    await leave(this, scopes, repeat)
  }

  /** Fills in what leads to the next page, and sends. */
  async followPage({ query }: NextPage): Promise<void> {
    for (const [name, value] of query) {
      const field = this.form.fields.find(({ key }) => key === `query:${name}`)
      if (field) field.value.value = value
    }
    await this.sending.send()
  }

  async signOut(): Promise<void> {
    await this.session.signOut()
    this.history.clear()
    this.answer.clear()
  }
}
