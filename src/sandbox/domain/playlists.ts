import type { PageRequest } from '../store/paging.ts'
import {
  findPlaylist,
  findPlaylists,
  insertPlaylist,
  listItems,
  listPlaylists as listRows,
  replaceItems,
  updatePlaylist,
} from '../store/playlists.ts'
import type { PlaylistRow } from '../store/tables.ts'
import { findUploads } from '../store/uploads.ts'
import { DomainError, invalidInput, notFound } from './domain-error.ts'
import { answerPage, type ListAnswer } from './page.ts'
import { applyOperation, type DraftEntry, type PlaylistOperation } from './playlist-operations.ts'
import { type PlaylistView, viewPlaylist, viewPlaylists } from './playlist-view.ts'
import type { Work } from './work.ts'

/** Items of one playlist. */
export const itemLimit = 1000

/** Without their items, as the API lists them. */
export async function listPlaylists(
  work: Work,
  page: PageRequest,
  filter: { streamId?: string },
): Promise<ListAnswer<Omit<PlaylistView, 'items'>>> {
  const found = await listRows(work.db, work.customerId, page, filter)
  const views = await viewPlaylists(work, found.rows)
  return answerPage(
    found,
    views.map(({ items: _, ...rest }) => rest),
  )
}

/** @returns Those of the ids that are playlists of the account. */
export async function getPlaylists(
  work: Work,
  ids: readonly string[],
): Promise<Map<string, PlaylistView>> {
  const rows = await findPlaylists(work.db, work.customerId, ids)
  const views = await viewPlaylists(work, [...rows.values()])
  return new Map(views.map((view) => [view.id, view]))
}

/** Makes one of the two playlists a stream comes with. */
export async function createPlaylist(
  { db, customerId, now, means }: Work,
  streamId: string,
  kind: PlaylistRow['kind'],
): Promise<PlaylistRow> {
  const row: PlaylistRow = {
    id: means.newId('pl', now),
    customerId,
    streamId,
    kind,
    mode: 'sequential',
    version: 0,
    liveVersion: 0,
    copiedFrom: null,
    publishDueAt: null,
    publishVersion: null,
    createdAt: now,
    updatedAt: now,
  }
  await insertPlaylist(db, row)
  return row
}

/**
 * Edits the draft: all operations in order, or none. A stream on air plays on what it has.
 *
 * @param basedOnVersion The version the caller saw; without it the edit applies to whatever is there.
 * @throws {DomainError} `CONFLICT` where the draft has moved on; `INVALID_INPUT` names the operation.
 */
export async function applyOperations(
  work: Work,
  id: string,
  operations: readonly PlaylistOperation[],
  basedOnVersion?: number | null,
): Promise<PlaylistView> {
  const playlist = await findPlaylist(work.db, work.customerId, id)
  if (!playlist) throw notFound('playlist', id)
  if (basedOnVersion != null && basedOnVersion !== playlist.version) {
    throw new DomainError(
      'CONFLICT',
      `The draft is at version ${playlist.version}, not ${basedOnVersion}.`,
      { currentVersion: playlist.version },
    )
  }
  const items = await listItems(work.db, id)
  let draft: { entries: DraftEntry[]; mode: PlaylistRow['mode'] } = {
    entries: items.map((item) => ({ id: item.id, uploadId: item.uploadId })),
    mode: playlist.mode,
  }
  const newItemId = () => work.means.newId('plitm', work.now)
  for (const [index, operation] of operations.entries()) {
    const field = `operations/${index}`
    await checkUploads(work, playlist, operation, field)
    draft = applyOperation(draft, operation, field, newItemId)
    if (draft.entries.length > itemLimit) {
      throw invalidInput(field, `a playlist holds up to ${itemLimit} items.`)
    }
  }
  await replaceItems(work.db, id, draft.entries)
  await updatePlaylist(work.db, id, {
    mode: draft.mode,
    version: playlist.version + 1,
    updatedAt: work.now,
  })
  return viewPlaylist(work, id)
}

async function checkUploads(
  { db, customerId }: Work,
  playlist: PlaylistRow,
  operation: PlaylistOperation,
  field: string,
): Promise<void> {
  const ids = operation.addObjects?.objectIds
  if (!ids) return
  const uploads = await findUploads(db, customerId, ids)
  for (const [index, id] of ids.entries()) {
    const place = `${field}/addObjects/objectIds/${index}`
    const upload = uploads.get(id)
    if (!upload || upload.removed) throw invalidInput(place, `there is no upload ${id}.`)
    if (upload.type !== playlist.kind) {
      throw invalidInput(
        place,
        `${id} is of type ${upload.type}; the playlist takes ${playlist.kind}.`,
      )
    }
  }
}

/**
 * Copies items and mode into another playlist.
 *
 * @throws {DomainError} `INVALID_INPUT` where the target is not empty or of the other kind.
 */
export async function copyPlaylist(
  work: Work,
  sourceId: string,
  targetId: string,
): Promise<PlaylistView> {
  const source = await findPlaylist(work.db, work.customerId, sourceId)
  if (!source) throw notFound('playlist', sourceId)
  const target = await findPlaylist(work.db, work.customerId, targetId)
  if (!target) throw notFound('playlist', targetId)
  const field = 'targetPlaylistId'
  if (target.kind !== source.kind) {
    throw invalidInput(field, `the target is of kind ${target.kind}, the source ${source.kind}.`)
  }
  if ((await listItems(work.db, targetId)).length > 0) {
    throw invalidInput(field, 'the target already has items.')
  }
  await copyItems(work, source, target)
  return viewPlaylist(work, targetId)
}

/** Gives the target new items for the same uploads. */
export async function copyItems(
  work: Work,
  source: PlaylistRow,
  target: PlaylistRow,
): Promise<void> {
  const items = await listItems(work.db, source.id)
  const copies = items.map(({ uploadId }) => ({
    id: work.means.newId('plitm', work.now),
    uploadId,
  }))
  await replaceItems(work.db, target.id, copies)
  await updatePlaylist(work.db, target.id, {
    mode: source.mode,
    version: target.version + 1,
    copiedFrom: source.id,
    updatedAt: work.now,
  })
}
