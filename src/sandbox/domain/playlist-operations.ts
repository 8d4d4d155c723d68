import type { PlaylistRow } from '../store/tables.ts'
import { invalidInput } from './domain-error.ts'

interface Place {
  position: 'START' | 'END' | 'INDEX'
  index?: number | null
}

/** One edit of a draft: exactly one of the members is there. */
export interface PlaylistOperation {
  addObjects?: Place & { objectIds: string[] }
  removeItems?: { itemIds: string[] }
  reorderItems?: { moves: (Place & { itemId: string })[] }
  updateSettings?: { mode?: PlaylistRow['mode'] }
}

export interface DraftEntry {
  id: string
  uploadId: string
}

interface Draft {
  entries: DraftEntry[]
  mode: PlaylistRow['mode']
}

/**
 * @param field Where the operation stands in the request, for messages.
 * @returns The draft after the operation; the one given is left as it was.
 * @throws {DomainError} `INVALID_INPUT`
 */
export function applyOperation(
  draft: Draft,
  operation: PlaylistOperation,
  field: string,
  newItemId: () => string,
): Draft {
  const { addObjects, removeItems, reorderItems, updateSettings } = operation
  if (addObjects) {
    const entries = [...draft.entries]
    const at = placeIn(entries, addObjects, `${field}/addObjects`)
    const added = addObjects.objectIds.map((uploadId) => ({ id: newItemId(), uploadId }))
    entries.splice(at, 0, ...added)
    return { ...draft, entries }
  }
  if (removeItems) {
    const gone = new Set<string>()
    for (const [index, id] of removeItems.itemIds.entries()) {
      const place = `${field}/removeItems/itemIds/${index}`
      if (gone.has(id)) throw invalidInput(place, `${id} is named twice.`)
      indexOf(draft.entries, id, place)
      gone.add(id)
    }
    return { ...draft, entries: draft.entries.filter(({ id }) => !gone.has(id)) }
  }
  if (reorderItems) {
    const entries = [...draft.entries]
    for (const [index, move] of reorderItems.moves.entries()) {
      const place = `${field}/reorderItems/moves/${index}`
      const [entry] = entries.splice(indexOf(entries, move.itemId, `${place}/itemId`), 1)
      if (entry) entries.splice(placeIn(entries, move, place), 0, entry)
    }
    return { ...draft, entries }
  }
  return { ...draft, mode: updateSettings?.mode ?? draft.mode }
}

function indexOf(entries: readonly DraftEntry[], id: string, field: string): number {
  const index = entries.findIndex((entry) => entry.id === id)
  if (index < 0) throw invalidInput(field, `the playlist has no item ${id}.`)
  return index
}

function placeIn(
  entries: readonly DraftEntry[],
  { position, index }: Place,
  field: string,
): number {
  if (position === 'START') return 0
  if (position === 'END') return entries.length
  if (index == null) throw invalidInput(`${field}/index`, 'is needed with position INDEX.')
  if (index < 0 || index > entries.length) {
    throw invalidInput(`${field}/index`, `is ${index}; it may be 0 to ${entries.length}.`)
  }
  return index
}
