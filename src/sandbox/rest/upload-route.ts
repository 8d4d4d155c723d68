import type { Context } from 'hono'
import type { Clock } from '../clock.ts'
import { DomainError } from '../domain/domain-error.ts'
import { receiveBytes } from '../domain/uploads.ts'
import { readMediaFacts } from '../media/facts.ts'
import { type ObjectStore, TooManyBytesError } from '../media/objects.ts'
import type { AddressSigner } from '../secrets.ts'
import type { Store } from '../store/database.ts'
import { findAnyUpload } from '../store/uploads.ts'
import { invalidParameter, Problem } from './problem.ts'

/** Bytes the sandbox keeps of one file. The service takes files a hundred times as large. */
const largestFile = 100 * 1024 * 1024

export const uploadRoute = '/objects/:id'

/** @param origin Of the API. */
export function uploadAddress(
  origin: string,
  signer: AddressSigner,
  id: string,
  expiresAt: number,
): string {
  const signature = signer.sign(id, expiresAt)
  return `${origin}${uploadRoute.replace(':id', id)}?expires=${expiresAt}&signature=${signature}`
}

/**
 * Takes the bytes of one upload. The address itself is the permission: no credential is looked at.
 */
export function createUploadRoute(parts: {
  store: Store
  objects: ObjectStore
  signer: AddressSigner
  clock: Clock
  /** What a fault that was asked for answers in place of keeping the bytes. */
  insteadOf(c: Context): Response | undefined
}): (c: Context) => Promise<Response> {
  const { store, objects, signer, clock, insteadOf } = parts
  return async (c) => {
    const id = c.req.param('id') ?? ''
    const expiresAt = Number(c.req.query('expires'))
    if (!signer.verify(id, expiresAt, c.req.query('signature') ?? '')) {
      throw new Problem('FORBIDDEN', 'The address was altered or is not of this sandbox.')
    }
    if (expiresAt <= clock.now()) {
      throw new Problem('FORBIDDEN', 'The address has expired. Generate another one.')
    }
    const instead = insteadOf(c)
    if (instead) return instead
    const upload = await store.read((db) => findAnyUpload(db, id))
    if (!upload) throw new Problem('NOT_FOUND', 'The upload was deleted.')
    if (c.req.header('content-type') !== upload.mimeType) {
      throw new Problem('UNSUPPORTED_MEDIA_TYPE', `Content-Type must be ${upload.mimeType}.`)
    }
    if (Number(c.req.header('content-length') ?? 0) > largestFile) throw tooLarge()
    const body = c.req.raw.body
    if (!body) throw invalidParameter('body', 'must not be empty.')
    const { name, size } = await objects.keep(id, body, largestFile).catch((error) => {
      throw error instanceof TooManyBytesError ? tooLarge() : error
    })
    try {
      if (size === 0) throw invalidParameter('body', 'must not be empty.')
      const facts = await readMediaFacts(objects.fileOf(name))
      const before = await store.transaction(async (db) => {
        const row = await findAnyUpload(db, id)
        if (!row) throw new Problem('NOT_FOUND', 'The upload was deleted.')
        await receiveBytes({ db }, row, { objectFile: name, fileSize: size, facts })
        return row.objectFile
      })
      if (before) await objects.remove(before)
    } catch (error) {
      await objects.remove(name)
      if (!(error instanceof DomainError)) throw error
      throw new Problem(error.code, error.message, { members: error.members })
    }
    return c.body(null, 200)
  }
}

function tooLarge(): Problem {
  return new Problem(
    'PAYLOAD_TOO_LARGE',
    `The sandbox keeps files of up to ${largestFile} bytes (100 MiB).`,
  )
}
