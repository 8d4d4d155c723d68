import type { JsonObject } from '../json-value.ts'
import { child, formatPointer } from '../pointer.ts'
import type { Findings } from './findings.ts'
import type { Spot } from './spot.ts'

/** The ids of the operations met so far: one that is missing or stands twice is told. */
export class OperationIds {
  readonly #findings: Findings
  readonly #first = new Map<string, Spot>()

  constructor(findings: Findings) {
    this.#findings = findings
  }

  note(operation: JsonObject, at: Spot): void {
    const id = child(operation, 'operationId')
    if (id === undefined || id === null || id === '') {
      const message = 'The operation has no operationId; its address is made of method and path.'
      this.#findings.warn('operation_id_missing', at, message)
      return
    }
    const name = String(id)
    const first = this.#first.get(name)
    if (!first) {
      this.#first.set(name, at)
      return
    }
    this.#findings.warn(
      'operation_id_repeated',
      { ...at, steps: [...at.steps, 'operationId'] },
      `The operationId "${name.slice(0, 200)}" stands at ${formatPointer(first.steps)} already.`,
    )
  }
}
