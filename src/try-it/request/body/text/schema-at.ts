import type { JsonSchema } from '../../../../model/operation.ts'

type Keywords = Record<string, unknown>

/**
 * Every schema that may describe the value at a path: through references, combinations and
 * conditions, as all of them are worth proposing.
 */
export function schemasAt(root: JsonSchema, path: readonly (string | number)[]): Keywords[] {
  let found = spread(root, root)
  for (const step of path) {
    found = found.flatMap((schema) => childrenAt(schema, step)).flatMap((one) => spread(one, root))
  }
  return found
}

/** Names that an object may have, with their schemas. */
export function propertiesOf(schemas: readonly Keywords[]): Map<string, unknown> {
  const properties = new Map<string, unknown>()
  for (const { properties: own } of schemas) {
    for (const [name, schema] of Object.entries(isKeywords(own) ? own : {})) {
      if (!properties.has(name)) properties.set(name, schema)
    }
  }
  return properties
}

/** JSON texts of the values that schemas name. */
export function valuesOf(schemas: readonly Keywords[]): string[] {
  const values = schemas.flatMap((schema) => [
    ...(Array.isArray(schema.enum) ? schema.enum : []),
    ...('const' in schema ? [schema.const] : []),
    ...('default' in schema ? [schema.default] : []),
    ...(Array.isArray(schema.examples) ? schema.examples : []),
    ...(typesOf(schema).includes('boolean') ? [true, false] : []),
    ...(typesOf(schema).includes('null') ? [null] : []),
  ])
  return [...new Set(values.map((value) => JSON.stringify(value)))]
}

export function typesOf({ type }: Keywords): unknown[] {
  return Array.isArray(type) ? type : [type]
}

function childrenAt(schema: Keywords, step: string | number): unknown[] {
  if (typeof step === 'number') {
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems[step] : undefined
    return [prefix ?? schema.items]
  }
  const { properties, additionalProperties } = schema
  if (isKeywords(properties) && Object.hasOwn(properties, step)) return [properties[step]]
  return [additionalProperties]
}

function spread(schema: unknown, root: JsonSchema, depth = 0): Keywords[] {
  if (!isKeywords(schema) || depth > 12) return []
  const inner = [
    ...(typeof schema.$ref === 'string' ? [follow(schema.$ref, root)] : []),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
      const parts = schema[keyword]
      return Array.isArray(parts) ? parts : []
    }),
    ...['if', 'then', 'else'].map((keyword) => schema[keyword]),
  ]
  return [schema, ...inner.flatMap((one) => spread(one, root, depth + 1))]
}

function follow(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return undefined
  let value: unknown = root
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    if (!isKeywords(value)) return undefined
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    value = Object.hasOwn(value, name) ? value[name] : undefined
  }
  return value
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
