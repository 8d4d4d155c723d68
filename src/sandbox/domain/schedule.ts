import type { StreamRow } from '../store/tables.ts'
import { invalidInput } from './domain-error.ts'

/** When a stream goes on air by itself, and when it leaves it. */
export interface Window {
  startAt: number
  endAt: number | null
}

/**
 * @param now The window must lie after it.
 * @throws {DomainError} `INVALID_INPUT` for a start that has passed or an end before the start.
 */
export function readWindow(
  scheduleStartAt: string,
  scheduleEndAt: string | null | undefined,
  now: number,
): Window {
  const startAt = Date.parse(scheduleStartAt)
  if (Number.isNaN(startAt)) throw invalidInput('scheduleStartAt', 'is no instant.')
  if (startAt <= now) throw invalidInput('scheduleStartAt', 'must lie in the future.')
  if (scheduleEndAt == null) return { startAt, endAt: null }
  const endAt = Date.parse(scheduleEndAt)
  if (Number.isNaN(endAt)) throw invalidInput('scheduleEndAt', 'is no instant.')
  if (endAt <= startAt) throw invalidInput('scheduleEndAt', 'must come after scheduleStartAt.')
  return { startAt, endAt }
}

/** What arming a window does to a stream. */
export function armed({ startAt, endAt }: Window): Partial<StreamRow> {
  return { state: 'scheduled', scheduleStartAt: startAt, scheduleEndAt: endAt, dueAt: startAt }
}

/** What disarming does: back to where the stream was before. */
export function disarmed(stream: Pick<StreamRow, 'hasRun'>): Partial<StreamRow> {
  return {
    state: stream.hasRun ? 'stopped' : 'draft',
    scheduleStartAt: null,
    scheduleEndAt: null,
    dueAt: null,
  }
}
