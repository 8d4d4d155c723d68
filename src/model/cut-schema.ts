import type { JsonSchema } from './operation.ts'

/** `$comment` of a schema that allows more than the document does, as all of it would be too long. */
export const cutMark = 'Schemas further away are left out.'

/** True where not all that the document says stands in a schema for the browser. */
export function isCut(schema: JsonSchema | undefined): boolean {
  return typeof schema === 'object' && schema.$comment === cutMark
}
