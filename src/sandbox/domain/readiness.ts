import { findDestination } from '../store/destinations.ts'
import { listItems, playlistsOfStream } from '../store/playlists.ts'
import type { StreamRow } from '../store/tables.ts'
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
  return [...(await destinationIssues(work, stream)), ...(await mediaIssues(work, stream))]
}

async function destinationIssues(work: Work, stream: StreamRow): Promise<ReadinessIssue[]> {
  const field = 'destinationID'
  if (stream.destinationId === null) {
    return [{ code: 'NO_DESTINATION', message: 'The stream has no destination.', field }]
  }
  const destination = await findDestination(work.db, work.customerId, stream.destinationId)
  if (destination?.status === 'active') return []
  const status = destination?.status ?? 'gone'
  const name = destination?.name ?? stream.destinationId
  return [
    { code: 'DESTINATION_NOT_ACTIVE', message: `The destination "${name}" is ${status}.`, field },
  ]
}

async function mediaIssues(work: Work, stream: StreamRow): Promise<ReadinessIssue[]> {
  const used: string[] = []
  let hasVideo = false
  for (const playlist of await playlistsOfStream(work.db, stream.id)) {
    const items = await listItems(work.db, playlist.id)
    used.push(...items.map(({ uploadId }) => uploadId))
    if (playlist.kind === 'video' && items.length > 0) hasVideo = true
  }
  const issues: ReadinessIssue[] = []
  if (!hasVideo) {
    issues.push({
      code: 'NO_MEDIA',
      message: 'The video playlist is empty.',
      field: 'playlistIDs',
    })
  }
  for (const upload of (await findUploads(work.db, work.customerId, used)).values()) {
    if (isUploaded(upload, work.now)) continue
    issues.push({
      code: 'MEDIA_NOT_READY',
      message: `The upload "${upload.name}" (${upload.id}) is not complete.`,
    })
  }
  return issues
}
