import type { Db } from '../store/database.ts'
import { playlistsOfStreams } from '../store/playlists.ts'
import type { StreamRow } from '../store/tables.ts'
import { instant } from './work.ts'

export interface StreamView {
  id: string
  createdAt: string
  updatedAt: string
  name: string | null
  quality: string | null
  framerate: string | null
  state: StreamRow['state']
  destinationID: string | null
  scheduleStartAt: string | null
  scheduleEndAt: string | null
  streamDuration: number | null
  runBackupStream: boolean
  videoUploadObjectID: string | null
  audioUploadObjectID: string | null
  playlistIDs: string[]
  youtubeSettingsID: string | null
}

export async function viewStream(db: Db, row: StreamRow): Promise<StreamView> {
  const playlists = await playlistsOfStreams(db, [row.id])
  return view(row, playlists.get(row.id) ?? [])
}

/** Views of many streams, in the same order. */
export async function viewStreams(db: Db, rows: readonly StreamRow[]): Promise<StreamView[]> {
  const playlists = await playlistsOfStreams(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => view(row, playlists.get(row.id) ?? []))
}

function view(row: StreamRow, playlists: readonly { id: string }[]): StreamView {
  return {
    id: row.id,
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
    name: row.name,
    quality: row.quality,
    framerate: row.framerate,
    state: row.state,
    destinationID: row.destinationId,
    scheduleStartAt: instant(row.scheduleStartAt),
    scheduleEndAt: instant(row.scheduleEndAt),
    streamDuration: row.streamDuration,
    runBackupStream: row.runBackupStream === 1,
    videoUploadObjectID: row.videoUploadId,
    audioUploadObjectID: row.audioUploadId,
    playlistIDs: playlists.map(({ id }) => id),
    youtubeSettingsID: row.youtubeSettingsId,
  }
}
