import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type ApiRequest, buildRequest, RequestError, serverFor } from '../../request/index.ts'
import type { Environment } from '../../site.ts'
import type { PanelOperation } from '../operation.ts'
import type { Phase } from '../phase.ts'
import { Form, readSavedForm, type SavedForm } from './form.ts'

/** What an answer blamed on one field. */
export interface FieldComplaint {
  /** Key of the field; `body` for anything in the body. */
  key: string
  /** JSON Pointer of the place in the body; empty for a parameter. */
  pointer: string
  /** The same in words. */
  place: string
  message: string
}

export type BuiltRequest = { request: ApiRequest } | { error: RequestError }

/** What has been typed, and the request that comes of it. */
export class RequestState {
  readonly form: Form
  readonly built: ReadonlySignal<BuiltRequest>
  /** Problems are shown once the reader has tried to send. */
  readonly tried = signal(false)
  /** Something that looked like an API key was kept out. */
  readonly keyRefused = signal(false)
  /** What the API said about single fields. */
  readonly told = signal<readonly FieldComplaint[]>([])
  /** The request without anything secret: what may be printed and kept. */
  readonly printable: ReadonlySignal<BuiltRequest>
  private readonly operation: PanelOperation
  private readonly environment: ReadonlySignal<Environment>
  private readonly phase: Signal<Phase>

  constructor(
    operation: PanelOperation,
    environment: ReadonlySignal<Environment>,
    phase: Signal<Phase>,
  ) {
    this.operation = operation
    this.environment = environment
    this.phase = phase
    this.form = new Form(operation)
    this.built = computed(() => this.build(this.form.values.value))
    this.printable = computed(() => this.build(this.form.printable.value))
    this.followForm()
  }

  /** Keeps an API key out and says so. */
  refuseKey(): void {
    batch(() => {
      this.keyRefused.value = true
      if (this.phase.peek() === 'asking') this.phase.value = 'idle'
    })
  }

  /** What the API said about one field, by its key. */
  toldAbout(key: string): readonly FieldComplaint[] {
    return this.told.value.filter((complaint) => complaint.key === key)
  }

  /** Reads a form that was stored or came with a link. */
  readForm(value: unknown): SavedForm | undefined {
    return readSavedForm(value, this.operation.id)
  }

  forgetRefusal(): void {
    this.keyRefused.value = false
  }

  /** The call as a terminal makes it, with the key in a variable. */
  get curlHint(): string {
    const { method, path, server, credentials } = this.operation
    const built = this.built.peek()
    const url =
      'request' in built ? built.request.url : serverFor(server, this.environment.peek().api) + path
    const key = credentials.find(({ kind }) => kind === 'apiKey')
    const option = method === 'GET' ? '' : `-X ${method} `
    const header = key ? `${key.header}: ${key.prefix}$${key.variable}` : 'x-api-key: $API_KEY'
    return `curl ${option}'${url.replaceAll("'", '%27')}' -H "${header}"`
  }

  private build(values: Form['values']['value']): BuiltRequest {
    try {
      const server = serverFor(this.operation.server, this.environment.value.api)
      return { request: buildRequest(this.operation, values, server) }
    } catch (cause) {
      if (cause instanceof RequestError) return { error: cause }
      throw cause
    }
  }

  /** Tells the samples of the page what has been typed. */
  private followForm(): void {
    let last: string | undefined
    effect(() => {
      const built = this.printable.value
      if ('error' in built) return
      const now = JSON.stringify(built.request)
      // The samples already show what the form begins with.
      if (last !== undefined && last !== now) {
        document.dispatchEvent(new CustomEvent('request-change', { detail: built.request }))
      }
      last = now
    })
  }
}
