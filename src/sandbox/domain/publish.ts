import { findPlaylist, listDuePublishes, listItems, updatePlaylist } from '../store/playlists.ts'
import { findStream } from '../store/streams.ts'
import { findUploads } from '../store/uploads.ts'
import { DomainError, notFound } from './domain-error.ts'
import { type PlaylistView, viewPlaylist } from './playlist-view.ts'
import { dropPrepared, freeze, goLive } from './snapshot.ts'
import { isLive } from './stream-states.ts'
import { isUploaded } from './upload-view.ts'
import type { Work } from './work.ts'

/** How long preparing a published draft takes here, in milliseconds. */
const preparationLasts = 3000

/**
 * Sends the draft on its way to the air. The answer comes before it is there: read the playlist
 * until `publishStatus` is no longer `PREPARING`.
 *
 * @param expectedDraftVersion The version the caller saw.
 * @throws {DomainError} `NOT_LIVE`, `STALE_DRAFT`, `EMPTY_PLAYLIST` or `BROKEN_ITEM`.
 */
export async function publishPlaylist(
  work: Work,
  id: string,
  expectedDraftVersion: number,
): Promise<PlaylistView> {
  const { db, customerId, now } = work
  const playlist = await findPlaylist(db, customerId, id)
  if (!playlist) throw notFound('playlist', id)
  const stream = await findStream(db, customerId, playlist.streamId)
  if (!stream || !isLive(stream.state)) {
    throw new DomainError(
      'NOT_LIVE',
      `The stream is ${stream?.state ?? 'gone'}. It takes the draft with it when it starts.`,
    )
  }
  if (playlist.version !== expectedDraftVersion) {
    throw new DomainError(
      'STALE_DRAFT',
      `The draft is at version ${playlist.version}, not ${expectedDraftVersion}.`,
      { currentVersion: playlist.version },
    )
  }
  const items = await listItems(db, id)
  if (items.length === 0) throw new DomainError('EMPTY_PLAYLIST', 'The draft has no items.')
  const uploads = await findUploads(
    db,
    customerId,
    items.map(({ uploadId }) => uploadId),
  )
  for (const item of items) {
    const upload = uploads.get(item.uploadId)
    if (upload && isUploaded(upload, now)) continue
    throw new DomainError('BROKEN_ITEM', `The media of item ${item.id} is not complete.`)
  }
  await freeze(db, playlist, 'next')
  await updatePlaylist(db, id, {
    publishDueAt: now + preparationLasts,
    publishVersion: playlist.version,
    updatedAt: now,
  })
  return viewPlaylist(work, id)
}

/** Ends the publishes that have come due; what a stream no longer plays is given up. */
export async function finishPublishes({ db, customerId, now }: Work): Promise<void> {
  for (const playlist of await listDuePublishes(db, customerId, now)) {
    const stream = await findStream(db, customerId, playlist.streamId)
    if (stream && isLive(stream.state)) await goLive(db, playlist)
    else await dropPrepared(db, playlist)
  }
}
