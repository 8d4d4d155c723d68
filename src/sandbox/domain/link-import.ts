import { flag, type UploadRow } from '../store/tables.ts'
import { insertUpload } from '../store/uploads.ts'
import { invalidInput } from './domain-error.ts'
import { importLasts } from './import-steps.ts'
import { type UploadView, viewUpload } from './upload-view.ts'
import type { Work } from './work.ts'

export interface LinkImport {
  type: 'VIDEO' | 'AUDIO'
  url: string
  quality?: string | null
}

/**
 * Begins to fetch media from a link. Nothing is fetched here: a small file of the sandbox takes
 * its place, step by step. Hosts that end in `.invalid` fail, so that failure can be seen too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2606.html#section-2
 */
export async function importFromLink(work: Work, link: LinkImport): Promise<UploadView> {
  const { db, customerId, now, means } = work
  const url = URL.canParse(link.url) ? new URL(link.url) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalidInput('url', 'must be a full http or https address.')
  }
  if (url.username || url.password) throw invalidInput('url', 'must not hold a user or password.')
  const standIn = link.type === 'VIDEO' ? means.standIns.video : means.standIns.audio
  const { facts } = standIn
  const completedAt = leadsNowhere(url) ? null : now + importLasts
  const row: UploadRow = {
    id: means.newId('obj', now),
    customerId,
    createdAt: now,
    name: nameOf(url),
    mimeType: standIn.mimeType,
    type: link.type === 'VIDEO' ? 'video' : 'audio',
    fileSize: completedAt === null ? null : standIn.fileSize,
    path: null,
    removed: 0,
    objectFile: completedAt === null ? null : standIn.objectFile,
    completedAt,
    factsAt: completedAt,
    ...facts,
    hasAudio: flag(facts.hasAudio),
    hasVideo: flag(facts.hasVideo),
    sourceUrl: link.url,
    sourceQuality: link.quality ?? 'BEST',
    importStartedAt: now,
  }
  await insertUpload(db, row)
  return viewUpload(row, now)
}

function leadsNowhere({ hostname }: URL): boolean {
  return hostname === 'invalid' || hostname.endsWith('.invalid')
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').filter(Boolean).at(-1)
  if (!last) return url.hostname
  try {
    return decodeURIComponent(last).slice(0, 200)
  } catch {
    return last.slice(0, 200)
  }
}
