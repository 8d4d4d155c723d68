import type { Fact, FactAttributes, FactSource, ReadFact } from './fact.ts'
import { needed } from './look-up.ts'
import { layStates } from './state-diagram.ts'
import { readStateMachine } from './state-machine.ts'
import {
  endpoint,
  errorTable,
  example,
  fieldTable,
  monthTable,
  parameterTable,
  rateTable,
  scopeTable,
  stateTable,
  toolTable,
  valueTable,
} from './tables.ts'

/**
 * The facts that a guide may draw from the OpenAPI document, by the name of the component that
 * shows them. A page and its Markdown twin print the same fact.
 */
export const facts: ReadonlyMap<string, ReadFact> = new Map<string, ReadFact>([
  ['Endpoint', endpoint],
  ['ScopeTable', scopeTable],
  ['ErrorTable', errorTable],
  ['ParameterTable', parameterTable],
  ['FieldTable', fieldTable],
  ['ValueTable', valueTable],
  ['ToolTable', toolTable],
  ['StateTable', stateTable],
  ['StateDiagram', stateDrawing],
  ['RateCard', rateTable],
  ['CreditCalculator', monthTable],
  ['Example', example],
])

/** `schema="StreamState" layout="a b / c d"`: drawn by its component, held against the layout here. */
function stateDrawing(attributes: FactAttributes, { document }: FactSource): Fact {
  const machine = readStateMachine(document, needed(attributes, 'schema'))
  layStates(machine, needed(attributes, 'layout'))
  return { kind: 'drawing' }
}
