/** A schema without what takes a regular expression to check. */
export function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      // A property may bear the name, but its value is a schema.
      .filter(([keyword, value]) => !(keyword === 'pattern' && typeof value === 'string'))
      .filter(([keyword]) => keyword !== 'patternProperties')
      .map(([keyword, value]) => [keyword, withoutPatterns(value)]),
  )
}
