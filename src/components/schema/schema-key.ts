import type { ProblemReference, SchemaView } from '../../model/operation.ts'

/** Two views with the same key look the same to a reader. Anchors differ by place. */
export function schemaKey(schema: SchemaView): string {
  return JSON.stringify(schema, (key, value: unknown) => (key === 'anchor' ? undefined : value))
}

/** The codes of an answer are listed with its status: the field they come in need not repeat them. */
export function withoutCodes(view: SchemaView, problems: readonly ProblemReference[]): SchemaView {
  const codes = new Set(problems.map(({ code }) => code))
  const properties = view.properties.map((property) => {
    const { enum: values, const: only, ...schema } = property.schema
    if (values?.every(({ value }) => codes.has(value))) return { ...property, schema }
    if (only !== undefined && codes.has(only.replace(/^"|"$/g, ''))) return { ...property, schema }
    return property
  })
  return { ...view, properties }
}
