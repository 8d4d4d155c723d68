import type { JsonSchema } from '../../../model/operation.ts'
import { checkValue, type ValueProblem } from '../check-value.ts'

/** What does not fit in a body, and where. */
export type BodyProblem = ValueProblem

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
