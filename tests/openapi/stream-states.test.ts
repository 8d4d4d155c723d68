import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { readRateCard } from '../../src/guides/rate-card.ts'
import { layStates } from '../../src/guides/state-diagram.ts'
import { readStateMachine } from '../../src/guides/state-machine.ts'
import { rateOf } from '../../src/sandbox/domain/rates.ts'
import { checkCommand, type StreamCommand } from '../../src/sandbox/domain/stream-states.ts'
import type { StreamState } from '../../src/sandbox/store/tables.ts'

const document = await readDocument('openapi/openapi.yaml')
const machine = readStateMachine(document, 'StreamState')

const commands: Readonly<Record<StreamCommand, string>> = {
  start: 'startStream',
  stop: 'stopStream',
  schedule: 'scheduleStream',
  cancelSchedule: 'cancelStreamSchedule',
}

describe('the sandbox takes a command in the states that the document names', () => {
  for (const [command, operation] of Object.entries(commands)) {
    test.each(machine.states)(`${command} in the state %s`, (state) => {
      const described = machine.transitions.some(
        (row) => row.operation === operation && row.from.includes(state),
      )
      const attempt = () => checkCommand(command as StreamCommand, state as StreamState)
      if (described) expect(attempt).not.toThrow()
      else expect(attempt).toThrow()
    })
  }
})

test('every state can be reached and left', () => {
  for (const state of machine.states) {
    expect(
      state === 'draft' || machine.transitions.some(({ to }) => to === state),
      `${state} is reached`,
    ).toBe(true)
    expect(
      machine.transitions.some(({ from }) => from.includes(state)),
      `${state} is left`,
    ).toBe(true)
  }
})

test('a drawing whose layout lacks a state is refused, and names it', () => {
  expect(() => layStates(machine, 'draft invalid')).toThrow(/scheduled, preparing.* missing/)
  expect(() => layStates(machine, `${machine.states.join(' ')} draft`)).toThrow(/draft there twice/)
})

test('the sandbox charges what the rate card says', () => {
  const card = readRateCard(document, 'billing')
  for (const row of card.rows) {
    for (const column of card.columns) {
      expect(rateOf(row, column), `${row} ${column}`).toBe(card.rates.get(row)?.get(column))
    }
  }
})
