import type { SchemaView } from '../../model/operation.ts'

/** The schema inside an array, however deep; any other schema is its own inside. */
export function innermost(schema: SchemaView): SchemaView {
  let inside = schema
  while (inside.items) inside = inside.items
  return inside
}

/** True where a schema has an inside worth folding out. */
export function hasInside(schema: SchemaView): boolean {
  const inside = innermost(schema)
  return (
    inside.properties.length > 0 ||
    inside.additionalProperties !== undefined ||
    (inside.alternatives?.options ?? []).some(
      (option) => hasInside(option) || option.description,
    ) ||
    inside.recursion !== undefined
  )
}
