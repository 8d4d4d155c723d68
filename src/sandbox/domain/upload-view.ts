import type { MediaFacts } from '../media/facts.ts'
import type { UploadRow } from '../store/tables.ts'
import { type ImportStatus, importStatus } from './import-steps.ts'
import { instant } from './work.ts'

export interface UploadView {
  id: string
  createdAt: string
  name: string
  mimeType: string
  type: UploadRow['type']
  uploaded: boolean
  fileSize: number | null
  duration: number | null
  fps: number | null
  width: number | null
  height: number | null
  orientation: number | null
  hasAudio: boolean | null
  hasVideo: boolean | null
  externalSource: { url: string; state: { status: ImportStatus; error: string | null } } | null
}

const unknown: MediaFacts = {
  duration: null,
  fps: null,
  width: null,
  height: null,
  orientation: null,
  hasAudio: null,
  hasVideo: null,
}

/** Complete, so that a playlist can play it. */
export function isUploaded(row: UploadRow, now: number): boolean {
  return row.completedAt !== null && row.completedAt <= now && !row.removed
}

/** What is known of the media by now. */
export function factsOf(row: UploadRow, now: number): MediaFacts {
  if (row.factsAt === null || row.factsAt > now) return unknown
  return {
    duration: row.duration,
    fps: row.fps,
    width: row.width,
    height: row.height,
    orientation: row.orientation,
    hasAudio: row.hasAudio === null ? null : row.hasAudio === 1,
    hasVideo: row.hasVideo === null ? null : row.hasVideo === 1,
  }
}

export function viewUpload(row: UploadRow, now: number): UploadView {
  const uploaded = isUploaded(row, now)
  const status = importStatus(row, now)
  return {
    id: row.id,
    createdAt: instant(row.createdAt),
    name: row.name,
    mimeType: row.mimeType,
    type: row.type,
    uploaded,
    // How big a linked file is shows only once it is here.
    fileSize: status && !uploaded ? null : row.fileSize,
    ...factsOf(row, now),
    externalSource:
      status && row.sourceUrl !== null
        ? { url: row.sourceUrl, state: { status, error: importError(status) } }
        : null,
  }
}

function importError(status: ImportStatus): string | null {
  return status === 'FAILED' ? 'The host of the link cannot be found.' : null
}
