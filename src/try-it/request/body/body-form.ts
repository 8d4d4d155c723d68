import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { MediaTypeDescription, RequestBodyDescription } from '../../../model/operation.ts'
import { type BodyFile, essenceOf, type RequestValues } from '../../../request/index.ts'
import type { PanelOperation } from '../../operation.ts'
import type { SavedForm } from '../saved-form.ts'
import type { BodyProblem } from './check-body.ts'
import type { SecretProperty } from './secrets.ts'

/** Code that keeps secrets out of a text; loaded where a body has some. */
type SecretKeeper = typeof import('./secrets.ts')

/**
 * How a body is typed: as JSON; as the fields of a form, which are written as a JSON object; as a
 * text of its own kind; or as a file.
 */
export type BodyKind = 'json' | 'fields' | 'text' | 'file'

/** What the reader has typed into the body of a request. */
export class BodyForm {
  readonly description: RequestBodyDescription
  readonly mediaType: Signal<string>
  readonly text: Signal<string>
  /** An optional body may stay at home. */
  readonly isLeftOut = signal(false)
  /** By the name of their part; under the empty name, the whole body. */
  readonly files: Signal<Readonly<Record<string, readonly BodyFile[]>>> = signal({})
  /** Parts whose files were there when the form was kept, and have to be chosen again. */
  readonly filesLeftOut: Signal<readonly string[]> = signal([])
  /** Masked fields, by name. */
  readonly secrets: Signal<ReadonlyMap<string, string>> = signal(new Map())
  /** What the schema says about the text. */
  readonly problems: Signal<readonly BodyProblem[]> = signal([])
  /** Edited as text, or as a form made from the schema. */
  readonly face: Signal<'text' | 'form'>
  readonly media: ReadonlySignal<MediaTypeDescription | undefined>
  readonly kind: ReadonlySignal<BodyKind>
  readonly secretProperties: ReadonlySignal<SecretProperty[]>
  private readonly keeper: SecretKeeper | undefined

  constructor(
    description: RequestBodyDescription,
    operation: PanelOperation,
    keeper: SecretKeeper | undefined,
  ) {
    const { example } = operation
    this.description = description
    this.keeper = keeper
    this.mediaType = signal(example.mediaType ?? description.content[0]?.mediaType ?? '')
    this.text = signal(example.body ?? '')
    this.media = computed(() =>
      description.content.find(({ mediaType }) => mediaType === this.mediaType.value),
    )
    this.kind = computed(() => kindOf(this.media.value))
    // Nobody writes the fields of a form as JSON by choice, and files have no text.
    this.face = signal(this.kind.peek() === 'fields' ? 'form' : 'text')
    this.secretProperties = computed(() =>
      keeper && (this.kind.value === 'json' || this.kind.value === 'fields')
        ? keeper.secretProperties(this.media.value?.view)
        : [],
    )
    this.liftSecrets()
  }

  get isRequired(): boolean {
    return this.description.required
  }

  /** Moves secrets that were typed into the text to their masked fields. */
  liftSecrets(): void {
    if (!this.keeper) return
    const properties = this.secretProperties.peek()
    const { body, secrets } = this.keeper.withoutSecrets(this.text.peek(), properties)
    if (secrets.size === 0) return
    this.text.value = body
    this.secrets.value = new Map([...this.secrets.peek(), ...secrets])
  }

  /** Fills in one of the document's examples. */
  useExample(name: string): void {
    const found = this.media.peek()?.examples.find((example) => example.name === name)
    if (!found) return
    this.text.value = found.text
    this.liftSecrets()
  }

  useMediaType(mediaType: string): void {
    this.mediaType.value = mediaType
    this.text.value = this.media.peek()?.examples[0]?.text ?? ''
    this.files.value = {}
    this.filesLeftOut.value = []
    if (this.kind.peek() === 'fields') this.face.value = 'form'
    this.liftSecrets()
  }

  clear(): void {
    this.text.value = ''
    this.secrets.value = new Map()
    this.files.value = {}
    this.filesLeftOut.value = []
    this.isLeftOut.value = false
  }

  /** @param files None takes the part away. */
  useFiles(name: string, files: readonly BodyFile[]): void {
    const { [name]: _, ...others } = this.files.peek()
    this.files.value = files.length > 0 ? { ...others, [name]: files } : others
    this.filesLeftOut.value = this.filesLeftOut.peek().filter((part) => part !== name)
  }

  read(withTyped: boolean): Pick<RequestValues, 'mediaType' | 'body' | 'files'> {
    if (this.isLeftOut.value) return {}
    const files = this.files.value
    const mediaType = this.mediaType.value
    if (files['']) return { mediaType, files }
    const text = this.text.value
    const hasFiles = Object.keys(files).length > 0
    if (text === '') return hasFiles ? { mediaType, files } : {}
    return {
      mediaType,
      body: this.withSecrets(text, withTyped),
      ...(hasFiles && { files }),
    }
  }

  save(): Pick<SavedForm, 'mediaType' | 'body' | 'bodyLeftOut' | 'filesLeftOut'> {
    this.liftSecrets()
    const withFiles = [...Object.keys(this.files.peek()), ...this.filesLeftOut.peek()]
    return {
      mediaType: this.mediaType.peek(),
      body: this.text.peek(),
      ...(this.isLeftOut.peek() && { bodyLeftOut: true }),
      ...(withFiles.length > 0 && { filesLeftOut: withFiles }),
    }
  }

  /** What `save` leaves out, by names that begin with `body:`. */
  savedSecrets(): [name: string, secret: string][] {
    return [...this.secrets.peek()]
      .filter(([, secret]) => secret !== '')
      .map(([name, secret]) => [`body:${name}`, secret])
  }

  restore({ mediaType, body, bodyLeftOut = false, filesLeftOut = [] }: SavedForm): void {
    const described = this.description.content.some((one) => one.mediaType === mediaType)
    if (mediaType !== undefined && described) this.mediaType.value = mediaType
    if (body !== undefined) this.text.value = body
    this.isLeftOut.value = bodyLeftOut && !this.isRequired
    // Files of another request must not go with this one.
    this.files.value = {}
    this.filesLeftOut.value = filesLeftOut
    if (this.kind.peek() === 'fields') this.face.value = 'form'
  }

  restoreSecrets(known: ReadonlyMap<string, string>): void {
    const own = [...known].filter(([name]) => name.startsWith('body:'))
    if (own.length === 0 && this.secrets.peek().size === 0) return
    this.secrets.value = new Map(own.map(([name, value]) => [name.slice('body:'.length), value]))
  }

  /** @param withTyped Those that were typed; else what the document's example says. */
  private withSecrets(text: string, withTyped: boolean): string {
    const properties = this.secretProperties.value
    if (!this.keeper || properties.length === 0) return text
    const example = this.media.value?.examples[0]?.text ?? ''
    const secrets = withTyped
      ? this.secrets.value
      : this.keeper.withoutSecrets(example, properties).secrets
    return this.keeper.withSecrets(text, properties, secrets)
  }
}

function kindOf(media: MediaTypeDescription | undefined): BodyKind {
  if (!media) return 'text'
  const essence = essenceOf(media.mediaType)
  if (/^application\/x-www-form-urlencoded$|^multipart\/form-data$/.test(essence)) return 'fields'
  if (/^[^/]+\/(.+\+)?json$/.test(essence)) return 'json'
  if (/^text\/|[/+](xml|yaml|x-yaml|javascript|graphql|x-ndjson|jsonl|json-seq)$/.test(essence)) {
    return 'text'
  }
  return 'file'
}
