import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type ApiRequest, RequestError, serverIn } from '../../request/index.ts'
import type { Environment } from '../../site.ts'
import type { PanelOperation } from '../operation.ts'
import type { Phase } from '../phase.ts'
import { Form } from './form.ts'
import type { FormParts } from './load-parts.ts'
import { refusalOf } from './parameter/field.ts'

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

/** Pending until what builds requests has come. */
export type BuiltRequest = { request: ApiRequest } | { error: RequestError } | { isPending: true }

/** Milliseconds without a key before values are checked against their schemas. */
const pause = 250

/** What has been typed, and the request that comes of it. */
export class RequestState {
  readonly form: Form
  /** What is missing is left out of it: the reader may want to see what the API says to that. */
  readonly built: ReadonlySignal<BuiltRequest>
  /** The request without anything secret: what may be printed and kept. */
  readonly printable: ReadonlySignal<BuiltRequest>
  /** Values that cannot go, by the key of their field: a sentence each. */
  readonly refusals: ReadonlySignal<ReadonlyMap<string, string>>
  /** Values that the API will probably refuse, by the key of their field. */
  readonly warnings: ReadonlySignal<ReadonlyMap<string, string>>
  /** The reader has been told what is doubtful, and may send it all the same. */
  readonly isAnyway: ReadonlySignal<boolean>
  /** What is missing is said once the reader has tried to send. */
  readonly tried = signal(false)
  /** Something that looked like an API key was kept out. */
  readonly keyRefused = signal(false)
  /** What the API said about single fields. */
  readonly told = signal<readonly FieldComplaint[]>([])
  /** Said to those who cannot see what a button has done. */
  readonly said = signal('')
  private readonly operation: PanelOperation
  private readonly environment: ReadonlySignal<Environment>
  private readonly phase: Signal<Phase>
  private readonly missing: ReadonlySignal<ReadonlyMap<string, string>>
  /** Loaded once something is typed or sent: a form that was only opened has no use for it. */
  private readonly builder = signal<typeof import('./builder.ts') | undefined>(undefined)
  /** What the schemas of parameters say to what was typed. */
  private readonly doubts = signal<ReadonlyMap<string, string>>(new Map())

  constructor(
    operation: PanelOperation,
    environment: ReadonlySignal<Environment>,
    phase: Signal<Phase>,
    { body }: FormParts = {},
  ) {
    this.operation = operation
    this.environment = environment
    this.phase = phase
    this.form = new Form(operation, body)
    this.built = computed(() => this.build(this.form.values.value))
    this.printable = computed(() => this.build(this.form.printable.value))
    this.refusals = computed(() => this.findRefusals())
    this.missing = computed(() => this.findMissing())
    this.warnings = computed(
      () => new Map([...this.doubts.value, ...(this.tried.value ? this.missing.value : [])]),
    )
    this.isAnyway = computed(
      () => this.warnings.value.size > 0 || (body?.problems.value.length ?? 0) > 0,
    )
    this.followForm()
    this.checkValues()
  }

  /**
   * Loads what builds requests.
   *
   * @throws It could not be loaded; the next time it is tried again.
   */
  async prepare(): Promise<void> {
    this.builder.value ??= await import('./builder.ts')
  }

  /**
   * Asked before a request leaves: shows what is wrong with it.
   *
   * @returns It can go, and nothing is missing that the reader has not been told of.
   */
  mayLeave(): boolean {
    const wasTold = this.tried.peek()
    this.tried.value = true
    if (this.refusals.peek().size > 0 || !('request' in this.built.peek())) return false
    return wasTold || this.missing.peek().size === 0
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

  forgetRefusal(): void {
    this.keyRefused.value = false
  }

  private build(values: Form['values']['value']): BuiltRequest {
    const builder = this.builder.value
    if (!builder) return { isPending: true }
    try {
      const server = serverIn(this.operation.server, this.environment.value.api)
      return {
        request: builder.buildRequest(this.operation, values, server, { allowMissing: true }),
      }
    } catch (cause) {
      if (cause instanceof RequestError) return { error: cause }
      throw cause
    }
  }

  private findRefusals(): Map<string, string> {
    const { fields, extra } = this.form
    const refusals = new Map<string, string>()
    for (const field of fields) {
      const refusal = refusalOf(field)
      if (refusal) refusals.set(field.key, refusal)
    }
    for (const [index, header] of extra.list.value.entries()) {
      const refusal = this.builder.value?.headerRefusal(header, index)
      if (refusal) refusals.set(`extra:${index}`, refusal)
    }
    const built = this.built.value
    if (refusals.size === 0 && 'error' in built) {
      refusals.set(built.error.field, built.error.message)
    }
    return refusals
  }

  private findMissing(): Map<string, string> {
    const { fields, body } = this.form
    const missing = fields
      .filter(({ parameter, value }) => parameter.required && value.value === undefined)
      .map(({ key, parameter }) => [key, `${parameter.name} is needed.`] as const)
    const values = this.form.values.value
    const hasBody = values.body !== undefined || values.files !== undefined
    return new Map([
      ...missing,
      ...(body?.isRequired && !hasBody ? [['body', 'This request needs a body.'] as const] : []),
    ])
  }

  /** Once something was typed, by a checker that is loaded for it. */
  private checkValues(): void {
    let isFirst = true
    let latest = 0
    effect(() => {
      const values = this.form.fields.map((field) => [field, field.value.value] as const)
      latest += 1
      const mine = latest
      if (isFirst) {
        isFirst = false
        return
      }
      const timer = setTimeout(async () => {
        const { doubtsAbout } = await import('./parameter/check-parameter.ts')
        if (latest === mine) this.doubts.value = doubtsAbout(values)
      }, pause)
      return () => clearTimeout(timer)
    })
  }

  /** Whatever changes what the samples show. */
  private typed(): unknown[] {
    const { values, unsendable } = this.form
    return [
      values.value,
      this.environment.value.name,
      ...unsendable.map(({ value }) => value.value),
    ]
  }

  /** Tells the samples of the page what has been typed. */
  private followForm(): void {
    const first = this.form.printable.peek()
    const begun = this.typed()
    let tell: ((printable: () => BuiltRequest) => () => void) | undefined
    effect(() => {
      const isTouched = this.typed().some((one, index) => one !== begun[index])
      const builder = this.builder.value
      if (builder) {
        // The samples already show what the form began with.
        tell ??= builder.samplesTeller(this.build(first))
        return tell(() => this.printable.peek())
      }
      // Nobody waits for it: with the next key, or with Send, it is tried again.
      if (isTouched) this.prepare().catch(() => {})
      return undefined
    })
  }
}
