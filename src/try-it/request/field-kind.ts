import type { JsonSchema, Parameter } from '../../model/operation.ts'

/** How a parameter is typed in. */
export type FieldKind =
  | 'choice'
  | 'boolean'
  | 'number'
  | 'date-time'
  | 'date'
  | 'text'
  /** Several values, each in an input of its own. */
  | 'list'
  /** Several of a few known values. */
  | 'choices'
  /** An object: one `name=value` a line. */
  | 'pairs'

/** Decides by the parameter's schema; what is described by a media type is typed as its text. */
export function fieldKind(parameter: Parameter): FieldKind {
  const { schema, view, mediaType } = parameter
  if (mediaType !== undefined) return 'text'
  const type = typeOf(schema, schema)
  if (type === 'array') return view.items?.enum?.length ? 'choices' : 'list'
  if (type === 'object') return 'pairs'
  if (view.enum?.length || view.const !== undefined) return 'choice'
  if (type === 'boolean') return 'boolean'
  if (type === 'integer' || type === 'number') return 'number'
  if (view.format === 'date-time' || view.format === 'date') return view.format
  return 'text'
}

/** The first type that is not null, through references and combinations. */
function typeOf(schema: unknown, root: JsonSchema, depth = 0): string | undefined {
  if (typeof schema !== 'object' || schema === null || depth > 8) return undefined
  const keywords = schema as Record<string, unknown>
  const { type } = keywords
  const types = Array.isArray(type) ? type : [type]
  const found = types.find((one) => typeof one === 'string' && one !== 'null')
  if (typeof found === 'string') return found
  if (typeof keywords.$ref === 'string') {
    return typeOf(follow(keywords.$ref, root), root, depth + 1)
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = keywords[keyword]
    if (!Array.isArray(parts)) continue
    for (const part of parts) {
      const inner = typeOf(part, root, depth + 1)
      if (inner) return inner
    }
  }
  return undefined
}

function follow(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#/')) return undefined
  let value: unknown = root
  for (const step of reference.slice(2).split('/')) {
    if (typeof value !== 'object' || value === null) return undefined
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    value = Object.getOwnPropertyDescriptor(value, name)?.value
  }
  return value
}
