import type { SchemaView } from '../../../model/operation.ts'

/** A value about which the document says nothing. */
export const openView: SchemaView = {
  type: 'any',
  description: '',
  nullable: false,
  facts: [],
  examples: [],
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  internal: false,
  secret: false,
  properties: [],
}
