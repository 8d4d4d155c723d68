import { isCut } from '../../../model/cut-schema.ts'
import type { JsonSchema } from '../../../model/operation.ts'
import type { Places } from '../../../model/panel-answers.ts'
import { type Findings, findDifferences } from './differences.ts'

export type CheckOutcome =
  /** `partly`: what was left out. */
  { kind: 'checked'; findings: Findings; partly?: string } | { kind: 'failed'; reason: string }

/** Compares a value with what the document says of it, as far as that can be done. */
export function checkValue(
  value: unknown,
  schema: JsonSchema | undefined,
  places: Places | undefined,
  anchor: string | undefined,
): CheckOutcome {
  const find = (part: unknown) => findDifferences(value, schema, places, anchor, part)
  try {
    return { kind: 'checked', findings: find(value), ...(isCut(schema) && { partly: cutWords }) }
  } catch (cause) {
    if (!(cause instanceof RangeError)) {
      return { kind: 'failed', reason: 'its schema cannot be read' }
    }
  }
  try {
    // A list with thousands of differences is as much for the validator as nesting without end.
    return {
      kind: 'checked',
      findings: find(shortened(value)),
      partly: `Of each long list, only the first ${mostItems} items were checked.`,
    }
  } catch {
    return { kind: 'failed', reason: 'it is nested too deep' }
  }
}

const cutWords = 'What lies deepest was not checked: the documented schema is very long.'

/** Items of a list that are checked when all are too many. */
const mostItems = 200

/** @throws {RangeError} The value is nested too deep. */
function shortened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.slice(0, mostItems).map(shortened)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, shortened(member)]),
  )
}
