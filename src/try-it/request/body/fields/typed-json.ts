import type { SchemaView } from '../../../../model/operation.ts'
import type { JsonNode } from '../../../json-tree.ts'
import { isListView, isObjectView } from '../../parameter/field-kind.ts'

/** What an input shows for a primitive value: the text of a string, the digits of a number. */
export function shownText(text: string, node: JsonNode | undefined): string {
  if (!node) return ''
  const raw = text.slice(node.start, node.end)
  return node.kind === 'string' ? String(JSON.parse(raw)) : raw
}

/**
 * JSON of what was typed. What does not fit its type stays a text: the API is to say so, and the
 * form has no opinion of its own.
 *
 * @param was What stood there before, which decides where the schema does not.
 */
export function typedJson(typed: string, { type }: SchemaView, was: JsonNode | undefined): string {
  const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(typed)
  if (/\b(integer|number)\b/.test(type)) return isNumber ? typed : JSON.stringify(typed)
  const isOpen = !/\bstring\b/.test(type)
  const isLiteral = isNumber || /^(true|false|null)$/.test(typed)
  return isOpen && isLiteral && was?.kind !== 'string' ? typed : JSON.stringify(typed)
}

/** JSON that a value begins with when it is added. */
export function blankJson(view: SchemaView, depth = 0): string {
  if (view.default !== undefined) return view.default
  if (view.const !== undefined) return view.const
  const [known] = view.enum ?? []
  if (known) return known.value
  if (isListView(view)) return '[]'
  const option = view.alternatives?.[0]?.options[0]?.schema
  if (view.properties.length === 0 && option && depth < 4) return blankJson(option, depth + 1)
  if (isObjectView(view)) {
    const required = view.properties.filter((property) => property.required)
    if (depth >= 4) return '{}'
    const members = required.map(
      ({ name, schema }) => `${JSON.stringify(name)}: ${blankJson(schema, depth + 1)}`,
    )
    return `{${members.join(', ')}}`
  }
  if (/^boolean\b/.test(view.type)) return 'false'
  if (/^(integer|number)\b/.test(view.type)) return '0'
  if (/^null\b/.test(view.type)) return 'null'
  return '""'
}
