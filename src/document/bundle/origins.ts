import { formatPointer } from '../pointer.ts'
import type { Spot } from './spot.ts'

/** Where a piece of the bundled document came from. */
export interface Origin extends Spot {
  /** Steps inside the bundled document. */
  bundled: readonly string[]
}

/** Leads from the bundled document to the files it was made from, and back. */
export class Origins {
  readonly #byBundled = new Map<string, Origin>()
  /** By file and pointer; of several places that show one piece, the latest. */
  readonly #bySource = new Map<string, Map<string, Origin>>()

  note(spot: Spot, bundled: readonly string[]): void {
    const origin = { source: spot.source, steps: spot.steps, bundled }
    this.#byBundled.set(formatPointer(bundled), origin)
    let pieces = this.#bySource.get(spot.source.path)
    if (!pieces) {
      pieces = new Map()
      this.#bySource.set(spot.source.path, pieces)
    }
    pieces.set(formatPointer(spot.steps), origin)
  }

  /** Where a value of the bundled document is written. */
  spotOf(bundled: readonly string[]): Spot | undefined {
    const origin = nearest(this.#byBundled, bundled)
    if (!origin) return undefined
    return {
      source: origin.source,
      steps: [...origin.steps, ...bundled.slice(origin.bundled.length)],
    }
  }

  /** Where a value of a file will stand in the bundled document, from the pieces noted so far. */
  bundledOf(spot: Spot): string[] {
    const origin = nearest(this.#bySource.get(spot.source.path), spot.steps)
    if (!origin) return [...spot.steps]
    return [...origin.bundled, ...spot.steps.slice(origin.steps.length)]
  }
}

function nearest(
  pieces: ReadonlyMap<string, Origin> | undefined,
  steps: readonly string[],
): Origin | undefined {
  for (let length = steps.length; pieces && length >= 0; length -= 1) {
    const found = pieces.get(formatPointer(steps.slice(0, length)))
    if (found) return found
  }
  return undefined
}
