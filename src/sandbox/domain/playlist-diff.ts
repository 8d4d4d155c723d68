/** An item of the draft, as the diff shows it. */
export interface DraftItem {
  id: string
  objectID: string
  position: number
}

/** An item of what is on air. The spelling of the upload's id differs, as in the API. */
export interface LiveItem {
  itemId: string
  objectId: string
  position: number
}

export interface PlaylistDiff {
  added: DraftItem[]
  moved: { fromPosition: number; toPosition: number; item: DraftItem }[]
  removed: LiveItem[]
  unchanged: DraftItem[]
}

/**
 * Compares what is on air with the draft, upload by upload. An upload that stands several times is
 * matched first where its position is the same, then first occurrence with first occurrence.
 *
 * @param live Nothing where the playlist was never on air: then everything is unchanged.
 */
export function comparePlaylist(
  live: readonly LiveItem[] | undefined,
  draft: readonly DraftItem[],
): PlaylistDiff {
  if (!live) return { added: [], moved: [], removed: [], unchanged: [...draft] }
  const unmatched = new Set(live)
  const partner = new Map<DraftItem, LiveItem>()
  const byPosition = new Map(live.map((item) => [item.position, item]))
  for (const item of draft) {
    const same = byPosition.get(item.position)
    if (same?.objectId !== item.objectID) continue
    partner.set(item, same)
    unmatched.delete(same)
  }
  for (const item of draft) {
    if (partner.has(item)) continue
    const first = unmatched.values().find(({ objectId }) => objectId === item.objectID)
    if (!first) continue
    partner.set(item, first)
    unmatched.delete(first)
  }
  const diff: PlaylistDiff = { added: [], moved: [], removed: [...unmatched], unchanged: [] }
  for (const item of draft) {
    const before = partner.get(item)
    if (!before) diff.added.push(item)
    else if (before.position === item.position) diff.unchanged.push(item)
    else {
      diff.moved.push({ fromPosition: before.position, toPosition: item.position, item })
    }
  }
  return diff
}
