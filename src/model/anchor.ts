import { shortHash } from './slug.ts'

/**
 * Ids of one page. They are made from names alone, never from positions, so they stay when the
 * document is put in another order.
 */
export class Anchors {
  readonly #taken = new Map<string, string>()
  /** How often a place was asked for that has its id already: thousands may be of one name. */
  readonly #repeats = new Map<string, number>()

  /** How many things of the page have one. */
  get count(): number {
    return this.#taken.size
  }

  /**
   * @param steps From the outside in, e.g. `['response', '200', 'data', 'id']`.
   * @returns e.g. `response-200-data-id`.
   */
  for(steps: readonly string[]): string {
    const anchor = steps.map(escapeStep).join('-')
    const path = steps.join('\n')
    const owner = this.#taken.get(anchor)
    if (owner === undefined) {
      this.#taken.set(anchor, path)
      return anchor
    }
    // Names that differ only in what an id cannot hold, or one place asked for twice.
    const hashed = `${anchor}-${shortHash(path)}`
    let unique = hashed
    let number = this.#repeats.get(hashed) ?? 1
    for (; this.#taken.has(unique); number += 1) unique = `${hashed}-${number + 1}`
    this.#repeats.set(hashed, number)
    this.#taken.set(unique, path)
    return unique
  }
}

/** First step below `query`, `header` and the like: hyphens are common there and nothing nests. */
export function parameterStep(place: string, name: string): string {
  return plain(place === 'header' ? name.toLowerCase() : name)
}

// A hyphen parts the steps, so one inside a name becomes `~`, which URLs allow in a fragment too.
function escapeStep(step: string, index: number, steps: readonly string[]): string {
  if (index <= 1) return plain(step)
  const escaped = plain(step.replaceAll('-', '~'))
  return escaped === '' ? `~${steps.length}` : escaped
}

function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}_.~$@*-]/gu, (character) =>
    character === ' ' ? '_' : `.${character.codePointAt(0)?.toString(16)}`,
  )
}
