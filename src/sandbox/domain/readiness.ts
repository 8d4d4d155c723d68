import { findDestinations } from '../store/destinations.ts'
import { listItemsOf, playlistsOfStreams } from '../store/playlists.ts'
import type {
  DestinationRow,
  PlaylistItemRow,
  PlaylistRow,
  StreamRow,
  UploadRow,
} from '../store/tables.ts'
import { findUploads } from '../store/uploads.ts'
import { isUploaded } from './upload-view.ts'
import type { Work } from './work.ts'

/** One reason why a stream cannot start as it is set up now. */
export interface ReadinessIssue {
  code: 'NO_DESTINATION' | 'DESTINATION_NOT_ACTIVE' | 'NO_MEDIA' | 'MEDIA_NOT_READY'
  message: string
  /** The field of the stream to change, where one field is to blame. */
  field?: string
}

/** Looks at the settings alone, not at the credits: those are checked on the way to the air. */
export async function findIssues(work: Work, stream: StreamRow): Promise<ReadinessIssue[]> {
  return (await findAllIssues(work, [stream])).get(stream.id) ?? []
}

/** The same for many streams. */
export async function findAllIssues(
  { db, customerId, now }: Work,
  streams: readonly StreamRow[],
): Promise<Map<string, ReadinessIssue[]>> {
  const destinations = await findDestinations(
    db,
    customerId,
    streams.flatMap(({ destinationId }) => destinationId ?? []),
  )
  const playlists = await playlistsOfStreams(
    db,
    streams.map(({ id }) => id),
  )
  const items = await listItemsOf(
    db,
    [...playlists.values()].flat().map(({ id }) => id),
  )
  const uploads = await findUploads(
    db,
    customerId,
    [...items.values()].flat().map(({ uploadId }) => uploadId),
  )
  return new Map(
    streams.map((stream) => {
      const media = (playlists.get(stream.id) ?? []).map(
        (playlist) => [playlist, items.get(playlist.id) ?? []] as const,
      )
      const issues = [
        ...destinationIssues(stream, destinations.get(stream.destinationId ?? '')),
        ...mediaIssues(media, uploads, now),
      ]
      return [stream.id, issues]
    }),
  )
}

function destinationIssues(
  stream: StreamRow,
  destination: DestinationRow | undefined,
): ReadinessIssue[] {
  const field = 'destinationID'
  if (stream.destinationId === null) {
    return [{ code: 'NO_DESTINATION', message: 'The stream has no destination.', field }]
  }
  if (destination?.status === 'active') return []
  const status = destination?.status ?? 'gone'
  const name = destination?.name ?? stream.destinationId
  return [
    { code: 'DESTINATION_NOT_ACTIVE', message: `The destination "${name}" is ${status}.`, field },
  ]
}

function mediaIssues(
  media: readonly (readonly [PlaylistRow, readonly PlaylistItemRow[]])[],
  uploads: ReadonlyMap<string, UploadRow>,
  now: number,
): ReadinessIssue[] {
  const issues: ReadinessIssue[] = []
  if (!media.some(([{ kind }, items]) => kind === 'video' && items.length > 0)) {
    issues.push({
      code: 'NO_MEDIA',
      message: 'The video playlist is empty.',
      field: 'playlistIDs',
    })
  }
  const used = new Set(media.flatMap(([, items]) => items.map(({ uploadId }) => uploadId)))
  for (const id of used) {
    const upload = uploads.get(id)
    if (!upload || isUploaded(upload, now)) continue
    issues.push({
      code: 'MEDIA_NOT_READY',
      message: `The upload "${upload.name}" (${upload.id}) is not complete.`,
    })
  }
  return issues
}
