import { child, isObject, type JsonObject } from '../document/index.ts'
import { cutMark } from './cut-schema.ts'
import { type Direction, isLeftOut } from './direction.ts'
import type { JsonSchema } from './operation.ts'
import type { Schemas } from './settled-schema.ts'

/**
 * A schema that stands alone, for a validator in the browser: what it refers to lies in its
 * `$defs`, and words for people are left out. Where schemas lead on and on, those nearest are in it,
 * and it says that it is cut (`isCut`).
 *
 * @param direction In a request, what only the server sets is not asked for; in an answer, what is
 * only sent is not.
 */
export function standaloneSchema(raw: unknown, schemas: Schemas, direction: Direction): JsonSchema {
  const { schema, isWhole } = new Writer(schemas, direction).write(raw)
  if (isWhole) return schema
  const loose = new Writer(schemas, direction, true).write(raw).schema
  return typeof loose === 'object' ? { ...loose, $comment: cutMark } : loose
}

/** Characters of JSON in the definitions of one schema; GitHub's longest has 49,000. */
const mostCharacters = 64 * 1024

class Writer {
  readonly #schemas: Schemas
  readonly #direction: Direction
  /** Leaves out what would find fault with a value because a schema has become `true`. */
  readonly #isLoose: boolean
  /** Names in `$defs` by reference. */
  readonly #names = new Map<string, string>()
  readonly #taken = new Set<string>()
  readonly #waiting: { name: string; ref: string }[] = []

  constructor(schemas: Schemas, direction: Direction, isLoose = false) {
    this.#schemas = schemas
    this.#direction = direction
    this.#isLoose = isLoose
  }

  write(raw: unknown): { schema: JsonSchema; isWhole: boolean } {
    // A bare reference at the top would only be one more step for the reader of the schema.
    const schema = this.#schema(this.#schemas.target(raw))
    const definitions: JsonObject = {}
    let left = mostCharacters
    // The list grows while it is walked: the nearest come first.
    for (const { name, ref } of this.#waiting) {
      const definition = left > 0 && this.#schema(this.#schemas.document.resolveOnce(ref))
      if (left > 0) left -= JSON.stringify(definition).length
      definitions[name] = left > 0 ? definition : true
    }
    const isWhole = left > 0
    if (!isObject(schema)) return { schema: schema !== false, isWhole }
    const hasDefinitions = Object.keys(definitions).length > 0
    return { schema: hasDefinitions ? { ...schema, $defs: definitions } : schema, isWhole }
  }

  #schema(raw: unknown): unknown {
    if (!isObject(raw)) return raw !== false
    const result: JsonObject = {}
    for (const [key, value] of Object.entries(raw)) {
      if (this.#isLoose && strict.has(key)) continue
      const written = this.#keyword(key, value, raw)
      if (written === undefined) continue
      // Of several that are `true`, more than one fits.
      if (this.#isLoose && key === 'oneOf') result.anyOf ??= written
      else result[key] = written
    }
    return result
  }

  #keyword(key: string, value: unknown, raw: JsonObject): unknown {
    if (key === '$ref') return typeof value === 'string' ? this.#reference(value) : undefined
    if (words.has(key) || key.startsWith('x-')) return undefined
    if (holdsSchema.has(key)) {
      return Array.isArray(value) ? value.map((item) => this.#schema(item)) : this.#schema(value)
    }
    if (holdsSchemas.has(key) && isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([name, schema]) => [name, this.#schema(schema)]),
      )
    }
    if (key === 'required' && Array.isArray(value)) {
      const asked = value.filter((name) => !this.#isNotAsked(child(raw.properties, String(name))))
      return asked.length > 0 ? asked : undefined
    }
    return value
  }

  #isNotAsked(property: unknown): boolean {
    if (property === undefined) return false
    const { keywords } = this.#schemas.settle(property)
    return isLeftOut(keywords, this.#direction)
  }

  #reference(ref: string): string {
    let name = this.#names.get(ref)
    if (name === undefined) {
      const base = (ref.split('/').at(-1) ?? '').replace(/[^\w.-]+/g, '_') || 'schema'
      name = base
      for (let number = 2; this.#taken.has(name); number += 1) name = `${base}_${number}`
      this.#taken.add(name)
      this.#names.set(ref, name)
      this.#waiting.push({ name, ref })
    }
    return `#/$defs/${name}`
  }
}

const words = new Set([
  'title',
  'description',
  'example',
  'examples',
  'externalDocs',
  'discriminator',
  'xml',
  'deprecated',
  '$comment',
  '$id',
  '$schema',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
])

const strict = new Set([
  'not',
  'if',
  'then',
  'else',
  'maxContains',
  'unevaluatedItems',
  'unevaluatedProperties',
])

const holdsSchema = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'prefixItems',
  'items',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'propertyNames',
  'contains',
  'not',
  'if',
  'then',
  'else',
])

const holdsSchemas = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
])
