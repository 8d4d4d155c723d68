import { child, isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'
import { listOf } from './field.ts'
import { anything, applyKeyword, collapseNull, narrowTypes } from './merge-keywords.ts'
import { partKeywords, partsOf, type SchemaPart } from './schema-part.ts'
import { kebabCase, shortHash } from './slug.ts'

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
  /** Choices to be made, each by itself. */
  alternatives: AlternativeGroup[]
  /** Set on a base whose heirs a property tells apart. */
  heirs?: { property: string; mapping: Map<string, string[]> }
  /** What holds besides: conditions, what is forbidden, what stands in a text. */
  parts: SchemaPart[]
  /** Components merged into it, with the names of the properties each brings. */
  origins: { name: string; properties: string[] }[]
  /** `false` as a schema: no value is valid. */
  nothing: boolean
}

export interface AlternativeGroup {
  kind: 'oneOf' | 'anyOf'
  options: unknown[]
  /** Property that tells which option it is. */
  discriminator?: string
  /** Values of that property by what they lead to: a reference, or the name of a component. */
  mapping: Map<string, string[]>
}

/** The page of a component schema. */
export interface SchemaAddress {
  name: string
  /** Below the site's base. */
  href: string
}

/** A schema made of more components names no further ones. */
const mostOrigins = 50

/** The schemas of one document, settled once each. */
export class Schemas {
  readonly document: OpenApiDocument
  readonly #names = new Map<object, string>()
  readonly #components = new Map<string, JsonObject>()
  readonly #hrefs = new Map<string, string>()
  #slugs?: Map<string, string[]>
  #heirs?: Map<object, string[]>
  readonly #settled = new WeakMap<object, SettledSchema>()
  readonly #targets = new WeakMap<object, unknown>()
  readonly #merging = new Set<SettledSchema>()
  readonly #pairs = new WeakMap<object, WeakMap<object, object>>()

  constructor(document: OpenApiDocument) {
    this.document = document
    const components = child(child(document.json, 'components'), 'schemas')
    if (!isObject(components)) return
    for (const [name, schema] of Object.entries(components)) {
      if (!isObject(schema)) continue
      this.#names.set(schema, name)
      this.#components.set(name, schema)
    }
    for (const [name, schema] of this.#components) {
      if (schema['x-internal'] !== true) this.#hrefs.set(name, this.#newHref(name))
    }
  }

  /** Components that have a page, in the document's order. */
  get addresses(): SchemaAddress[] {
    return [...this.#hrefs].map(([name, href]) => ({ name, href }))
  }

  /** Page of the component that a schema is; nothing where it says more than its component. */
  addressOf({
    name,
    identity,
  }: Pick<SettledSchema, 'name' | 'identity'>): SchemaAddress | undefined {
    if (name === undefined || !this.#names.has(identity)) return undefined
    return this.addressOfName(name)
  }

  addressOfName(name: string): SchemaAddress | undefined {
    const href = this.#hrefs.get(name)
    return href === undefined ? undefined : { name, href }
  }

  /** What the document says of a component. */
  component(name: string): unknown {
    return this.#components.get(name)
  }

  /** Components that build on one by `allOf`, in the document's order. */
  heirsOf(base: object): string[] {
    if (!this.#heirs) {
      this.#heirs = new Map()
      for (const [schema, name] of this.#names) {
        for (const part of listOf((schema as JsonObject).allOf)) {
          const target = this.target(part)
          if (isObject(target)) this.#heirs.set(target, [...(this.#heirs.get(target) ?? []), name])
        }
      }
    }
    return this.#heirs.get(base) ?? []
  }

  /** Names that differ only in what an address cannot hold get one each, whatever their order. */
  #newHref(name: string): string {
    const slug = kebabCase(name)
    this.#slugs ??= Map.groupBy(this.#components.keys(), (key) => kebabCase(key))
    const alone = slug !== '' && this.#slugs.get(slug)?.length === 1
    return `/reference/schemas/${alone ? slug : `${slug || 'schema'}-${shortHash(name)}`}/`
  }

  settle(raw: unknown): SettledSchema {
    if (!isObject(raw)) return raw === false ? { ...anything(), nothing: true } : anything()
    return this.#settled.get(raw) ?? this.#merge(raw)
  }

  /** The schema a chain of bare references ends at; the last one of a chain without an end. */
  target(raw: unknown): unknown {
    const seen = new Set<object>()
    let at = raw
    while (isObject(at) && typeof at.$ref === 'string' && !seen.has(at)) {
      if (this.#targets.has(at)) {
        at = this.#targets.get(at)
        break
      }
      if (Object.keys(at).length > 1) break
      seen.add(at)
      at = this.document.resolveOnce(at.$ref)
    }
    // Each schema of a long chain is asked for its end: the way is walked once.
    for (const one of seen) this.#targets.set(one, at)
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
    this.#merging.add(result)
    const end = this.target(raw)
    const settled = isObject(end) && end !== raw ? this.settle(end) : undefined
    if (settled && !this.#merging.has(settled)) {
      const { name = settled.name, identity } = result
      Object.assign(result, settled, { identity, ...(name !== undefined && { name }) })
    } else {
      const layers = this.#layers(raw)
      for (const layer of layers) this.#apply(layer, result, result.identity)
      result.origins = this.#origins(layers, result)
      result.name ??= this.#narrowedBase(layers, result)
      collapseNull(result, (option) => this.settle(option))
    }
    this.#merging.delete(result)
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

  /** Where the properties of a merged schema come from; nothing where it is one component whole. */
  #origins(layers: readonly JsonObject[], merged: SettledSchema): SettledSchema['origins'] {
    const origins: SettledSchema['origins'] = []
    for (const layer of layers) {
      const name = this.#names.get(layer)
      if (name === undefined || layer === merged.identity || name === merged.name) continue
      const own = isObject(layer.properties) ? Object.keys(layer.properties) : []
      // A component that only leads to another brings nothing.
      if (own.length > 0 || Object.keys(layer).some((key) => key !== '$ref' && key !== 'allOf')) {
        origins.push({ name, properties: own })
      }
      if (origins.length === mostOrigins) break
    }
    return origins
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
          break
        case 'discriminator':
          if (layer === identity) noteHeirs(layer, into)
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
        case 'dependentRequired':
          into.keywords[key] = { ...(into.keywords[key] as object), ...(isObject(value) && value) }
          break
        default:
          if (!partKeywords.has(key)) applyKeyword(into.keywords, key, value)
      }
    }
    into.parts.push(...partsOf(layer))
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
    // Several layers may build on the same list.
    if (into.alternatives.some((group) => group.options === options)) return
    const discriminator = child(layer.discriminator, 'propertyName')
    into.alternatives.push({
      kind,
      options,
      ...(typeof discriminator === 'string' && { discriminator }),
      mapping: mappingOf(layer.discriminator),
    })
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

/** A base without a list of its own heirs still says what tells them apart. */
function noteHeirs({ oneOf, anyOf, discriminator }: JsonObject, into: SettledSchema): void {
  const property = child(discriminator, 'propertyName')
  if (typeof property !== 'string' || Array.isArray(oneOf ?? anyOf)) return
  into.heirs = { property, mapping: mappingOf(discriminator) }
}

/** What a discriminator's values lead to, turned round: several may lead to one target. */
function mappingOf(discriminator: unknown): Map<string, string[]> {
  const mapping = child(discriminator, 'mapping')
  const byTarget = new Map<string, string[]>()
  for (const [value, target] of Object.entries(isObject(mapping) ? mapping : {})) {
    const values = byTarget.get(String(target))
    if (values) values.push(value)
    else byTarget.set(String(target), [value])
  }
  return byTarget
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
