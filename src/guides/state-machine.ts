import { child, isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'
import { schemaNamed } from './look-up.ts'

/** One row of a state machine: from any of these states, this leads there. */
export interface Transition {
  from: readonly string[]
  to: string
  /** `operationId` of the call that makes it happen; absent where it happens by itself. */
  operation?: string
  /** What happens by itself, in a few words. */
  event?: string
  /** Under which condition, in a few words. */
  when?: string
}

export interface StateMachine {
  /** In the order of the schema's enum. */
  states: readonly string[]
  transitions: readonly Transition[]
}

/**
 * Reads `x-transitions` of a schema whose `enum` lists the states.
 *
 * @throws {FactError} There is no such schema, or a transition names a state that the enum has not.
 */
export function readStateMachine(document: OpenApiDocument, name: string): StateMachine {
  const schema = schemaNamed(document, name)
  const states = texts(schema.enum)
  const rows = schema['x-transitions']
  if (!Array.isArray(rows)) throw new Error(`the schema "${name}" has no x-transitions.`)
  const transitions = rows.filter(isObject).map((row) => readTransition(row))
  for (const { from, to } of transitions) {
    const stray = [...from, to].find((state) => !states.includes(state))
    if (stray !== undefined) throw new Error(`"${stray}" is no state of the schema "${name}".`)
  }
  return { states, transitions }
}

function readTransition(row: JsonObject): Transition {
  const word = (name: string) => {
    const value = child(row, name)
    return typeof value === 'string' ? { [name]: value } : {}
  }
  return {
    from: texts(row.from),
    to: String(row.to),
    ...word('operation'),
    ...word('event'),
    ...word('when'),
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
