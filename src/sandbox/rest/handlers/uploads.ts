import { importFromLink, type LinkImport } from '../../domain/link-import.ts'
import {
  completeUpload,
  createUpload,
  createUploadAddress,
  deleteUpload,
  getUpload,
  listUploads,
  type UploadInput,
} from '../../domain/uploads.ts'
import { type Handlers, pageOf } from '../handler.ts'

export const uploadHandlers: Handlers = {
  async listUploads(call) {
    const { type } = call.query as { type?: UploadInput['type'] }
    return { body: await listUploads(call.work, pageOf(call), { type }) }
  },
  async createUpload({ work, body }) {
    const upload = await createUpload(work, body as UploadInput)
    return { body: upload, location: `/uploads/${upload.id}` }
  },
  async importUploadFromLink({ work, body }) {
    const upload = await importFromLink(work, body as LinkImport)
    return { body: upload, location: `/uploads/${upload.id}` }
  },
  async getUpload({ work, id }) {
    return { body: await getUpload(work, id) }
  },
  async deleteUpload({ work, id }) {
    await deleteUpload(work, id)
    return {}
  },
  async generateUploadUrl({ work, id }) {
    return { body: await createUploadAddress(work, id) }
  },
  async completeUpload({ work, id }) {
    return { body: await completeUpload(work, id) }
  },
}
