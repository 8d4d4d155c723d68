import type { Db } from '../store/database.ts'
import {
  listItems,
  listSnapshot,
  playlistsOfStream,
  replaceSnapshot,
  updatePlaylist,
} from '../store/playlists.ts'
import type { PlaylistRow } from '../store/tables.ts'

/** Puts the drafts of a stream on air, as a start does. */
export async function freezeDrafts(db: Db, streamId: string): Promise<void> {
  for (const playlist of await playlistsOfStream(db, streamId)) {
    await freeze(db, playlist, 'live')
    await updatePlaylist(db, playlist.id, {
      liveVersion: playlist.version,
      publishDueAt: null,
      publishVersion: null,
    })
  }
}

/** Keeps the draft as it is now, whatever happens to it later. */
export async function freeze(db: Db, playlist: PlaylistRow, stage: 'live' | 'next'): Promise<void> {
  const items = await listItems(db, playlist.id)
  const frozen = items.map(({ id, uploadId }) => ({ itemId: id, uploadId }))
  await replaceSnapshot(db, playlist.id, stage, frozen)
}

/** Puts on air what a publish has prepared. */
export async function goLive(db: Db, playlist: PlaylistRow): Promise<void> {
  const prepared = await listSnapshot(db, playlist.id, 'next')
  await replaceSnapshot(db, playlist.id, 'live', prepared)
  await dropPrepared(db, playlist)
  await updatePlaylist(db, playlist.id, {
    liveVersion: playlist.publishVersion ?? playlist.version,
  })
}

/** Off air, nothing of the playlists is on air any more. */
export async function dropSnapshots(db: Db, streamId: string): Promise<void> {
  for (const playlist of await playlistsOfStream(db, streamId)) {
    await replaceSnapshot(db, playlist.id, 'live', [])
    await dropPrepared(db, playlist)
    await updatePlaylist(db, playlist.id, { liveVersion: 0 })
  }
}

/** Gives up a publish under way. */
export async function dropPrepared(db: Db, playlist: PlaylistRow): Promise<void> {
  await replaceSnapshot(db, playlist.id, 'next', [])
  await updatePlaylist(db, playlist.id, { publishDueAt: null, publishVersion: null })
}
