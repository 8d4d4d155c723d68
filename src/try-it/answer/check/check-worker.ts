/**
 * Reads and checks one JSON answer away from the page: a document's pattern may take for ever, and
 * five megabytes take long enough to be felt.
 */
import type { JsonSchema } from '../../../model/operation.ts'
import type { Places } from '../../../model/panel-answers.ts'
import { type CheckOutcome, checkValue } from './check-value.ts'
import { withoutPatterns } from './without-patterns.ts'

export interface CheckTask {
  text: string
  schema?: JsonSchema
  places?: Places
  anchor?: string
  /** Patterns are left out: with them it took too long. */
  skipPatterns: boolean
}

export type CheckReply =
  /** Sent first. */
  { kind: 'read'; complaint?: string } | CheckOutcome

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckTask>) => void
  postMessage(reply: CheckReply): void
}

scope.onmessage = ({ data }) => {
  const { text, schema, places, anchor, skipPatterns } = data
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    scope.postMessage({ kind: 'read', complaint: String((cause as Error).message) })
    return
  }
  scope.postMessage({ kind: 'read' })
  const used = skipPatterns ? (withoutPatterns(schema) as JsonSchema | undefined) : schema
  scope.postMessage(checkValue(value, used, places, anchor))
}
