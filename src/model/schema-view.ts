import { child, isObject } from '../document/index.ts'
import type { Anchors } from './anchor.ts'
import type { PropertyView, SchemaView } from './operation.ts'
import { factsOf, isRequirementOnly, typeWords } from './schema-words.ts'
import type { Schemas, SettledSchema } from './settled-schema.ts'

/** Who reads: a request does not show what only the server sets, nor an answer what is only sent. */
export type Direction = 'request' | 'response'

/** Levels of properties that are written out. */
const deepest = 12
/** Properties of one view from where on what was shown already is folded. */
const foldFrom = 150
/** Properties of one view from where on only the outermost ones are written out. */
const mostNested = 400
/** Properties of one view, all levels together. */
const most = 2000

/**
 * Describes a schema as a reader sees it.
 *
 * @param steps What the anchors inside it begin with, e.g. `['response', '200']`.
 * @param anchor Anchor of the place itself.
 */
export function viewSchema(
  raw: unknown,
  schemas: Schemas,
  direction: Direction,
  anchors: Anchors,
  steps: readonly string[],
  anchor: string,
): SchemaView {
  return new Viewer(schemas, direction, anchors).view(raw, { steps, anchor, depth: 0 })
}

/** Where a schema stands on the page. */
interface Place {
  steps: readonly string[]
  /** Of the nearest thing around it that has one. */
  anchor: string
  depth: number
  /** The schemas it lies in, the nearest first. */
  around?: Around
}

interface Around {
  identity: object
  shown: Shown
  around?: Around
}

interface Shown {
  name: string
  anchor: string
}

/**
 * Works level by level: where a schema is too large for a page, its outer parts are there, and what
 * is folded leads to the outermost place of its kind.
 */
class Viewer {
  readonly #schemas: Schemas
  readonly #direction: Direction
  readonly #anchors: Anchors
  readonly #waiting: { settled: SettledSchema; view: SchemaView; place: Place }[] = []
  /** Schemas that are written out somewhere. */
  readonly #written = new Map<object, Shown>()
  #count = 0

  constructor(schemas: Schemas, direction: Direction, anchors: Anchors) {
    this.#schemas = schemas
    this.#direction = direction
    this.#anchors = anchors
  }

  view(raw: unknown, place: Place): SchemaView {
    const view = this.#begin(raw, place)
    // The list grows while it is worked off.
    for (const { settled, view, place } of this.#waiting) this.#expand(settled, view, place)
    return view
  }

  /** The schema itself; what lies inside it waits for its turn. */
  #begin(raw: unknown, place: Place): SchemaView {
    const settled = this.#schemas.settle(raw)
    const view = this.#plain(settled)
    if (!isComplex(settled)) return view
    for (let outer = place.around; outer; outer = outer.around) {
      if (outer.identity === settled.identity) return { ...view, recursion: outer.shown }
    }
    if (place.depth < deepest) this.#waiting.push({ settled, view, place })
    else this.#omit(settled, view)
    return view
  }

  #expand(settled: SettledSchema, view: SchemaView, place: Place): void {
    const written = this.#written.get(settled.identity)
    if (written && this.#count >= foldFrom && settled.properties.size > 3 && place.depth > 0) {
      view.recursion = written
      return
    }
    if (this.#count >= mostNested && place.depth > 1) {
      this.#omit(settled, view)
      return
    }
    const { anchor } = place
    const shown = { name: settled.name ?? view.title ?? 'the value around it', anchor }
    if (!written) this.#written.set(settled.identity, shown)
    const around: Around = { identity: settled.identity, shown, around: place.around }
    this.#inside(settled, view, { ...place, around })
  }

  #omit(settled: SettledSchema, view: SchemaView): void {
    if (settled.properties.size > 0) view.omitted = settled.properties.size
  }

  #inside(settled: SettledSchema, view: SchemaView, place: Place): void {
    const { steps, depth } = place
    view.properties = this.#properties(settled, view, place)
    if (settled.items !== undefined) view.items = this.#begin(settled.items, place)
    const { additionalProperties: more, alternatives } = settled
    if (isObject(more) && Object.keys(more).length > 0) {
      const inside = { ...place, steps: [...steps, '*'], depth: depth + 1 }
      view.additionalProperties = this.#begin(more, inside)
    }
    if (!alternatives || isRequirementOnly(alternatives.options)) return
    view.alternatives = {
      kind: alternatives.kind,
      options: alternatives.options.map((option, index) => {
        const name = this.#schemas.settle(option).name ?? child(option, 'title')
        const step = typeof name === 'string' ? name : `option${index + 1}`
        return this.#begin(option, { ...place, steps: [...steps, step], depth: depth + 1 })
      }),
      ...(alternatives.discriminator !== undefined && {
        discriminator: alternatives.discriminator,
      }),
    }
  }

  #properties(settled: SettledSchema, view: SchemaView, place: Place): PropertyView[] {
    const properties: PropertyView[] = []
    const add = (name: string, raw: unknown, required: boolean): void => {
      if (this.#isHidden(raw)) return
      if (this.#count >= most) {
        view.omitted = (view.omitted ?? 0) + 1
        return
      }
      this.#count += 1
      const steps = [...place.steps, name]
      const anchor = this.#anchors.for(steps)
      const schema = this.#begin(raw, { ...place, steps, anchor, depth: place.depth + 1 })
      properties.push({ name, required, anchor, schema })
    }
    for (const [name, raw] of settled.properties) add(name, raw, settled.required.has(name))
    for (const [pattern, raw] of settled.patternProperties) add(`/${pattern}/`, raw, false)
    for (const [index, raw] of (settled.prefixItems ?? []).entries()) add(`${index}`, raw, false)
    return properties
  }

  #isHidden(raw: unknown): boolean {
    const { keywords } = this.#schemas.settle(raw)
    return keywords[this.#direction === 'request' ? 'readOnly' : 'writeOnly'] === true
  }

  #plain(settled: SettledSchema): SchemaView {
    const { keywords } = settled
    const { document } = this.#schemas
    const text = (key: string): string | undefined => {
      const value = keywords[key]
      return typeof value === 'string' && value !== '' ? value : undefined
    }
    const values = enumOf(settled, this.#schemas)
    const view: SchemaView = {
      type: typeWords(settled, this.#schemas),
      description: text('description') ?? '',
      nullable: settled.nullable,
      facts: factsOf(settled, document),
      examples: examplesOf(keywords).map((value) => document.jsonText(value)),
      deprecated: keywords.deprecated === true,
      readOnly: keywords.readOnly === true,
      writeOnly: keywords.writeOnly === true,
      internal: keywords['x-internal-field'] === true,
      secret: keywords.format === 'password' || keywords['x-secret'] === true,
      properties: [],
    }
    if (settled.name !== undefined) view.name = settled.name
    const title = text('title')
    if (title !== undefined) view.title = title
    const format = text('format')
    if (format !== undefined) view.format = format
    if (keywords.default !== undefined) view.default = document.jsonText(keywords.default)
    if (keywords.const !== undefined) view.const = document.jsonText(keywords.const)
    if (values) view.enum = values
    return view
  }
}

function isComplex(settled: SettledSchema): boolean {
  return (
    settled.properties.size > 0 ||
    settled.patternProperties.size > 0 ||
    settled.items !== undefined ||
    settled.prefixItems !== undefined ||
    settled.alternatives !== undefined ||
    isObject(settled.additionalProperties)
  )
}

function enumOf(settled: SettledSchema, schemas: Schemas): SchemaView['enum'] | undefined {
  const { keywords } = settled
  const texts = keywords['x-enum-descriptions'] ?? keywords['x-enumDescriptions']
  if (!Array.isArray(keywords.enum)) return undefined
  return keywords.enum.map((value: unknown, index) => {
    const shown = typeof value === 'string' ? value : schemas.document.jsonText(value)
    const text = Array.isArray(texts) ? texts[index] : child(texts, shown)
    return { value: shown, description: typeof text === 'string' ? text : '' }
  })
}

/** Examples inside a schema, the older single one first. */
export function examplesOf(keywords: { [key: string]: unknown }): unknown[] {
  const examples = Array.isArray(keywords.examples) ? keywords.examples : []
  return keywords.example === undefined ? examples : [keywords.example, ...examples]
}
