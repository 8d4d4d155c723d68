import { findPlaylist, listItemsOf, listSnapshots } from '../store/playlists.ts'
import { findStreams } from '../store/streams.ts'
import type {
  PlaylistItemRow,
  PlaylistRow,
  SnapshotItemRow,
  StreamState,
  UploadRow,
} from '../store/tables.ts'
import { findUploads } from '../store/uploads.ts'
import { notFound } from './domain-error.ts'
import { comparePlaylist, type LiveItem, type PlaylistDiff } from './playlist-diff.ts'
import { isLive } from './stream-states.ts'
import { factsOf } from './upload-view.ts'
import { instant, type Work } from './work.ts'

export interface PlaylistView {
  id: string
  streamID: string
  kind: PlaylistRow['kind']
  mode: PlaylistRow['mode']
  version: number
  liveVersion: number
  hasUnpublishedChanges: boolean
  publishStatus: 'IDLE' | 'PENDING' | 'PREPARING' | 'FAILED' | 'NOT_LIVE'
  liveItems: LiveItem[]
  diff: PlaylistDiff
  createdAt: string
  updatedAt: string
  copiedFrom: string | null
  items: {
    id: string
    objectID: string
    position: number
    object: { id: string; name: string; duration: number | null }
  }[]
}

/** @throws {DomainError} `NOT_FOUND` */
export async function viewPlaylist(work: Work, id: string): Promise<PlaylistView> {
  const row = await findPlaylist(work.db, work.customerId, id)
  if (!row) throw notFound('playlist', id)
  const [view] = await viewPlaylists(work, [row])
  if (!view) throw notFound('playlist', id)
  return view
}

/** Views of many playlists, in the same order. */
export async function viewPlaylists(
  { db, customerId, now }: Work,
  rows: readonly PlaylistRow[],
): Promise<PlaylistView[]> {
  const ids = rows.map(({ id }) => id)
  const streams = await findStreams(
    db,
    customerId,
    rows.map(({ streamId }) => streamId),
  )
  const items = await listItemsOf(db, ids)
  const snapshots = await listSnapshots(db, ids, 'live')
  const uploads = await findUploads(
    db,
    customerId,
    [...items.values()].flat().map(({ uploadId }) => uploadId),
  )
  return rows.map((row) =>
    view(row, now, {
      state: streams.get(row.streamId)?.state,
      items: items.get(row.id) ?? [],
      snapshot: snapshots.get(row.id) ?? [],
      uploads,
    }),
  )
}

interface Parts {
  state: StreamState | undefined
  items: readonly PlaylistItemRow[]
  /** What is on air. */
  snapshot: readonly SnapshotItemRow[]
  uploads: ReadonlyMap<string, UploadRow>
}

/** The playlist with its draft, what is on air, and how the two differ. */
function view(row: PlaylistRow, now: number, parts: Parts): PlaylistView {
  const { state, items, snapshot, uploads } = parts
  const liveItems = snapshot.map(({ itemId, uploadId, position }) => ({
    itemId,
    objectId: uploadId,
    position,
  }))
  const draft = items.map(({ id, uploadId, position }) => ({ id, objectID: uploadId, position }))
  const hasSnapshot = row.liveVersion > 0
  return {
    id: row.id,
    streamID: row.streamId,
    kind: row.kind,
    mode: row.mode,
    version: row.version,
    liveVersion: row.liveVersion,
    hasUnpublishedChanges: hasSnapshot && row.version > row.liveVersion,
    publishStatus: publishStatus(row, state),
    liveItems,
    diff: comparePlaylist(hasSnapshot ? liveItems : undefined, draft),
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
    copiedFrom: row.copiedFrom,
    items: draft.map((item) => {
      const upload = uploads.get(item.objectID)
      return {
        ...item,
        object: {
          id: item.objectID,
          name: upload?.name ?? '',
          duration: upload ? factsOf(upload, now).duration : null,
        },
      }
    }),
  }
}

function publishStatus(
  row: PlaylistRow,
  state: StreamState | undefined,
): PlaylistView['publishStatus'] {
  if (!state || !isLive(state)) return 'NOT_LIVE'
  if (row.publishDueAt !== null) return 'PREPARING'
  return row.version > row.liveVersion ? 'PENDING' : 'IDLE'
}
