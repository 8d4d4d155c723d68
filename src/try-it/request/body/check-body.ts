import type { JsonSchema } from '../../../model/operation.ts'
import type { RequestValues } from '../../../request/index.ts'
import { checkValue, type ValueProblem } from '../check-value.ts'
import type { BodyKind } from './body-form.ts'

/** What does not fit in a body, and where. */
export type BodyProblem = ValueProblem

/** Problems of what was typed; of a kind that has no schema to speak of, none. */
export function problemsOf(
  { body, files = {} }: Pick<RequestValues, 'body' | 'files'>,
  kind: BodyKind,
  schema: JsonSchema | undefined,
): BodyProblem[] {
  const parts = Object.keys(files)
  // The fields of a form are JSON too; where there are files alone, nobody has typed it.
  const text = body ?? (parts.length > 0 ? '{}' : '')
  if ((kind !== 'json' && kind !== 'fields') || files[''] || text === '') return []
  return checkBody(text, schema, parts)
}

/**
 * Checks a JSON body against its schema. The API has the last word: a body with problems can still
 * be sent.
 *
 * @param files Parts that are files: they are there, and nothing is known of what is in them.
 */
export function checkBody(
  text: string,
  schema: JsonSchema | undefined,
  files: readonly string[] = [],
): BodyProblem[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return [{ place: '', path: [], message: `This is not JSON: ${jsonComplaint(cause)}` }]
  }
  if (files.length === 0 || typeof value !== 'object') return checkValue(value, schema)
  const places = Object.fromEntries(files.map((name) => [name, '']))
  return checkValue({ ...value, ...places }, schema).filter(
    ({ path: [name = ''] }) => !files.includes(name),
  )
}

function jsonComplaint(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/^JSON\.parse: /, '') : String(cause)
}
