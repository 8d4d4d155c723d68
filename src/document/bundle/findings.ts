import { DocumentError, type DocumentProblem, type DocumentWarning } from '../document-error.ts'
import type { Kind } from '../shape.ts'
import { RefFailure, type SourceFiles } from '../source.ts'
import type { Reach } from './reach.ts'
import type { Spot } from './spot.ts'

/** Warnings that are told with their place; beyond, their number says enough. */
const mostTold = 200

/** What is wrong with a document. Places are worked out at the end, in one reading of each file. */
export class Findings {
  readonly #files: SourceFiles
  readonly #warnings: { code: DocumentWarning['code']; spot: Spot; message: string }[] = []
  readonly #failures: { spot: Spot; owner: string; failure: RefFailure; always: boolean }[] = []

  constructor(files: SourceFiles) {
    this.#files = files
  }

  /** Notes what is odd and in nobody's way. */
  warn(code: DocumentWarning['code'], spot: Spot, message: string): void {
    this.#warnings.push({ code, spot, message })
  }

  /**
   * Notes what would make a page lie.
   *
   * @param owner Whom it belongs to.
   * @param always Even where no reader would meet it.
   */
  fail(spot: Spot, owner: string, failure: RefFailure, always = false): void {
    this.#failures.push({ spot, owner, failure, always })
  }

  /**
   * Turns failures that no reader meets into warnings, and with `lenient` the others into problems.
   *
   * @throws {DocumentError} The first failure that is left.
   */
  judge(reach: Reach, lenient: boolean): DocumentProblem[] {
    const kept: { spot: Spot; failure: RefFailure; shownBy: string[] }[] = []
    for (const { spot, owner, failure, always } of this.#failures) {
      const shownBy = reach.shownBy(owner)
      if (shownBy.length === 0 && !always) {
        this.warn(failure.code, spot, `${failure.message} No operation reaches it.`)
      } else if (!lenient) {
        throw this.error(spot, failure)
      } else {
        kept.push({ spot, failure, shownBy })
      }
    }
    const places = this.#files.places(kept.map(({ spot }) => spot))
    return kept.map(({ failure, shownBy }, index) => ({
      ...placeOf(places, index),
      code: failure.code,
      message: failure.message,
      remedy: failure.remedy,
      shownBy,
    }))
  }

  warnings(): DocumentWarning[] {
    const told = this.#warnings.slice(0, mostTold)
    const places = this.#files.places(told.map(({ spot }) => spot))
    const warnings = told.map(({ code, message }, index) => ({
      code,
      ...placeOf(places, index),
      message,
    }))
    const rest = this.#warnings.length - told.length
    const last = warnings.at(-1)
    if (rest > 0 && last) {
      warnings.push({ ...last, code: 'more', message: `And ${rest} more like these.` })
    }
    return warnings
  }

  error(spot: Spot, failure: RefFailure): DocumentError {
    const place = this.#files.place(spot.source, spot.steps)
    return new DocumentError(failure.code, place, failure.message, failure.remedy)
  }
}

/** Why a value cannot stand in its place. */
export function wrongType(expected: Kind | 'list' | 'mapping', value: unknown): RefFailure {
  const found = value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
  const wanted =
    expected === 'list' || expected === 'mapping' ? `A ${expected}` : `A mapping (${expected})`
  const problem = `${wanted} must stand here, and ${found} does.`
  return new RefFailure('wrong_type', problem, 'Correct the value.')
}

function placeOf<T>(places: readonly T[], index: number): T {
  const place = places[index]
  if (place === undefined) throw new Error('Every spot has a place.')
  return place
}
