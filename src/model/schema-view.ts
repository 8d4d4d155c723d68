import { child, isObject } from '../document/index.ts'
import type { Anchors } from './anchor.ts'
import { type Direction, isLeftOut } from './direction.ts'
import type { AlternativesView, PropertyView, SchemaView } from './operation.ts'
import { nameIn, plainView } from './plain-view.ts'
import { partInWords } from './schema-part.ts'
import { isRequirementOnly, typeWords } from './schema-words.ts'
import type { AlternativeGroup, Schemas, SettledSchema } from './settled-schema.ts'

/** Levels of properties that are written out. */
const deepest = 12
/** Components inside one another that are written out; what lies deeper is linked. */
const deepestNamed = 3
/** Things on a page from where on nested components are linked instead of written out. */
const linkFrom = 120
/** Properties of one view from where on what was shown already is folded. */
const foldFrom = 150
/** Properties of one view from where on only the outermost ones are written out. */
const mostNested = 800
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
  /** Components it lies in. */
  named?: number
  /** The schemas it lies in, the nearest first. */
  around?: Around
  /** What the schema around an alternative asks for, whichever is chosen. */
  required?: ReadonlySet<string>
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
    const view = plainView(settled, this.#schemas)
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
    const page = this.#schemas.addressOf(settled)
    if (page && place.depth > 0 && this.#isTooMuch(settled, place)) {
      view.elsewhere = page
      return
    }
    if (this.#count >= mostNested && place.depth > 1) {
      this.#omit(settled, view)
      return
    }
    const { anchor, named = 0 } = place
    const shown = { name: settled.name ?? view.title ?? 'the value around it', anchor }
    if (!written) this.#written.set(settled.identity, shown)
    const around: Around = { identity: settled.identity, shown, around: place.around }
    this.#inside(settled, view, { ...place, around, named: page ? named + 1 : named })
  }

  /** True where a component is better read on its own page. */
  #isTooMuch(settled: SettledSchema, { named = 0 }: Place): boolean {
    if (settled.properties.size === 0 && settled.alternatives.length === 0) return false
    return named >= deepestNamed || (named > 0 && this.#anchors.count >= linkFrom)
  }

  #omit(settled: SettledSchema, view: SchemaView): void {
    if (settled.properties.size > 0) view.omitted = settled.properties.size
  }

  #inside(settled: SettledSchema, view: SchemaView, place: Place): void {
    const { steps, depth } = place
    view.properties = this.#properties(settled, view, place)
    if (settled.items !== undefined && !settled.prefixItems) {
      view.items = this.#begin(settled.items, place)
    }
    const { additionalProperties: more } = settled
    if (isObject(more) && Object.keys(more).length > 0) {
      const inside = { ...place, steps: [...steps, '*'], depth: depth + 1 }
      view.additionalProperties = this.#begin(more, inside)
    }
    const required = new Set([...settled.required, ...(place.required ?? [])])
    const alternatives = settled.alternatives
      .filter(({ options }) => !isRequirementOnly(options) && !view.enum)
      .map((group) => this.#alternatives(group, { ...place, required }))
    if (alternatives.length > 0) view.alternatives = alternatives
    if (settled.parts.length === 0) return
    view.parts = settled.parts.map((part) => {
      const step = part.property === undefined ? part.kind : `${part.kind}.${part.property}`
      const steps = [...place.steps, `*${step}`]
      const anchor = this.#anchors.for(steps)
      const inside = { ...place, steps, anchor, depth: depth + 1 }
      return { words: partInWords(part), anchor, schema: this.#begin(part.raw, inside) }
    })
  }

  #alternatives(group: AlternativeGroup, place: Place): AlternativesView {
    const { kind, options, discriminator, mapping } = group
    const names = namesOf(options, this.#schemas)
    return {
      kind,
      ...(discriminator !== undefined && { discriminator }),
      options: options.map((raw, index) => {
        const settled = this.#schemas.settle(raw)
        const name = names[index] ?? ''
        const steps = [...place.steps, name]
        const anchor = this.#anchors.for([...place.steps, `*${name}`])
        const schema = this.#begin(raw, { ...place, steps, anchor, depth: place.depth + 1 })
        const values =
          discriminator === undefined
            ? []
            : discriminatorValues(raw, settled, discriminator, mapping)
        return {
          label: schema.title ?? settled.name ?? schema.type,
          values,
          anchor,
          schema,
        }
      }),
    }
  }

  #properties(settled: SettledSchema, view: SchemaView, place: Place): PropertyView[] {
    const properties: PropertyView[] = []
    const add = (
      name: string,
      raw: unknown,
      required: boolean,
      kind?: PropertyView['kind'],
    ): void => {
      if (this.#isHidden(raw)) return
      if (this.#count >= most) {
        view.omitted = (view.omitted ?? 0) + 1
        return
      }
      this.#count += 1
      const steps = [...place.steps, name]
      const anchor = this.#anchors.for(steps)
      const inside = { ...place, steps, anchor, depth: place.depth + 1, required: undefined }
      const schema = this.#begin(raw, inside)
      properties.push({ name, required, ...(kind && { kind }), anchor, schema })
    }
    const required = (name: string): boolean =>
      settled.required.has(name) || (place.required?.has(name) ?? false)
    for (const [name, raw] of settled.properties) add(name, raw, required(name))
    for (const [pattern, raw] of settled.patternProperties) {
      add(`/${pattern}/`, raw, false, 'pattern')
    }
    for (const [index, raw] of (settled.prefixItems ?? []).entries()) {
      add(`${index}`, raw, false, 'item')
    }
    return properties
  }

  #isHidden(raw: unknown): boolean {
    const { keywords } = this.#schemas.settle(raw)
    return keywords['x-internal'] === true || isLeftOut(keywords, this.#direction)
  }
}

/** What the anchors of alternatives are made from: names, or types where those tell them apart. */
function namesOf(options: readonly unknown[], schemas: Schemas): string[] {
  const named = options.map((option) => {
    const settled = schemas.settle(option)
    const { title } = settled.keywords
    return settled.name ?? (typeof title === 'string' ? title : typeWords(settled, schemas))
  })
  return named.map((name, index) => {
    const same = named.filter((other) => other === name).length
    return same === 1
      ? name
      : `${name}${named.slice(0, index + 1).filter((other) => other === name).length}`
  })
}

/** Values of the discriminator that mean an option: mapped, narrowed to, or its name. */
function discriminatorValues(
  raw: unknown,
  settled: SettledSchema,
  discriminator: string,
  mapping: ReadonlyMap<string, string[]>,
): string[] {
  const ref = child(raw, '$ref')
  const name = typeof ref === 'string' ? nameIn(ref) : settled.name
  for (const [target, values] of mapping) if (target === ref || target === name) return values
  const property = settled.properties.get(discriminator)
  const only = child(property, 'const') ?? onlyOf(child(property, 'enum'))
  if (typeof only === 'string') return [only]
  return typeof ref === 'string' && name !== undefined ? [name] : []
}

function onlyOf(values: unknown): unknown {
  return Array.isArray(values) && values.length === 1 ? values[0] : undefined
}

function isComplex(settled: SettledSchema): boolean {
  return (
    settled.properties.size > 0 ||
    settled.patternProperties.size > 0 ||
    settled.items !== undefined ||
    settled.prefixItems !== undefined ||
    settled.alternatives.length > 0 ||
    settled.parts.length > 0 ||
    isObject(settled.additionalProperties)
  )
}
