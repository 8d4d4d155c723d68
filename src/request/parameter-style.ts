import type { ParameterValue } from './api-request.ts'

/**
 * How a parameter's value becomes text.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export interface ParameterStyle {
  style: string
  explode: boolean
}

/** Escapes one name, key or value for the place it goes to. */
export type Encode = (text: string) => string

type Entries = readonly (readonly [key: string, value: ParameterValue])[]

/** `Array.isArray` alone would not tell a read-only array from an object in order. */
export function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value)
}

/**
 * Writes a path or header value in style `simple`, `label` or `matrix`.
 *
 * @returns Empty for an empty array or object, which RFC 6570 treats as undefined.
 */
export function serializeInPlace(
  name: string,
  value: ParameterValue,
  { style, explode }: ParameterStyle,
  encode: Encode,
): string {
  const prefix = style === 'label' ? '.' : style === 'matrix' ? ';' : ''
  const separator = explode && prefix ? prefix : ','
  const key = encode(name)

  if (typeof value === 'string') {
    if (style === 'matrix') return value === '' ? `;${key}` : `;${key}=${encode(value)}`
    return prefix + encode(value)
  }
  if (isList(value)) {
    if (value.length === 0) return ''
    const items = value.map((item) => encode(nestedText(item)))
    if (style !== 'matrix') return prefix + items.join(separator)
    return explode ? items.map((item) => `;${key}=${item}`).join('') : `;${key}=${items.join(',')}`
  }
  if (value.entries.length === 0) return ''
  if (explode) return prefix + pairs(value.entries, encode, '=').join(separator)
  const flat = pairs(value.entries, encode, ',').join(',')
  return style === 'matrix' ? `;${key}=${flat}` : prefix + flat
}

/**
 * Writes a query or cookie parameter in style `form`, `spaceDelimited`, `pipeDelimited` or
 * `deepObject`.
 *
 * OpenAPI leaves open how a deepObject nests. Here every further step stands in brackets of its
 * own, an item of a list by its place, as PHP, Rack and qs read it:
 * `filter[owner][name]=a&filter[tags][0]=b`.
 *
 * @returns `name=value` pairs, already escaped; none for an empty array or object.
 */
export function serializePairs(
  name: string,
  value: ParameterValue,
  { style, explode }: ParameterStyle,
  encode: Encode,
): string[] {
  const key = encode(name)
  if (typeof value === 'string') return [`${key}=${encode(value)}`]

  const delimiter = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ','
  if (isList(value)) {
    if (value.length === 0) return []
    if (style === 'deepObject' && value.some((item) => typeof item !== 'string')) {
      return deepPairs(key, value, encode)
    }
    const items = value.map((item) => encode(nestedText(item)))
    return explode ? items.map((item) => `${key}=${item}`) : [`${key}=${items.join(delimiter)}`]
  }
  if (value.entries.length === 0) return []
  if (style === 'deepObject') return deepPairs(key, value, encode)
  if (explode && style === 'form') return pairs(value.entries, encode, '=')
  return [`${key}=${pairs(value.entries, encode, delimiter).join(delimiter)}`]
}

function deepPairs(key: string, value: ParameterValue, encode: Encode): string[] {
  if (typeof value === 'string') return [`${key}=${encode(value)}`]
  const members: Entries = isList(value)
    ? value.map((item, index) => [String(index), item] as const)
    : value.entries
  return members.flatMap(([step, member]) =>
    deepPairs(`${key}%5B${encode(step)}%5D`, member, encode),
  )
}

function pairs(entries: Entries, encode: Encode, between: string): string[] {
  return entries.map(([key, value]) => encode(key) + between + encode(nestedText(value)))
}

/** What no style but deepObject can nest is written as JSON. */
export function nestedText(value: ParameterValue): string {
  return typeof value === 'string' ? value : JSON.stringify(plain(value))
}

function plain(value: ParameterValue): unknown {
  if (typeof value === 'string') return value
  if (isList(value)) return value.map(plain)
  return Object.fromEntries(value.entries.map(([key, member]) => [key, plain(member)]))
}
