import { findCustomer } from '../store/customers.ts'
import type { PageRequest } from '../store/paging.ts'
import { playlistsOfStream } from '../store/playlists.ts'
import {
  deleteStream as deleteRow,
  findStream,
  findStreams,
  insertStream,
  listOpenBroadcasts,
  listStreams as listRows,
  updateStream as updateRow,
} from '../store/streams.ts'
import type { StreamRow } from '../store/tables.ts'
import { DomainError, invalidInput, notFound } from './domain-error.ts'
import { answerPage, type ListAnswer } from './page.ts'
import { createPlaylist } from './playlists.ts'
import { defaultFramerate, defaultQuality } from './rates.ts'
import { armed, disarmed, readWindow } from './schedule.ts'
import { endOfRun } from './settle.ts'
import { checkChangeable, checkSwitches, type StreamUpdate } from './stream-changes.ts'
import {
  checkReach,
  emptyOfOne,
  emptyPlaylists,
  fillPlaylists,
  fillWithOne,
  readSettings,
  type StreamSettings,
} from './stream-settings.ts'
import { isBusy } from './stream-states.ts'
import { type StreamView, viewStream, viewStreams } from './stream-view.ts'
import { instant, type Work } from './work.ts'

export interface NewStream extends StreamSettings {
  playlistIDs?: string[]
  preparedPlaylistIDs?: string[]
}

export async function listStreams(
  work: Work,
  page: PageRequest,
  filter: { state?: StreamRow['state']; name?: string },
): Promise<ListAnswer<StreamView>> {
  const found = await listRows(work.db, work.customerId, page, filter)
  return answerPage(found, await viewStreams(work.db, found.rows))
}

/** @returns Those of the ids that are streams of the account. */
export async function getStreams(
  { db, customerId }: Work,
  ids: readonly string[],
): Promise<Map<string, StreamView>> {
  const rows = [...(await findStreams(db, customerId, ids)).values()]
  return new Map((await viewStreams(db, rows)).map((view) => [view.id, view]))
}

export async function getStream(work: Work, id: string): Promise<StreamView> {
  return viewStream(work.db, await findOwnStream(work, id))
}

/** @throws {DomainError} `NOT_FOUND` */
export async function findOwnStream({ db, customerId }: Work, id: string): Promise<StreamRow> {
  const row = await findStream(db, customerId, id)
  if (!row) throw notFound('stream', id)
  return row
}

/** A new stream comes with its two playlists; a start time given with it arms its window. */
export async function createStream(work: Work, input: NewStream): Promise<StreamView> {
  const { db, customerId, now, means } = work
  const customer = await findCustomer(db, customerId)
  const row: StreamRow = {
    id: means.newId('stream', now),
    customerId,
    createdAt: now,
    updatedAt: now,
    name: null,
    quality: defaultQuality,
    framerate: defaultFramerate,
    destinationId: null,
    videoUploadId: null,
    audioUploadId: null,
    scheduleStartAt: null,
    scheduleEndAt: null,
    streamDuration: customer?.defaultStreamDuration ?? 0,
    runBackupStream: 0,
    agentModeEnabled: null,
    streamBackend: null,
    streamStateId: null,
    streamKeySealed: null,
    youtubeSettingsId: null,
    state: 'draft',
    dueAt: null,
    hasRun: 0,
    runEndsAt: null,
    ...(await readSettings(work, input)),
  }
  if (input.scheduleStartAt != null) {
    Object.assign(row, armed(readWindow(input.scheduleStartAt, input.scheduleEndAt, now)))
  } else if (input.scheduleEndAt != null) {
    throw invalidInput('scheduleEndAt', 'needs scheduleStartAt.')
  }
  await checkReach(work, row)
  await insertStream(db, row)
  await createPlaylist(work, row.id, 'video')
  await createPlaylist(work, row.id, 'audio')
  await fillMedia(work, row)
  await fillPlaylists(work, row.id, input.playlistIDs ?? [], 'playlistIDs')
  return viewStream(db, row)
}

/**
 * @throws {DomainError} `IMMUTABLE_WHILE_LIVE` for quality and framerate, `STREAM_LIVE` for what
 * the broadcast is made of, `INVALID_INPUT` for a field together with the switch that empties it.
 */
export async function updateStream(
  work: Work,
  id: string,
  input: StreamUpdate,
): Promise<StreamView> {
  const stream = await findOwnStream(work, id)
  checkSwitches(input)
  checkChangeable(stream, input)
  const changes: Partial<StreamRow> = {
    ...clearedColumns(input),
    ...(await readSettings(work, input)),
    ...readSchedule(work, stream, input),
    updatedAt: work.now,
  }
  const changed = { ...stream, ...changes }
  if (changed.state === 'active' && 'streamDuration' in changes) {
    changes.dueAt = await newEnd(work, changed)
  }
  await checkReach(work, changed)
  await updateRow(work.db, id, changes)
  await clearMedia(work, stream, input)
  await fillMedia(work, { id, videoUploadId: null, audioUploadId: null, ...changes })
  await fillPlaylists(work, id, input.addPlaylistIDs ?? [], 'addPlaylistIDs')
  return getStream(work, id)
}

/** @throws {DomainError} `STREAM_LIVE` */
export async function deleteStream(work: Work, id: string): Promise<void> {
  const stream = await findOwnStream(work, id)
  if (isBusy(stream.state)) {
    throw new DomainError('STREAM_LIVE', `The stream is ${stream.state}. Stop it first.`)
  }
  await deleteRow(work.db, id)
}

const columnsToClear = {
  clearAudioUploadObject: 'audioUploadId',
  clearDestination: 'destinationId',
  clearFramerate: 'framerate',
  clearName: 'name',
  clearQuality: 'quality',
  clearStreamBackend: 'streamBackend',
  clearStreamDuration: 'streamDuration',
  clearStreamKey: 'streamKeySealed',
  clearStreamState: 'streamStateId',
  clearVideoUploadObject: 'videoUploadId',
  clearYoutubeSettings: 'youtubeSettingsId',
} as const satisfies Partial<Record<keyof StreamUpdate, keyof StreamRow>>

function clearedColumns(input: StreamUpdate): Partial<StreamRow> {
  const changes: Partial<StreamRow> = {}
  for (const [name, column] of Object.entries(columnsToClear)) {
    if (input[name as keyof typeof columnsToClear]) Object.assign(changes, { [column]: null })
  }
  return changes
}

/** Media of its own for a stream that names single files. */
async function fillMedia(
  work: Work,
  stream: Pick<StreamRow, 'id' | 'videoUploadId' | 'audioUploadId'>,
): Promise<void> {
  const { id, videoUploadId, audioUploadId } = stream
  if (videoUploadId) await fillWithOne(work, id, 'video', videoUploadId)
  if (audioUploadId) await fillWithOne(work, id, 'audio', audioUploadId)
}

async function clearMedia(work: Work, stream: StreamRow, input: StreamUpdate): Promise<void> {
  const { id, videoUploadId, audioUploadId } = stream
  if (input.clearPlaylists) {
    const own = await playlistsOfStream(work.db, id)
    await emptyPlaylists(
      work,
      id,
      own.map((playlist) => playlist.id),
    )
  }
  await emptyPlaylists(work, id, input.removePlaylistIDs ?? [])
  if (input.clearVideoUploadObject && videoUploadId) {
    await emptyOfOne(work, id, 'video', videoUploadId)
  }
  if (input.clearAudioUploadObject && audioUploadId) {
    await emptyOfOne(work, id, 'audio', audioUploadId)
  }
}

function readSchedule({ now }: Work, stream: StreamRow, input: StreamUpdate): Partial<StreamRow> {
  if (input.clearScheduleStartAt) {
    return stream.state === 'scheduled' ? disarmed(stream) : {}
  }
  const startAt = input.scheduleStartAt ?? instant(stream.scheduleStartAt)
  const endAt = input.clearScheduleEndAt
    ? null
    : (input.scheduleEndAt ?? instant(stream.scheduleEndAt))
  if (input.scheduleStartAt == null && input.scheduleEndAt == null && !input.clearScheduleEndAt) {
    return {}
  }
  if (startAt === null) {
    if (input.clearScheduleEndAt) return {}
    throw invalidInput('scheduleEndAt', 'needs scheduleStartAt.')
  }
  if (isBusy(stream.state)) {
    throw new DomainError(
      'STREAM_LIVE',
      `The schedule cannot change while the stream is ${stream.state}. Stop it first.`,
    )
  }
  return armed(readWindow(startAt, endAt, now))
}

async function newEnd({ db, now }: Work, stream: StreamRow): Promise<number | null> {
  const broadcasts = await listOpenBroadcasts(db, stream.customerId)
  const onAir = broadcasts.find(({ streamId }) => streamId === stream.id)
  const end = endOfRun(stream, onAir?.startedAt ?? now)
  return end === null ? null : Math.max(end, now)
}
