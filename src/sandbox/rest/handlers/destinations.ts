import {
  createRtmpDestination,
  deleteDestination,
  listDestinations,
  type RtmpDestinationInput,
} from '../../domain/destinations.ts'
import type { DestinationRow } from '../../store/tables.ts'
import { type Handlers, pageOf } from '../handler.ts'

export const destinationHandlers: Handlers = {
  async listDestinations(call) {
    const filter = call.query as Partial<Pick<DestinationRow, 'kind' | 'status'>>
    return { body: await listDestinations(call.work, pageOf(call), filter) }
  },
  async createRtmpDestination({ work, body }) {
    const destination = await createRtmpDestination(work, body as RtmpDestinationInput)
    return { body: destination, location: `/destinations/${destination.id}` }
  },
  async deleteDestination({ work, id }) {
    await deleteDestination(work, id)
    return {}
  },
}
