import { computed, type ReadonlySignal } from '@preact/signals'
import {
  looksLikeApiKey,
  type ParameterValue,
  parameterKey,
  type RequestValues,
  textsOf,
} from '../../request/index.ts'
import type { PanelOperation } from '../operation.ts'
import type { BodyForm } from './body/body-form.ts'
import { ExtraHeaders, isSecretHeader } from './headers/extra-headers.ts'
import { createField, type Field, plainValue, printableValue } from './parameter/field.ts'
import type { SavedForm } from './saved-form.ts'

/** What the reader has typed for one operation. */
export class Form {
  readonly operation: PanelOperation
  readonly fields: readonly Field[]
  /** Parameters that a page cannot send, cookies above all: the samples alone carry them. */
  readonly unsendable: readonly Field[]
  readonly extra = new ExtraHeaders()
  /** Its code is loaded where an operation takes a body. */
  readonly body: BodyForm | undefined
  /** Everything typed, secrets included: what is sent. */
  readonly values: ReadonlySignal<RequestValues>
  /** What the samples may print: secrets give way to what the document's example says. */
  readonly printable: ReadonlySignal<RequestValues>

  constructor(operation: PanelOperation, body?: BodyForm) {
    const { example, fields, parameters } = operation
    this.operation = operation
    const fieldsOf = (keys: readonly string[]): Field[] =>
      parameters
        .filter((parameter) => keys.includes(parameterKey(parameter)))
        .map((parameter) => createField(parameter, example.parameters[parameterKey(parameter)]))
    this.body = body
    this.fields = fieldsOf(fields.sendable)
    this.unsendable = fieldsOf(fields.unsendable)
    this.values = computed(() => this.read(true))
    this.printable = computed(() => this.read(false))
  }

  /** Empties every field. */
  clear(): void {
    for (const { value } of [...this.fields, ...this.unsendable]) value.value = undefined
    this.extra.list.value = []
    this.extra.accept.value = ''
    this.body?.clear()
  }

  /** True when something that looks like an API key got in, in whichever way. */
  holdsApiKey(): boolean {
    const { parameters, body = '', headers = [] } = this.values.peek()
    const unsent = this.unsendable.map(({ value }) => value.peek() ?? '')
    const typed = [...Object.values(parameters), ...unsent].flatMap(textsOf)
    return [body, ...headers.flat(), ...typed].some(looksLikeApiKey)
  }

  save(environment: string, repeat: boolean): SavedForm {
    const parameters = this.kept.flatMap(({ key, secret, value }) => {
      const typed = value.peek()
      return secret || typed === undefined ? [] : [[key, typed] as const]
    })
    const headers = this.extra.list.peek().filter(([name]) => !isSecretHeader(name))
    const accept = this.extra.accept.peek()
    return {
      operation: this.operation.id,
      environment,
      parameters: Object.fromEntries(parameters),
      ...(headers.length > 0 && { headers }),
      ...(accept !== '' && { accept }),
      ...this.body?.save(),
      secretNames: Object.keys(this.secrets()),
      repeat,
    }
  }

  /** What `save` leaves out, for the vault to keep. */
  secrets(): Record<string, string> {
    const typed = this.fields.flatMap(({ key, secret, value }) => {
      const text = value.peek()
      if (!secret || text === undefined || text === '') return []
      return [[key, typeof text === 'string' ? text : JSON.stringify(plainValue(text))] as const]
    })
    const headers = this.extra.list
      .peek()
      .filter(([name, value]) => isSecretHeader(name) && value !== '')
      .map(([name, value]) => [`extra:${name}`, value] as const)
    return Object.fromEntries([...typed, ...headers, ...(this.body?.savedSecrets() ?? [])])
  }

  restore(saved: SavedForm): void {
    const known = new Map(Object.entries(saved.parameters))
    for (const { key, secret, value } of this.kept) {
      if (!secret) value.value = known.get(key)
    }
    this.extra.restore(saved.headers ?? [])
    this.extra.accept.value = saved.accept ?? ''
    this.body?.restore(saved)
  }

  /**
   * Puts back what the vault kept, and nothing else: an example must not be sent in its place.
   *
   * @param expected Names of what was handed to the vault.
   * @returns Names of what did not come back and has to be typed again.
   */
  restoreSecrets(secrets: Readonly<Record<string, string>>, expected: readonly string[]): string[] {
    const known = new Map(Object.entries(secrets))
    for (const { key, secret, value } of this.fields) {
      if (secret) value.value = known.get(key)
    }
    const headers = [...known].filter(([name]) => name.startsWith('extra:'))
    this.extra.restore([
      ...this.extra.list.peek().filter(([name]) => !isSecretHeader(name)),
      ...headers.map(([name, value]) => [name.slice('extra:'.length), value] as const),
    ])
    this.body?.restoreSecrets(known)
    return expected
      .filter((name) => !known.has(name))
      .map((name) => name.slice(name.indexOf(':') + 1))
  }

  /** What may be stored, if it is no secret: of what the samples alone carry, nothing that looks like one. */
  private get kept(): Field[] {
    const unsent = this.unsendable.filter(({ parameter }) => !isSecretHeader(parameter.name))
    return [...this.fields, ...unsent]
  }

  private read(withTyped: boolean): RequestValues {
    const parameters: Record<string, ParameterValue> = {}
    for (const field of this.fields) {
      const value = withTyped ? field.value.value : printableValue(field)
      if (value !== undefined) parameters[field.key] = value
    }
    for (const field of withTyped ? [] : this.unsendable) {
      const value = printableValue(field)
      if (value !== undefined) parameters[field.key] = value
    }
    const headers = withTyped ? this.extra.filled : this.extra.printable
    const accept = this.extra.accept.value
    return {
      parameters,
      ...(headers.length > 0 && { headers }),
      ...(accept !== '' && { accept }),
      ...this.body?.read(withTyped),
    }
  }
}
