import { getLiveStats } from '../../domain/live-stats.ts'
import type { StreamUpdate } from '../../domain/stream-changes.ts'
import {
  cancelStreamSchedule,
  checkReadiness,
  scheduleStream,
  startStream,
  stopStream,
} from '../../domain/stream-commands.ts'
import {
  createStream,
  deleteStream,
  getStream,
  listStreams,
  type NewStream,
  updateStream,
} from '../../domain/streams.ts'
import type { StreamState } from '../../store/tables.ts'
import { type Handlers, pageOf } from '../handler.ts'

export const streamHandlers: Handlers = {
  async listStreams(call) {
    const { name, state } = call.query as { name?: string; state?: StreamState }
    return { body: await listStreams(call.work, pageOf(call), { name, state }) }
  },
  async createStream({ work, body }) {
    const stream = await createStream(work, body as NewStream)
    return { body: stream, location: `/streams/${stream.id}` }
  },
  async getStream({ work, id }) {
    return { body: await getStream(work, id) }
  },
  async updateStream({ work, id, body }) {
    return { body: await updateStream(work, id, body as StreamUpdate) }
  },
  async deleteStream({ work, id }) {
    await deleteStream(work, id)
    return {}
  },
  async startStream({ work, id }) {
    return { body: await startStream(work, id) }
  },
  async stopStream({ work, id }) {
    return { body: await stopStream(work, id) }
  },
  async scheduleStream({ work, id, body }) {
    const window = body as { scheduleStartAt: string; scheduleEndAt?: string | null }
    return { body: await scheduleStream(work, id, window.scheduleStartAt, window.scheduleEndAt) }
  },
  async cancelStreamSchedule({ work, id }) {
    return { body: await cancelStreamSchedule(work, id) }
  },
  async checkStreamReadiness({ work, id }) {
    return { body: await checkReadiness(work, id) }
  },
  async getStreamLiveStats({ work, id }) {
    return { body: await getLiveStats(work, id) }
  },
}
