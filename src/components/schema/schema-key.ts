import type { SchemaView } from '../../model/operation.ts'

/**
 * Two views with the same key look the same to a reader. Anchors differ by place, and the codes of
 * an answer are listed beside it, so neither counts.
 */
export function schemaKey(schema: SchemaView): string {
  return JSON.stringify(schema, (key, value: unknown) =>
    key === 'anchor' || key === 'enum' || key === 'const' || key === 'examples' ? undefined : value,
  )
}
