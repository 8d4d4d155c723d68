import { child, isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'

/** A schema with everything it inherits: references followed, `allOf` merged. */
export interface SettledSchema {
  /** Name of the component it is, if it adds nothing but words to one. */
  name?: string
  /** The same for every place the schema is used: tells recursion. */
  identity: object
  /** Keywords that hold no schemas. */
  keywords: JsonObject
  /** Without `null`; nothing where any type will do. */
  types?: string[]
  nullable: boolean
  /** Schemas in the document's order. */
  properties: Map<string, unknown>
  patternProperties: Map<string, unknown>
  required: Set<string>
  items?: unknown
  prefixItems?: unknown[]
  additionalProperties?: unknown
  alternatives?: { kind: 'oneOf' | 'anyOf'; options: unknown[]; discriminator?: string }
  /** `false` as a schema: no value is valid. */
  nothing: boolean
}

/** The schemas of one document, settled once each. */
export class Schemas {
  readonly document: OpenApiDocument
  readonly #names = new Map<object, string>()
  readonly #settled = new WeakMap<object, SettledSchema>()
  readonly #pairs = new WeakMap<object, WeakMap<object, object>>()

  constructor(document: OpenApiDocument) {
    this.document = document
    const components = child(child(document.json, 'components'), 'schemas')
    if (!isObject(components)) return
    for (const [name, schema] of Object.entries(components)) {
      if (isObject(schema)) this.#names.set(schema, name)
    }
  }

  settle(raw: unknown): SettledSchema {
    if (!isObject(raw)) return raw === false ? { ...anything(), nothing: true } : anything()
    return this.#settled.get(raw) ?? this.#merge(raw)
  }

  /** The schema a chain of bare references ends at; the last one of a chain without an end. */
  target(raw: unknown): unknown {
    const seen = new Set<unknown>()
    let at = raw
    while (isObject(at) && typeof at.$ref === 'string' && !seen.has(at)) {
      if (Object.keys(at).length > 1) break
      seen.add(at)
      at = this.document.resolveOnce(at.$ref)
    }
    return at
  }

  #merge(raw: JsonObject): SettledSchema {
    const result: SettledSchema = { ...anything(), identity: raw }
    // Kept before it is complete: a schema that is itself or null asks for itself below.
    this.#settled.set(raw, result)
    const first = this.#firstComponent(raw)
    if (first) {
      result.name = first.name
      result.identity = first.schema
    }
    const layers = this.#layers(raw)
    for (const layer of layers) this.#apply(layer, result, result.identity)
    result.name ??= this.#narrowedBase(layers, result)
    collapseNull(result, (option) => this.settle(option))
    return result
  }

  /** The component that a schema only gives other words to. */
  #firstComponent(raw: JsonObject): { name: string; schema: object } | undefined {
    const seen = new Set<object>()
    let at: unknown = raw
    while (isObject(at) && !seen.has(at)) {
      seen.add(at)
      const name = this.#names.get(at)
      if (name !== undefined) return { name, schema: this.#end(at) }
      at = this.#onlyBase(at)
    }
    return undefined
  }

  /** Name of the one component that the other layers only narrow, without adding a property. */
  #narrowedBase(layers: readonly JsonObject[], merged: SettledSchema): string | undefined {
    const bases = layers.filter((layer) => this.#names.has(layer))
    const base = bases[0]
    if (bases.length !== 1 || !base || !isObject(base.properties)) return undefined
    const own = Object.keys(base.properties).length
    return own === merged.properties.size ? this.#names.get(base) : undefined
  }

  /** Identity of a component that is only a reference to another. */
  #end(schema: object): object {
    const end = this.target(schema)
    return isObject(end) ? end : schema
  }

  #onlyBase(schema: JsonObject): unknown {
    const { $ref, allOf } = schema
    const others = Object.keys(schema).filter((key) => key !== '$ref' && key !== 'allOf')
    if (!others.every((key) => annotations.has(key) || key.startsWith('x-'))) return undefined
    if (typeof $ref === 'string' && allOf === undefined) return this.document.resolveOnce($ref)
    if ($ref === undefined && Array.isArray(allOf)) {
      const bases = allOf.filter(
        (part) => !isObject(part) || !Object.keys(part).every((key) => annotations.has(key)),
      )
      if (bases.length === 1) return bases[0]
    }
    return undefined
  }

  /** The schema and all it is made of, what it builds on first. Without recursion: chains are long. */
  #layers(raw: JsonObject): JsonObject[] {
    const layers: JsonObject[] = []
    const met = new Set<object>([raw])
    const waiting: { schema: JsonObject; opened: boolean }[] = [{ schema: raw, opened: false }]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { schema, opened } = next
      if (opened) {
        layers.push(schema)
        continue
      }
      waiting.push({ schema, opened: true })
      const parts = Array.isArray(schema.allOf) ? [...schema.allOf] : []
      if (typeof schema.$ref === 'string') parts.unshift(this.document.resolveOnce(schema.$ref))
      for (const part of parts.reverse()) {
        if (!isObject(part) || met.has(part)) continue
        met.add(part)
        waiting.push({ schema: part, opened: false })
      }
    }
    return layers
  }

  #apply(layer: JsonObject, into: SettledSchema, identity: object): void {
    for (const [key, value] of Object.entries(layer)) {
      switch (key) {
        case '$ref':
        case 'allOf':
        case 'discriminator':
          break
        case 'type':
          narrowTypes(into, value)
          break
        case 'properties':
          this.#addAll(into.properties, value)
          break
        case 'patternProperties':
          this.#addAll(into.patternProperties, value)
          break
        case 'required':
          if (Array.isArray(value)) for (const name of value) into.required.add(String(name))
          break
        case 'items':
        case 'additionalProperties':
          into[key] = this.#both(into[key], value)
          break
        case 'prefixItems':
          if (Array.isArray(value)) into.prefixItems = value
          break
        case 'oneOf':
        case 'anyOf':
          this.#addAlternatives(key, layer, into, identity)
          break
        default:
          applyKeyword(into.keywords, key, value)
      }
    }
  }

  #addAll(into: Map<string, unknown>, schemas: unknown): void {
    if (!isObject(schemas)) return
    for (const [name, schema] of Object.entries(schemas)) {
      into.set(name, this.#both(into.get(name), schema))
    }
  }

  #addAlternatives(
    kind: 'oneOf' | 'anyOf',
    layer: JsonObject,
    into: SettledSchema,
    identity: object,
  ): void {
    const options = layer[kind]
    if (!Array.isArray(options) || options.length === 0) return
    // A base that lists its own heirs says nothing new about one of them.
    if (layer !== identity && options.some((option) => this.target(option) === identity)) return
    // Of several groups the one with more to choose from is shown.
    if (into.alternatives && into.alternatives.options.length >= options.length) return
    const discriminator = child(layer.discriminator, 'propertyName')
    into.alternatives = {
      kind,
      options,
      ...(typeof discriminator === 'string' && { discriminator }),
    }
  }

  /** One schema that asks for both; the same object each time, so that recursion is seen. */
  #both(first: unknown, second: unknown): unknown {
    if (first === undefined || first === true || first === second) return second
    if (second === true) return first
    if (!isObject(first) || !isObject(second)) return second
    let partners = this.#pairs.get(first)
    if (!partners) {
      partners = new WeakMap()
      this.#pairs.set(first, partners)
    }
    let pair = partners.get(second)
    if (!pair) {
      pair = { allOf: [first, second] }
      partners.set(second, pair)
    }
    return pair
  }
}

const annotations = new Set([
  'title',
  'description',
  'deprecated',
  'default',
  'example',
  'examples',
  'externalDocs',
  'readOnly',
  'writeOnly',
  'xml',
  '$comment',
])

function anything(): SettledSchema {
  return {
    identity: {},
    keywords: {},
    nullable: false,
    properties: new Map(),
    patternProperties: new Map(),
    required: new Set(),
    nothing: false,
  }
}

function narrowTypes(into: SettledSchema, value: unknown): void {
  const named = (Array.isArray(value) ? value : [value]).filter((type) => typeof type === 'string')
  if (named.length === 0) return
  const nullable = named.includes('null')
  const types = named.filter((type) => type !== 'null')
  if (into.types === undefined) {
    into.types = types
    into.nullable = nullable
    return
  }
  const both = types.filter((type) => into.types?.includes(type) || isNarrower(type, into.types))
  // Types that exclude each other are a mistake of the author's; the outer word is shown.
  into.types = both.length > 0 ? both : types
  into.nullable = into.nullable && nullable
}

function isNarrower(type: string, types: readonly string[] | undefined): boolean {
  return type === 'integer' && (types?.includes('number') ?? false)
}

function applyKeyword(keywords: JsonObject, key: string, value: unknown): void {
  const known = child(keywords, key)
  if (known !== undefined) {
    if (tightenUp.has(key) && typeof known === 'number' && typeof value === 'number') {
      keywords[key] = Math.max(known, value)
      return
    }
    if (tightenDown.has(key) && typeof known === 'number' && typeof value === 'number') {
      keywords[key] = Math.min(known, value)
      return
    }
    if (key === 'enum' && Array.isArray(known) && Array.isArray(value)) {
      const both = known.filter((item) => value.includes(item))
      keywords[key] = both.length > 0 ? both : value
      return
    }
  }
  if (key !== '__proto__') keywords[key] = value
}

const tightenUp = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])
const tightenDown = new Set([
  'maximum',
  'exclusiveMaximum',
  'maxLength',
  'maxItems',
  'maxProperties',
])

/** "This or null" is a schema that may be null, not a choice. */
function collapseNull(into: SettledSchema, settle: (raw: unknown) => SettledSchema): void {
  const { alternatives, keywords } = into
  if (Array.isArray(keywords.enum) && keywords.enum.includes(null)) {
    keywords.enum = keywords.enum.filter((value) => value !== null)
    into.nullable = true
  }
  if (!alternatives) return
  const real = alternatives.options.filter((option) => !isNull(option))
  if (real.length === alternatives.options.length) return
  into.nullable = true
  if (real.length > 1) {
    alternatives.options = real
    return
  }
  delete into.alternatives
  if (real.length === 1 && into.properties.size === 0) adopt(into, settle(real[0]))
}

function isNull(option: unknown): boolean {
  if (!isObject(option)) return false
  return option.type === 'null' || ('const' in option && option.const === null)
}

/** Takes over what the only real option says; words of the outside stay. */
function adopt(into: SettledSchema, option: SettledSchema): void {
  into.name = option.name
  into.identity = option.identity
  into.keywords = { ...option.keywords, ...into.keywords }
  into.types ??= option.types
  into.properties = option.properties
  into.patternProperties = option.patternProperties
  into.required = option.required
  into.items ??= option.items
  into.prefixItems ??= option.prefixItems
  into.additionalProperties ??= option.additionalProperties
  if (option.alternatives) into.alternatives = option.alternatives
}
