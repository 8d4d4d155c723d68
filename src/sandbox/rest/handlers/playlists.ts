import type { PlaylistOperation } from '../../domain/playlist-operations.ts'
import { viewPlaylist } from '../../domain/playlist-view.ts'
import { applyOperations, copyPlaylist, listPlaylists } from '../../domain/playlists.ts'
import { publishPlaylist } from '../../domain/publish.ts'
import { type Handlers, pageOf } from '../handler.ts'

export const playlistHandlers: Handlers = {
  async listPlaylists(call) {
    const { streamId } = call.query as { streamId?: string }
    return { body: await listPlaylists(call.work, pageOf(call), { streamId }) }
  },
  async getPlaylist({ work, id }) {
    return { body: await viewPlaylist(work, id) }
  },
  async applyPlaylistOperations({ work, id, body }) {
    const { operations, basedOnVersion } = body as {
      operations: PlaylistOperation[]
      basedOnVersion?: number
    }
    return { body: await applyOperations(work, id, operations, basedOnVersion) }
  },
  async copyPlaylist({ work, id, body }) {
    const { targetPlaylistId } = body as { targetPlaylistId: string }
    return { body: await copyPlaylist(work, id, targetPlaylistId) }
  },
  async publishPlaylist({ work, id, body }) {
    const { expectedDraftVersion } = body as { expectedDraftVersion: number }
    return { body: await publishPlaylist(work, id, expectedDraftVersion) }
  },
}
