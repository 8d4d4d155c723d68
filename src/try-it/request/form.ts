import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { MediaTypeDescription, Parameter } from '../../model/operation.ts'
import {
  browserDropsHeader,
  exampleValues,
  isForbiddenHeader,
  isIgnoredHeader,
  isList,
  looksLikeApiKey,
  type ParameterValue,
  parameterKey,
  type RequestValues,
  textsOf,
} from '../../request/index.ts'
import type { PanelOperation } from '../operation.ts'
import { type FieldKind, fieldKind } from './field-kind.ts'
import { type SecretProperty, secretProperties, withoutSecrets, withSecrets } from './secrets.ts'

/** One parameter as it is typed in. */
export interface Field {
  key: string
  parameter: Parameter
  kind: FieldKind
  /** Masked, and kept out of everything that is stored or shown elsewhere. */
  secret: boolean
  /** What single inputs hold; for `pairs`, one `name=value` a line. */
  text: Signal<string>
  /** What `list` and `choices` hold. */
  list: Signal<readonly string[]>
}

/** The form as it travels in a transaction: without anything secret. */
export interface SavedForm {
  operation: string
  environment: string
  parameters: Record<string, string | string[]>
  mediaType?: string
  body?: string
  /** Names of the secrets that were typed; the vault has the values. */
  secretNames: string[]
  /** The call is to be made once the reader is back. */
  repeat: boolean
}

/** What the reader has typed for one operation. */
export class Form {
  readonly operation: PanelOperation
  readonly fields: readonly Field[]
  /** Parameters that a page cannot send. */
  readonly unsendable: readonly Parameter[]
  readonly mediaType: Signal<string>
  readonly body: Signal<string>
  /** Masked fields of the body, by name. */
  readonly bodySecrets: Signal<ReadonlyMap<string, string>>
  readonly media: ReadonlySignal<MediaTypeDescription | undefined>
  readonly secretProperties: ReadonlySignal<SecretProperty[]>
  /** Everything typed, secrets included: what is sent. */
  readonly values: ReadonlySignal<RequestValues>
  /** What the samples may print: secrets give way to what the document's example says. */
  readonly printable: ReadonlySignal<RequestValues>

  constructor(operation: PanelOperation) {
    const example = exampleValues(operation)
    const { sendable, unsendable } = sortParameters(operation.parameters)
    this.operation = operation
    this.unsendable = unsendable
    this.fields = sendable.map((parameter) => createField(parameter, example))
    this.mediaType = signal(example.mediaType ?? operation.requestBody?.content[0]?.mediaType ?? '')
    this.body = signal(example.body ?? '')
    this.bodySecrets = signal(new Map())
    this.media = computed(() =>
      operation.requestBody?.content.find(({ mediaType }) => mediaType === this.mediaType.value),
    )
    this.secretProperties = computed(() =>
      isObjectText(this.media.value) ? secretProperties(this.media.value?.view) : [],
    )
    this.liftSecrets()
    this.values = computed(() => this.read(true))
    this.printable = computed(() => this.read(false))
  }

  /** Moves secrets that were typed into the body's text to their masked fields. */
  liftSecrets(): void {
    const { body, secrets } = withoutSecrets(this.body.peek(), this.secretProperties.peek())
    if (secrets.size === 0) return
    this.body.value = body
    this.bodySecrets.value = new Map([...this.bodySecrets.peek(), ...secrets])
  }

  /** Fills in one of the document's examples of the body. */
  useBodyExample(name: string): void {
    const found = this.media.peek()?.examples.find((example) => example.name === name)
    if (!found) return
    this.body.value = found.text
    this.liftSecrets()
  }

  useMediaType(mediaType: string): void {
    this.mediaType.value = mediaType
    this.body.value = this.media.peek()?.examples[0]?.text ?? ''
    this.liftSecrets()
  }

  /** Empties every field. */
  clear(): void {
    for (const { text, list } of this.fields) {
      text.value = ''
      list.value = []
    }
    this.body.value = ''
    this.bodySecrets.value = new Map()
  }

  /** True when something that looks like an API key got in, in whichever way. */
  holdsApiKey(): boolean {
    const { parameters, body = '' } = this.values.peek()
    return [body, ...Object.values(parameters).flatMap(textsOf)].some(looksLikeApiKey)
  }

  save(environment: string, repeat: boolean): SavedForm {
    this.liftSecrets()
    const parameters = this.fields
      .filter(({ secret }) => !secret)
      .map(
        ({ key, kind, text, list }) =>
          [key, isMultiple(kind) ? [...list.peek()] : text.peek()] as const,
      )
    return {
      operation: this.operation.id,
      environment,
      parameters: Object.fromEntries(parameters),
      mediaType: this.mediaType.peek(),
      body: this.body.peek(),
      secretNames: Object.keys(this.secrets()),
      repeat,
    }
  }

  /** What `save` leaves out, for the vault to keep. */
  secrets(): Record<string, string> {
    const typed = this.fields
      .filter(({ secret, text }) => secret && text.peek() !== '')
      .map(({ key, text }) => [key, text.peek()] as const)
    const inBody = [...this.bodySecrets.peek()]
      .filter(([, secret]) => secret !== '')
      .map(([name, secret]) => [`body:${name}`, secret] as const)
    return Object.fromEntries([...typed, ...inBody])
  }

  restore(saved: SavedForm): void {
    const known = new Map(Object.entries(saved.parameters))
    for (const { key, kind, text, list } of this.fields) {
      const value = known.get(key)
      if (isMultiple(kind) && Array.isArray(value)) list.value = value
      if (!isMultiple(kind) && typeof value === 'string') text.value = value
    }
    const { mediaType, body } = saved
    const described = this.operation.requestBody?.content.some((one) => one.mediaType === mediaType)
    if (mediaType !== undefined && described) this.mediaType.value = mediaType
    if (body !== undefined) this.body.value = body
  }

  /**
   * Puts back what the vault kept, and nothing else: an example must not be sent in its place.
   *
   * @param expected Names of what was handed to the vault.
   * @returns Names of what did not come back and has to be typed again.
   */
  restoreSecrets(secrets: Readonly<Record<string, string>>, expected: readonly string[]): string[] {
    const known = new Map(Object.entries(secrets))
    for (const { key, secret, text } of this.fields) {
      if (secret) text.value = known.get(key) ?? ''
    }
    const inBody = [...known].filter(([name]) => name.startsWith('body:'))
    this.bodySecrets.value = new Map(inBody.map(([name, value]) => [name.slice(5), value]))
    return expected
      .filter((name) => !known.has(name))
      .map((name) => name.slice(name.indexOf(':') + 1))
  }

  private read(withTyped: boolean): RequestValues {
    const parameters: Record<string, ParameterValue> = {}
    for (const field of this.fields) {
      const value = typedValue(field, withTyped)
      if (value !== undefined) parameters[field.key] = value
    }
    const body = this.body.value
    if (!this.operation.requestBody || body === '') return { parameters }
    const properties = this.secretProperties.value
    const secrets = withTyped
      ? this.bodySecrets.value
      : exampleSecrets(this.media.value, properties)
    return {
      parameters,
      mediaType: this.mediaType.value,
      body: withSecrets(body, properties, secrets),
    }
  }
}

/** Reads a form that was stored; anything of another shape or operation is nothing. */
export function readSavedForm(value: unknown, operation: string): SavedForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const record = value as Record<string, unknown>
  const { parameters, mediaType, body, secretNames } = record
  const isOptionalText = (text: unknown) => text === undefined || typeof text === 'string'
  if (
    record.operation !== operation ||
    typeof record.environment !== 'string' ||
    typeof record.repeat !== 'boolean' ||
    typeof parameters !== 'object' ||
    parameters === null ||
    !Object.values(parameters).every(isTextOrTexts) ||
    !Array.isArray(secretNames) ||
    !isTextOrTexts(secretNames) ||
    !isOptionalText(mediaType) ||
    !isOptionalText(body)
  ) {
    return undefined
  }
  return record as unknown as SavedForm
}

export function isMultiple(kind: FieldKind): boolean {
  return kind === 'list' || kind === 'choices'
}

function isTextOrTexts(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((text) => typeof text === 'string')
  return typeof value === 'string'
}

function sortParameters(parameters: readonly Parameter[]) {
  const typed = parameters.filter(
    ({ in: place, name }) =>
      place !== 'header' || !(isIgnoredHeader(name) || isForbiddenHeader(name)),
  )
  const cannotSend = ({ in: place, name }: Parameter) =>
    place === 'cookie' || (place === 'header' && browserDropsHeader(name))
  return {
    sendable: typed.filter((parameter) => !cannotSend(parameter)),
    unsendable: typed.filter(cannotSend),
  }
}

function createField(parameter: Parameter, example: RequestValues): Field {
  const key = parameterKey(parameter)
  const kind = fieldKind(parameter)
  const { secret } = parameter.view
  const value = secret ? undefined : example.parameters[key]
  const list = value !== undefined && isList(value) ? value.map(textOf) : undefined
  return {
    key,
    parameter,
    kind,
    secret,
    text: signal(value === undefined || list ? '' : textOf(value)),
    list: signal(list ?? (isMultiple(kind) && typeof value === 'string' ? [value] : [])),
  }
}

function textOf(value: ParameterValue): string {
  if (typeof value === 'string') return value
  if (isList(value)) return value.map(textOf).join('\n')
  return value.entries.map(([name, one]) => `${name}=${textOf(one)}`).join('\n')
}

function typedValue(field: Field, withTyped: boolean): ParameterValue | undefined {
  const { kind, parameter, secret } = field
  if (isMultiple(kind)) return field.list.value.length > 0 ? field.list.value : undefined
  const typed = field.text.value
  const text = secret && !withTyped && typed !== '' ? (parameter.examples[0]?.text ?? '…') : typed
  if (text === '') return undefined
  if (kind !== 'pairs') return text
  return {
    entries: text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.indexOf('=')
        return at < 0 ? ([line, ''] as const) : ([line.slice(0, at), line.slice(at + 1)] as const)
      }),
  }
}

/** JSON, and the forms that are typed as a JSON object. */
function isObjectText(media: MediaTypeDescription | undefined): boolean {
  const essence = media?.mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
  return (
    /^application\/(json|.+\+json|x-www-form-urlencoded)$/.test(essence) ||
    essence === 'multipart/form-data'
  )
}

function exampleSecrets(
  media: MediaTypeDescription | undefined,
  properties: readonly SecretProperty[],
): Map<string, string> {
  if (properties.length === 0) return new Map()
  return withoutSecrets(media?.examples[0]?.text ?? '', properties).secrets
}
