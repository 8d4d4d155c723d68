import { sample } from 'openapi-sampler'
import { isObject, type JsonObject } from '../document/index.ts'
import { type Direction, isLeftOut } from './direction.ts'
import { examplesOf } from './plain-view.ts'
import type { Schemas, SettledSchema } from './settled-schema.ts'

/** Levels of objects and lists in a made-up example. */
const deepest = 8
/** Values in a made-up example. */
const most = 400

/**
 * Makes up a value that a schema allows, for where the document gives no example.
 *
 * @returns `undefined` where none can be made.
 */
export function sampleValue(raw: unknown, schemas: Schemas, direction: Direction): unknown {
  return sampleAs(raw, schemas, direction, 'json')
}

/** The same as XML text. */
export function sampleXml(
  raw: unknown,
  schemas: Schemas,
  direction: Direction,
): string | undefined {
  const text = sampleAs(raw, schemas, direction, 'xml')
  return typeof text === 'string' ? text.trim() : undefined
}

function sampleAs(
  raw: unknown,
  schemas: Schemas,
  direction: Direction,
  format: 'json' | 'xml',
): unknown {
  const tree = new Tree(schemas, direction).write(raw, 0, new Set())
  if (format === 'xml' && isObject(tree) && tree.xml === undefined) {
    tree.xml = { name: schemas.settle(raw).name ?? 'root' }
  }
  try {
    return sample(tree, { quiet: true, format, maxSampleDepth: deepest + 2 })
  } catch {
    // The library does not know every combination; an example is a help, not a promise.
    return undefined
  }
}

/**
 * Writes a schema out as a tree without references, small enough to be sampled: the sampler itself
 * follows every branch, and obeys a `minItems` of a million.
 */
class Tree {
  readonly #schemas: Schemas
  readonly #direction: Direction
  #count = 0

  constructor(schemas: Schemas, direction: Direction) {
    this.#schemas = schemas
    this.#direction = direction
  }

  write(raw: unknown, depth: number, around: ReadonlySet<object>): JsonObject {
    this.#count += 1
    const settled = this.#schemas.settle(raw)
    const { keywords, identity } = settled
    const tree: JsonObject = {}
    for (const key of plain) if (keywords[key] !== undefined) tree[key] = keywords[key]
    const example = examplesOf(keywords)[0]
    if (example !== undefined) return { ...tree, example }
    const option = firstOption(settled)
    const inherited = option === undefined ? undefined : this.#schemas.settle(option)
    const types = settled.types ?? inherited?.types
    if (types?.[0]) tree.type = types[0]
    else if (settled.properties.size > 0) tree.type = 'object'
    else if (settled.types && settled.nullable) return { const: null }
    clamp(tree)
    if (depth >= deepest || this.#count > most || around.has(identity)) return tree
    const inside = new Set(around).add(identity)
    this.#properties(settled, tree, depth, inside)
    if (settled.prefixItems) {
      tree.prefixItems = settled.prefixItems.map((item) => this.write(item, depth + 1, inside))
    } else if (settled.items !== undefined && !this.#contains(inside, settled.items)) {
      tree.items = this.write(settled.items, depth + 1, inside)
    }
    if (isObject(settled.additionalProperties) && settled.properties.size === 0) {
      tree.type = 'object'
      tree.additionalProperties = this.write(settled.additionalProperties, depth + 1, inside)
    }
    if (option !== undefined) return this.#withOption(tree, option, depth, inside)
    return tree
  }

  #properties(
    settled: SettledSchema,
    tree: JsonObject,
    depth: number,
    inside: ReadonlySet<object>,
  ): void {
    const properties: [string, JsonObject][] = []
    for (const [name, raw] of settled.properties) {
      const { keywords, nothing } = this.#schemas.settle(raw)
      if (nothing || keywords['x-internal'] === true) continue
      if (isLeftOut(keywords, this.#direction)) continue
      const needed = settled.required.has(name)
      if (!needed && (this.#contains(inside, raw) || this.#count > most)) continue
      properties.push([name, this.write(raw, depth + 1, inside)])
    }
    if (properties.length === 0) return
    tree.properties = Object.fromEntries(properties)
    tree.required = properties.map(([name]) => name).filter((name) => settled.required.has(name))
  }

  #withOption(
    tree: JsonObject,
    option: unknown,
    depth: number,
    inside: ReadonlySet<object>,
  ): JsonObject {
    const chosen = this.write(option, depth, inside)
    if (chosen.example !== undefined || tree.properties === undefined) {
      return tree.properties === undefined ? { ...tree, ...chosen } : tree
    }
    return {
      ...tree,
      ...chosen,
      properties: { ...(tree.properties as JsonObject), ...(chosen.properties as JsonObject) },
    }
  }

  #contains(around: ReadonlySet<object>, raw: unknown): boolean {
    return around.has(this.#schemas.settle(raw).identity)
  }
}

const plain = [
  'format',
  'enum',
  'const',
  'default',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'xml',
]

function firstOption({ alternatives }: SettledSchema): unknown {
  return alternatives[0]?.options[0]
}

function clamp(tree: JsonObject): void {
  if (typeof tree.minItems === 'number') tree.minItems = Math.min(tree.minItems, 3)
  if (typeof tree.minLength === 'number') tree.minLength = Math.min(tree.minLength, 200)
}
