import { child, isObject, type JsonObject } from '../document/index.ts'
import type { SettledSchema } from './settled-schema.ts'

/** What every schema starts from: any value will do. */
export function anything(): SettledSchema {
  return {
    identity: {},
    keywords: {},
    nullable: false,
    properties: new Map(),
    patternProperties: new Map(),
    required: new Set(),
    alternatives: [],
    parts: [],
    origins: [],
    nothing: false,
  }
}

export function narrowTypes(into: SettledSchema, value: unknown): void {
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

export function applyKeyword(keywords: JsonObject, key: string, value: unknown): void {
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
export function collapseNull(into: SettledSchema, settle: (raw: unknown) => SettledSchema): void {
  const { keywords } = into
  if (Array.isArray(keywords.enum) && keywords.enum.includes(null)) {
    keywords.enum = keywords.enum.filter((value) => value !== null)
    into.nullable = true
  }
  for (const group of [...into.alternatives]) {
    const real = group.options.filter((option) => !isNull(option))
    if (real.length === group.options.length) continue
    into.nullable = true
    if (real.length > 1) {
      group.options = real
      continue
    }
    into.alternatives = into.alternatives.filter((other) => other !== group)
    if (real.length === 1 && into.properties.size === 0) adopt(into, settle(real[0]))
  }
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
  into.alternatives = [...into.alternatives, ...option.alternatives]
  into.parts = [...into.parts, ...option.parts]
  into.origins = [...into.origins, ...option.origins]
}
