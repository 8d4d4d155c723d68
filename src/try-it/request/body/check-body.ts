import type { JsonSchema } from '../../../model/operation.ts'
import { checkValue, type ValueProblem } from '../check-value.ts'

/** What does not fit in a body, and where. */
export type BodyProblem = ValueProblem

/**
 * Checks a JSON body against its schema. The API has the last word: a body with problems can still
 * be sent.
 */
export function checkBody(text: string, schema: JsonSchema | undefined): BodyProblem[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return [{ place: '', path: [], message: `This is not JSON: ${jsonComplaint(cause)}` }]
  }
  return checkValue(value, schema)
}

function jsonComplaint(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/^JSON\.parse: /, '') : String(cause)
}
