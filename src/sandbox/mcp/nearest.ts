import { distance as editDistance } from 'fastest-levenshtein'

/**
 * Finds the name that somebody who wrote another one may have meant.
 *
 * @returns Nothing where no name is near enough to be worth a guess.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const plain = fold(written)
  const most = Math.min(Math.max(2, Math.floor(plain.length / 3)), plain.length - 1)
  let best: { name: string; distance: number } | undefined
  for (const name of names) {
    const other = fold(name)
    // A whole word too little or too much is no slip of the hand, and still easy to recognize.
    const isPart = plain.length > 2 && (other.includes(plain) || plain.includes(other))
    const distance = isPart ? 1 : editDistance(plain.slice(0, 100), other)
    if (distance <= most && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { name, distance }
    }
  }
  return best?.name
}

/** `stream_id` and `streamID` are the same name to whoever remembers it. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
