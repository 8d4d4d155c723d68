import type { SchemaView } from '../../model/operation.ts'

/** The schema inside an array, however deep; any other schema is its own inside. */
export function innermost(schema: SchemaView): SchemaView {
  let inside = schema
  while (inside.items) inside = inside.items
  return inside
}

/** True where a schema has an inside worth folding out. */
export function hasInside(schema: SchemaView): boolean {
  // Of arrays in arrays, each may say more than what its items are.
  for (let at: SchemaView | undefined = schema; at; at = at.items) {
    if (at.properties.length > 0 || at.additionalProperties || at.parts || at.recursion) return true
    if (at.elsewhere || at.omitted !== undefined || at.heirs) return true
    const options = (at.enum ? [] : (at.alternatives ?? [])).flatMap((group) => group.options)
    if (options.some(({ schema, values }) => values.length > 0 || saysMore(schema))) return true
  }
  return false
}

/** True where an alternative says more than its type. */
function saysMore(schema: SchemaView): boolean {
  return (
    hasInside(schema) ||
    schema.description !== '' ||
    schema.facts.length > 0 ||
    schema.format !== undefined ||
    schema.enum !== undefined ||
    schema.const !== undefined ||
    schema.default !== undefined ||
    schema.examples.length > 0 ||
    schema.title !== undefined ||
    schema.href !== undefined
  )
}
