import DataLoader from 'dataloader'
import { getDestinations } from '../domain/destinations.ts'
import { getAllLiveStats } from '../domain/live-stats.ts'
import { getPlaylists } from '../domain/playlists.ts'
import { checkAllReadiness } from '../domain/stream-commands.ts'
import { getStreams } from '../domain/streams.ts'
import { getUploads } from '../domain/uploads.ts'
import type { Work } from '../domain/work.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** Things by id. What many fields ask for becomes one question, and is asked for once. */
export function createLoaders(work: Work) {
  const byId = <View>(find: (work: Work, ids: readonly string[]) => Promise<Map<string, View>>) =>
    new DataLoader<string, View | undefined>(async (ids) => {
      const found = await find(work, ids)
      return ids.map((id) => found.get(id))
    })
  return {
    streams: byId(getStreams),
    uploads: byId(getUploads),
    playlists: byId(getPlaylists),
    destinations: byId(getDestinations),
    readiness: byId(checkAllReadiness),
    liveStats: byId(getAllLiveStats),
  }
}
