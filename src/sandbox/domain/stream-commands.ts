import { findCustomer } from '../store/customers.ts'
import { findStreams, listOpenBroadcasts, updateBroadcast, updateStream } from '../store/streams.ts'
import type { StreamRow } from '../store/tables.ts'
import { DomainError, notFound } from './domain-error.ts'
import { rateOf } from './rates.ts'
import { findAllIssues, findIssues, type ReadinessIssue } from './readiness.ts'
import { armed, disarmed, readWindow } from './schedule.ts'
import { stopping } from './settle.ts'
import { dropSnapshots, freezeDrafts } from './snapshot.ts'
import { checkCommand, lasts } from './stream-states.ts'
import { type StreamView, viewStream } from './stream-view.ts'
import { findOwnStream } from './streams.ts'
import type { Work } from './work.ts'

/**
 * Sends the stream on its way to the air. A stream that is not ready is not started: it answers
 * with the state `invalid`.
 *
 * @throws {DomainError} `STREAM_ILLEGAL_TRANSITION`, `INSUFFICIENT_CREDITS`
 */
export async function startStream(work: Work, id: string): Promise<StreamView> {
  const stream = await findOwnStream(work, id)
  checkCommand('start', stream.state)
  if ((await findIssues(work, stream)).length > 0) {
    return change(work, stream, { state: 'invalid', dueAt: null })
  }
  const rate = rateOf(stream.quality, stream.framerate)
  const credits = (await findCustomer(work.db, work.customerId))?.credits ?? 0
  if (credits < rate) {
    throw new DomainError(
      'INSUFFICIENT_CREDITS',
      `A minute on air costs ${rate} credits, and ${credits} are left.`,
    )
  }
  await freezeDrafts(work.db, id)
  return change(work, stream, {
    state: 'preparing',
    dueAt: work.now + lasts.preparing,
    runEndsAt: stream.scheduleEndAt,
  })
}

/** @throws {DomainError} `STREAM_ILLEGAL_TRANSITION` */
export async function stopStream(work: Work, id: string): Promise<StreamView> {
  const stream = await findOwnStream(work, id)
  checkCommand('stop', stream.state)
  for (const broadcast of await listOpenBroadcasts(work.db, work.customerId)) {
    if (broadcast.streamId !== id) continue
    await updateBroadcast(work.db, broadcast.id, { endedAt: work.now })
  }
  await dropSnapshots(work.db, id)
  return change(work, stream, stopping(work.now))
}

/** @throws {DomainError} `STREAM_ILLEGAL_TRANSITION`, `INVALID_INPUT` */
export async function scheduleStream(
  work: Work,
  id: string,
  scheduleStartAt: string,
  scheduleEndAt?: string | null,
): Promise<StreamView> {
  const stream = await findOwnStream(work, id)
  checkCommand('schedule', stream.state)
  return change(work, stream, armed(readWindow(scheduleStartAt, scheduleEndAt, work.now)))
}

/** @throws {DomainError} `STREAM_ILLEGAL_TRANSITION` */
export async function cancelStreamSchedule(work: Work, id: string): Promise<StreamView> {
  const stream = await findOwnStream(work, id)
  checkCommand('cancelSchedule', stream.state)
  return change(work, stream, disarmed(stream))
}

export interface Readiness {
  ready: boolean
  issues: ReadinessIssue[]
}

/** Whether a start would lead to the air, and if not, why. */
export async function checkReadiness(work: Work, id: string): Promise<Readiness> {
  const readiness = (await checkAllReadiness(work, [id])).get(id)
  if (!readiness) throw notFound('stream', id)
  return readiness
}

/** The same for many streams; ids that are none of the account's are left out. */
export async function checkAllReadiness(
  work: Work,
  ids: readonly string[],
): Promise<Map<string, Readiness>> {
  const streams = await findStreams(work.db, work.customerId, ids)
  const found = await findAllIssues(work, [...streams.values()])
  return new Map([...found].map(([id, issues]) => [id, { ready: issues.length === 0, issues }]))
}

async function change(
  { db, now }: Work,
  stream: StreamRow,
  changes: Partial<StreamRow>,
): Promise<StreamView> {
  const all = { ...changes, updatedAt: now }
  await updateStream(db, stream.id, all)
  return viewStream(db, { ...stream, ...all })
}
