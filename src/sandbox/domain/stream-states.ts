import type { StreamState } from '../store/tables.ts'
import { DomainError } from './domain-error.ts'

export type StreamCommand = 'start' | 'stop' | 'schedule' | 'cancelSchedule'

const allowedFrom: Readonly<Record<StreamCommand, readonly StreamState[]>> = {
  start: ['draft', 'scheduled', 'stopped', 'failed', 'invalid'],
  stop: ['preparing', 'activating', 'active'],
  schedule: ['draft', 'stopped', 'failed', 'invalid'],
  cancelSchedule: ['scheduled'],
}

const verbs: Readonly<Record<StreamCommand, string>> = {
  start: 'started',
  stop: 'stopped',
  schedule: 'scheduled',
  cancelSchedule: 'taken off its schedule',
}

/** How long each passing state lasts here, in milliseconds. The real service takes about a minute. */
export const lasts = { preparing: 3000, activating: 4000, stopping: 2000, failing: 2000 } as const

/** On air or on the way there. */
export function isLive(state: StreamState): boolean {
  return state === 'preparing' || state === 'activating' || state === 'active'
}

/** Live, or still being torn down: settings of the broadcast cannot be taken away from it. */
export function isBusy(state: StreamState): boolean {
  return isLive(state) || state === 'stopping' || state === 'failing'
}

/** @throws {DomainError} `STREAM_ILLEGAL_TRANSITION` where the state does not allow the command. */
export function checkCommand(command: StreamCommand, state: StreamState): void {
  if (allowedFrom[command].includes(state)) return
  throw new DomainError(
    'STREAM_ILLEGAL_TRANSITION',
    `A stream that is ${state} cannot be ${verbs[command]}; it can be from ${list(allowedFrom[command])}.`,
  )
}

function list(states: readonly StreamState[]): string {
  const last = states.at(-1)
  return states.length < 2 ? String(last) : `${states.slice(0, -1).join(', ')} or ${last}`
}
