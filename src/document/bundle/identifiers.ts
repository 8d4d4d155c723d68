import { pathToFileURL } from 'node:url'
import { child, formatPointer } from '../pointer.ts'
import type { Source } from '../source.ts'

/** A part of a file with an address of its own: the file, or a schema with an `$id`. */
export interface Resource {
  /** What references inside it are relative to. */
  base: string
  steps: readonly string[]
  /** Steps of `$anchor` and `$dynamicAnchor`, by name. */
  anchors: Map<string, readonly string[]>
}

/**
 * The addresses that the parts of a file give themselves: `$self`, `$id`, `$anchor` and
 * `$dynamicAnchor`.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2
 */
export class Identifiers {
  readonly root: Resource
  /** By pointer; without the root, whose address is not always its own choice. */
  readonly #resources = new Map<string, Resource>()
  /** `$dynamicAnchor`s by the pointer of the schema that may override others' with them. */
  readonly #dynamic = new Map<string, Map<string, readonly string[]>>()

  constructor(source: Source) {
    const base = pathToFileURL(source.path).href
    this.root = { base, steps: [], anchors: new Map() }
    const self = child(source.value, '$self')
    if (typeof self === 'string') this.root.base = resolveUri(self, base) ?? base
    if (/\$(?:id|anchor|dynamicAnchor)\b/.test(source.text)) this.#read(source.value)
  }

  /** Every address in the file, absolute and without a fragment. */
  *addresses(): Generator<[uri: string, resource: Resource]> {
    yield [this.root.base, this.root]
    for (const resource of this.#resources.values()) yield [resource.base, resource]
  }

  /** The innermost part that a place lies in. */
  resourceOf(steps: readonly string[]): Resource {
    if (this.#resources.size === 0) return this.root
    for (let length = steps.length; length >= 0; length -= 1) {
      const found = this.#resources.get(formatPointer(steps.slice(0, length)))
      if (found) return found
    }
    return this.root
  }

  get hasDynamicAnchors(): boolean {
    return this.#dynamic.size > 0
  }

  /** The dynamic anchors that an evaluation meets on its way into a place. */
  dynamicAnchors(steps: readonly string[]): ReadonlyMap<string, readonly string[]> {
    for (let length = steps.length; length >= 0; length -= 1) {
      const unit = steps.slice(0, length)
      const found = this.#dynamic.get(formatPointer(unit))
      if (found) return found
      if (length > 0 && isUnit(unit)) break
    }
    return nothing
  }

  #read(root: unknown): void {
    const waiting: Waiting[] = [{ value: root, steps: [], resource: this.root, unit: [] }]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { value, steps } = next
      let { resource, unit } = next
      if (typeof value !== 'object' || value === null) continue
      const id = child(value, '$id')
      if (typeof id === 'string' && !id.startsWith('#')) {
        const base = resolveUri(id, resource.base)
        if (base !== undefined) {
          resource = { base, steps, anchors: new Map() }
          this.#resources.set(formatPointer(steps), resource)
          unit = steps
        }
      } else if (isUnit(steps)) unit = steps
      this.#noteAnchors(value, steps, resource, unit)
      for (const [key, item] of Object.entries(value)) {
        if (typeof item !== 'object' || (data.has(key) && !named.has(steps.at(-1) ?? ''))) continue
        waiting.push({ value: item, steps: [...steps, key], resource, unit })
      }
    }
  }

  #noteAnchors(
    value: object,
    steps: readonly string[],
    resource: Resource,
    unit: readonly string[],
  ): void {
    const anchor = child(value, '$anchor')
    if (typeof anchor === 'string') resource.anchors.set(anchor, steps)
    const dynamic = child(value, '$dynamicAnchor')
    if (typeof dynamic !== 'string') return
    if (!resource.anchors.has(dynamic)) resource.anchors.set(dynamic, steps)
    const pointer = formatPointer(unit)
    const known = this.#dynamic.get(pointer)
    if (known) known.set(dynamic, steps)
    else this.#dynamic.set(pointer, new Map([[dynamic, steps]]))
  }
}

interface Waiting {
  value: unknown
  steps: readonly string[]
  resource: Resource
  unit: readonly string[]
}

const nothing: ReadonlyMap<string, readonly string[]> = new Map()

/** Keys that hold data, in which an `$id` names nothing. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const', 'value'])

/** Keys whose own keys are the author's names. */
const named = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'schemas'])

/**
 * A component counts as a unit of its own even without an `$id`: strictly, all of a document is one
 * resource, in which no two dynamic anchors may share a name, but authors let them.
 */
function isUnit(steps: readonly string[]): boolean {
  return (
    (steps.length === 3 && steps[0] === 'components' && steps[1] === 'schemas') ||
    (steps.length === 2 && steps[0] === 'definitions')
  )
}

/** An absolute address without its fragment; nothing where the text is none. */
export function resolveUri(reference: string, base: string): string | undefined {
  if (!URL.canParse(reference, base)) return undefined
  const url = new URL(reference, base)
  url.hash = ''
  return url.href
}
