import type { MediaFacts } from '../media/facts.ts'
import type { PageRequest } from '../store/paging.ts'
import { flag, type UploadRow } from '../store/tables.ts'
import {
  deleteUpload as deleteRow,
  findUpload,
  findUploads,
  insertUpload,
  isUploadUsed,
  listUploads as listRows,
  updateUpload,
} from '../store/uploads.ts'
import { DomainError, notFound } from './domain-error.ts'
import { answerPage, type ListAnswer } from './page.ts'
import { type UploadView, viewUpload } from './upload-view.ts'
import { instant, type Work } from './work.ts'

/** Body of a new upload, checked against the document already. */
export interface UploadInput {
  name: string
  mimeType: string
  type: UploadRow['type']
  fileSize?: number | null
  duration?: number | null
  fps?: number | null
  width?: number | null
  height?: number | null
  orientation?: number | null
  hasAudio?: boolean | null
  hasVideo?: boolean | null
  path?: string | null
  isDeleted?: boolean | null
}

export interface UploadAddress {
  uploadUrl: string
  method: 'PUT'
  headers: { 'Content-Type': string }
  expiresAt: string
}

const formats: Readonly<Record<UploadRow['type'], readonly string[]>> = {
  video: ['mp4', 'quicktime', 'x-matroska', 'matroska', 'webm', 'x-msvideo'],
  audio: [
    'mpeg',
    'mp3',
    'wav',
    'x-wav',
    'wave',
    'flac',
    'x-flac',
    'aac',
    'mp4',
    'x-m4a',
    'ogg',
    'opus',
  ],
  image: ['png', 'jpeg', 'webp', 'gif'],
}

/** Bytes a file may announce. What the sandbox really stores is less: see `rest/upload-route.ts`. */
const fileLimit = 10 * 1024 ** 3

/** How long an upload address works, in milliseconds. */
const addressLasts = 11 * 60 * 60 * 1000

/** How long after completion the media facts are told, in milliseconds. */
const factsTake = 2000

export async function listUploads(
  work: Work,
  page: PageRequest,
  filter: { type?: UploadRow['type'] },
): Promise<ListAnswer<UploadView>> {
  const found = await listRows(work.db, work.customerId, page, filter)
  return answerPage(
    found,
    found.rows.map((row) => viewUpload(row, work.now)),
  )
}

/** @returns Those of the ids that are uploads of the account. */
export async function getUploads(
  { db, customerId, now }: Work,
  ids: readonly string[],
): Promise<Map<string, UploadView>> {
  const rows = await findUploads(db, customerId, ids)
  return new Map([...rows].map(([id, row]) => [id, viewUpload(row, now)]))
}

export async function getUpload(work: Work, id: string): Promise<UploadView> {
  return viewUpload(await findOwn(work, id), work.now)
}

/** @throws {DomainError} `UNSUPPORTED_TYPE`, `FILE_TOO_LARGE` */
export async function createUpload(work: Work, input: UploadInput): Promise<UploadView> {
  const { db, customerId, now, means } = work
  const format = input.mimeType.toLowerCase()
  const [family, kind = ''] = format.split(';')[0]?.trim().split('/') ?? []
  if (family !== input.type || !formats[input.type].includes(kind)) {
    const known = formats[input.type].map((name) => `${input.type}/${name}`).join(', ')
    throw new DomainError(
      'UNSUPPORTED_TYPE',
      `${input.mimeType} is no ${input.type} that can be played. Known: ${known}.`,
    )
  }
  if ((input.fileSize ?? 0) > fileLimit) {
    throw new DomainError('FILE_TOO_LARGE', `A file may hold up to ${fileLimit} bytes.`)
  }
  const row: UploadRow = {
    id: means.newId('obj', now),
    customerId,
    createdAt: now,
    name: input.name,
    mimeType: input.mimeType,
    type: input.type,
    fileSize: input.fileSize ?? null,
    path: input.path ?? null,
    removed: flag(input.isDeleted) ?? 0,
    objectFile: null,
    completedAt: null,
    // What the caller says of the media holds until it is read from the bytes.
    factsAt: now,
    duration: input.duration ?? null,
    fps: input.fps ?? null,
    width: input.width ?? null,
    height: input.height ?? null,
    orientation: input.orientation ?? null,
    hasAudio: flag(input.hasAudio),
    hasVideo: flag(input.hasVideo),
    sourceUrl: null,
    sourceQuality: null,
    importStartedAt: null,
  }
  await insertUpload(db, row)
  return viewUpload(row, now)
}

/** @throws {DomainError} `UPLOAD_ALREADY_COMPLETED`, `UPLOAD_REMOVED` */
export async function createUploadAddress(work: Work, id: string): Promise<UploadAddress> {
  const row = await findOwn(work, id)
  if (row.removed) throw new DomainError('UPLOAD_REMOVED', 'The upload was removed.')
  checkIncomplete(row)
  const expiresAt = work.now + addressLasts
  return {
    uploadUrl: work.means.addresses.upload(id, expiresAt),
    method: 'PUT',
    headers: { 'Content-Type': row.mimeType },
    expiresAt: instant(expiresAt),
  }
}

/** The bytes lie in `objectFile`, and this is what was read from them. */
export async function receiveBytes(
  { db }: Pick<Work, 'db'>,
  row: UploadRow,
  bytes: { objectFile: string; fileSize: number; facts: MediaFacts },
): Promise<void> {
  if (row.removed) throw new DomainError('UPLOAD_REMOVED', 'The upload was removed.')
  checkIncomplete(row)
  await updateUpload(db, row.id, {
    objectFile: bytes.objectFile,
    fileSize: bytes.fileSize,
    ...bytes.facts,
    hasAudio: flag(bytes.facts.hasAudio),
    hasVideo: flag(bytes.facts.hasVideo),
    factsAt: null,
  })
}

/** @throws {DomainError} `UPLOAD_INCOMPLETE`, `UPLOAD_ALREADY_COMPLETED` */
export async function completeUpload(work: Work, id: string): Promise<UploadView> {
  const row = await findOwn(work, id)
  checkIncomplete(row)
  if (row.removed || row.objectFile === null) {
    throw new DomainError('UPLOAD_INCOMPLETE', 'No bytes have arrived at the upload address yet.')
  }
  const changes = { completedAt: work.now, factsAt: work.now + factsTake }
  await updateUpload(work.db, id, changes)
  return viewUpload({ ...row, ...changes }, work.now)
}

/** @throws {DomainError} `IN_USE` while a playlist plays it. */
export async function deleteUpload(work: Work, id: string): Promise<void> {
  const { objectFile } = await findOwn(work, id)
  if (await isUploadUsed(work.db, id)) {
    throw new DomainError('IN_USE', 'A playlist still plays the upload.')
  }
  await deleteRow(work.db, id)
  if (objectFile) work.discarded.push(objectFile)
}

async function findOwn({ db, customerId }: Work, id: string): Promise<UploadRow> {
  const row = await findUpload(db, customerId, id)
  if (!row) throw notFound('upload', id)
  return row
}

function checkIncomplete(row: UploadRow): void {
  if (row.completedAt === null && row.importStartedAt === null) return
  throw new DomainError(
    'UPLOAD_ALREADY_COMPLETED',
    row.importStartedAt === null
      ? 'The upload is complete already.'
      : 'The upload comes from a link; its bytes are fetched, not sent.',
  )
}
