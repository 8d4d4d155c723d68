/** Words in their plain form: `listStreams`, `list_streams` and `List the streams` are the same. */
export function plainWords(text: string): string[] {
  return text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(?:a|an|the|of)$/.test(word))
}

/** Shorter ones are right as they are: too many others are near. */
const shortest = 4

/**
 * Every word of some texts that a typing mistake could be meant for, the most frequent first.
 */
export function vocabularyOf(texts: Iterable<string>): string[] {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const word of plainWords(text)) {
      if (word.length < shortest || /\d/.test(word)) continue
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return [...counts]
    .toSorted(([word, count], [other, more]) => more - count || (word < other ? -1 : 1))
    .map(([word]) => word)
}

/**
 * What was most likely meant: each word that no known one begins with gives way to the nearest.
 *
 * @param vocabulary The most frequent word first: of several as near it is the likelier.
 * @returns Nothing where every word is known, or one is like none.
 */
export function corrected(term: string, vocabulary: readonly string[]): string | undefined {
  let changed = false
  const words = plainWords(term).map((word) => {
    if (word.length < shortest || /\d/.test(word)) return word
    if (vocabulary.some((known) => known.startsWith(word))) return word
    const near = nearest(word, vocabulary)
    if (near !== undefined) changed = true
    return near ?? word
  })
  return changed ? words.join(' ') : undefined
}

function nearest(word: string, vocabulary: readonly string[]): string | undefined {
  let best: string | undefined
  let least = (word.length < 8 ? 1 : 2) + 1
  for (const known of vocabulary) {
    if (Math.abs(known.length - word.length) >= least) continue
    const distance = slips(word, known, least)
    if (distance < least) [best, least] = [known, distance]
    if (least === 1) break
  }
  return best
}

/** Letters missing, added, wrong or swapped with the next, as far as `most`. */
function slips(word: string, other: string, most: number): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= word.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = word[row - 1] === other[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1]
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      next.push(cost)
    }
    if (Math.min(...next) >= most) return most
    ;[before, last] = [last, next]
  }
  return last[other.length] ?? most
}
