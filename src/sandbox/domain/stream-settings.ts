import { findDestination } from '../store/destinations.ts'
import {
  findPlaylist,
  listItems,
  playlistsOfStream,
  replaceItems,
  updatePlaylist,
} from '../store/playlists.ts'
import { flag, type PlaylistRow, type StreamRow, type UploadRow } from '../store/tables.ts'
import { findUpload } from '../store/uploads.ts'
import { DomainError, invalidInput, notFound } from './domain-error.ts'
import { copyItems } from './playlists.ts'
import type { Work } from './work.ts'

/** What create and update share; every field may be left out, and null counts as left out. */
export interface StreamSettings {
  name?: string | null
  quality?: string | null
  framerate?: string | null
  destinationID?: string | null
  videoUploadObjectID?: string | null
  audioUploadObjectID?: string | null
  scheduleStartAt?: string | null
  scheduleEndAt?: string | null
  streamDuration?: number | null
  runBackupStream?: boolean | null
  agentModeEnabled?: boolean | null
  streamBackend?: string | null
  streamKey?: string | null
  streamStateID?: string | null
  youtubeSettingsID?: string | null
}

/** Seconds: a hundred years. */
const longestRun = 3_155_760_000

/** Turns settings into columns; the schedule is not among them, as it moves the state. */
export async function readSettings(
  work: Work,
  settings: StreamSettings,
): Promise<Partial<StreamRow>> {
  const changes: Partial<StreamRow> = {}
  if (settings.name != null) changes.name = settings.name
  if (settings.quality != null) changes.quality = settings.quality
  if (settings.framerate != null) changes.framerate = settings.framerate
  if (settings.streamDuration != null) {
    if (settings.streamDuration > longestRun) {
      throw invalidInput('streamDuration', `may be up to ${longestRun} seconds; 0 never stops.`)
    }
    changes.streamDuration = settings.streamDuration
  }
  if (settings.runBackupStream != null) changes.runBackupStream = settings.runBackupStream ? 1 : 0
  if (settings.agentModeEnabled != null) changes.agentModeEnabled = flag(settings.agentModeEnabled)
  if (settings.streamBackend != null) changes.streamBackend = settings.streamBackend
  if (settings.streamStateID != null) changes.streamStateId = settings.streamStateID
  if (settings.youtubeSettingsID != null) changes.youtubeSettingsId = settings.youtubeSettingsID
  if (settings.streamKey != null)
    changes.streamKeySealed = work.means.secrets.seal(settings.streamKey)
  if (settings.destinationID != null) {
    const destination = await findDestination(work.db, work.customerId, settings.destinationID)
    if (!destination) throw notFound('destination', settings.destinationID)
    changes.destinationId = destination.id
  }
  if (settings.videoUploadObjectID != null) {
    changes.videoUploadId = await findMedia(work, 'video', settings.videoUploadObjectID)
  }
  if (settings.audioUploadObjectID != null) {
    changes.audioUploadId = await findMedia(work, 'audio', settings.audioUploadObjectID)
  }
  return changes
}

async function findMedia(
  { db, customerId }: Work,
  type: UploadRow['type'] & ('video' | 'audio'),
  id: string,
): Promise<string> {
  const upload = await findUpload(db, customerId, id)
  if (!upload || upload.removed) throw notFound('upload', id)
  if (upload.type !== type) {
    throw invalidInput(`${type}UploadObjectID`, `${id} is of type ${upload.type}, not ${type}.`)
  }
  return id
}

/** Ingest servers of platforms that take no more than 1080p. */
const fullHdOnly = ['twitch.tv', 'contribute.live-video.net', 'global-contribute.live-video.net']

/** @throws {DomainError} `DESTINATION_INCOMPATIBLE` where the quality cannot reach the destination. */
export async function checkReach(
  { db, customerId }: Work,
  stream: Pick<StreamRow, 'destinationId' | 'quality'>,
): Promise<void> {
  if (stream.destinationId === null) return
  const destination = await findDestination(db, customerId, stream.destinationId)
  const url = destination?.rtmpUrl
  if (!url || (stream.quality !== 'q_1440p' && stream.quality !== 'q_2160p')) return
  const { hostname } = new URL(url)
  if (!fullHdOnly.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return
  throw new DomainError(
    'DESTINATION_INCOMPATIBLE',
    `${hostname} takes up to 1080p, and the stream is set to ${stream.quality}.`,
    { reason: 'QUALITY_TOO_HIGH' },
  )
}

/**
 * A stream owns exactly one playlist of each kind, so "adding" another one copies its content into
 * the stream's own.
 *
 * @throws {DomainError} `NOT_FOUND`; `INVALID_INPUT` for two of one kind.
 */
export async function fillPlaylists(
  work: Work,
  streamId: string,
  ids: readonly string[],
  field: string,
): Promise<void> {
  const filled = new Set<PlaylistRow['kind']>()
  for (const [index, id] of ids.entries()) {
    const source = await findPlaylist(work.db, work.customerId, id)
    if (!source) throw notFound('playlist', id)
    if (source.streamId === streamId) continue
    if (filled.has(source.kind)) {
      throw invalidInput(`${field}/${index}`, `a stream takes one ${source.kind} playlist.`)
    }
    filled.add(source.kind)
    const own = await playlistsOfStream(work.db, streamId)
    const target = own.find(({ kind }) => kind === source.kind)
    if (target) await copyItems(work, source, target)
  }
}

/** A single file is a playlist of one item. */
export async function fillWithOne(
  work: Work,
  streamId: string,
  kind: PlaylistRow['kind'],
  uploadId: string,
): Promise<void> {
  for (const playlist of await playlistsOfStream(work.db, streamId)) {
    if (playlist.kind !== kind) continue
    const item = { id: work.means.newId('plitm', work.now), uploadId }
    await replaceDraft(work, playlist, [item])
  }
}

/** Takes the single file away again, unless the playlist has been edited since. */
export async function emptyOfOne(
  work: Work,
  streamId: string,
  kind: PlaylistRow['kind'],
  uploadId: string,
): Promise<void> {
  for (const playlist of await playlistsOfStream(work.db, streamId)) {
    if (playlist.kind !== kind) continue
    const items = await listItems(work.db, playlist.id)
    if (items.length === 1 && items[0]?.uploadId === uploadId)
      await replaceDraft(work, playlist, [])
  }
}

/**
 * Empties the stream's own playlists.
 *
 * @param ids Which ones.
 * @throws {DomainError} `NOT_FOUND` for a playlist that is not the stream's.
 */
export async function emptyPlaylists(
  work: Work,
  streamId: string,
  ids: readonly string[],
): Promise<void> {
  for (const id of new Set(ids)) {
    const playlist = await findPlaylist(work.db, work.customerId, id)
    if (playlist?.streamId !== streamId) throw notFound('playlist of this stream', id)
    await replaceDraft(work, playlist, [])
  }
}

async function replaceDraft(
  work: Work,
  playlist: PlaylistRow,
  items: readonly { id: string; uploadId: string }[],
): Promise<void> {
  await replaceItems(work.db, playlist.id, items)
  await updatePlaylist(work.db, playlist.id, {
    version: playlist.version + 1,
    copiedFrom: null,
    updatedAt: work.now,
  })
}
