import { isObject, type JsonObject } from '../../document/json-value.ts'
import type { Description } from '../description.ts'
import { incomplete } from '../rest/contract.ts'

/** JSON Schema of an object, whole in itself: its references lead into its own `$defs`. */
export interface ObjectSchema extends Record<string, unknown> {
  type: 'object'
  properties: Record<string, JsonObject>
  required?: string[]
}

const prefix = '#/components/schemas/'

/**
 * Takes schemas out of the document and makes one object of them.
 *
 * @param properties As they stand in the document.
 * @param rest Further keywords of the object, without references.
 */
export function objectSchema(
  document: Description,
  properties: Readonly<Record<string, JsonObject>>,
  { required = [], ...rest }: { required?: readonly string[] } & Record<string, unknown> = {},
): ObjectSchema {
  const definitions = new Map<string, JsonObject>()
  const copied = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      copy(document, schema, definitions) as JsonObject,
    ]),
  )
  return {
    type: 'object',
    properties: copied,
    ...(required.length === 0 ? {} : { required: [...required] }),
    ...rest,
    ...(definitions.size === 0 ? {} : { $defs: Object.fromEntries(definitions) }),
  }
}

/** The properties of a schema of the document that describes an object, and which it asks for. */
export function membersOf(
  document: Description,
  schema: JsonObject,
): { properties: Record<string, JsonObject>; required: string[] } | undefined {
  const target = typeof schema.$ref === 'string' ? document.resolve(schema.$ref) : schema
  if (!isObject(target) || target.type !== 'object' || !isObject(target.properties)) return
  return {
    properties: target.properties as Record<string, JsonObject>,
    required: Array.isArray(target.required) ? target.required.map(String) : [],
  }
}

/** Keywords whose value is data, not a schema. */
const data = new Set(['const', 'default', 'enum', 'examples', 'required'])
/** Keywords whose members are named by the schema's author. */
const named = new Set(['properties', 'patternProperties', '$defs'])

function copy(
  document: Description,
  value: unknown,
  definitions: Map<string, JsonObject>,
): unknown {
  if (Array.isArray(value)) return value.map((part) => copy(document, part, definitions))
  if (!isObject(value)) return value
  const copied: JsonObject = {}
  for (const [keyword, part] of Object.entries(value)) {
    if (keyword === '$ref') copied.$ref = define(document, String(part), definitions)
    else if (data.has(keyword)) copied[keyword] = part
    else if (named.has(keyword) && isObject(part)) {
      copied[keyword] = Object.fromEntries(
        Object.entries(part).map(([name, schema]) => [name, copy(document, schema, definitions)]),
      )
    } else if (!keyword.startsWith('x-')) copied[keyword] = copy(document, part, definitions)
  }
  return copied
}

/** @returns The reference that leads to the same schema among the definitions. */
function define(document: Description, ref: string, definitions: Map<string, JsonObject>): string {
  if (!ref.startsWith(prefix)) throw incomplete(`a tool cannot carry ${ref}`)
  const name = ref.slice(prefix.length)
  if (!definitions.has(name)) {
    // Known before its copy is made, because a schema may lead back to itself.
    definitions.set(name, {})
    definitions.set(name, copy(document, document.resolve(ref), definitions) as JsonObject)
  }
  return `#/$defs/${name}`
}
