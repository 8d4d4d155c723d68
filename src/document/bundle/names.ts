import { proposeNames } from './component-name.ts'
import { keyOf, type Spot } from './spot.ts'

/** The names of what lies in `components`, those of the root's own and those that are given. */
export class ComponentNames {
  /** By home and target. */
  readonly #names = new Map<string, string>()
  /** By home. */
  readonly #taken = new Map<string, Set<string>>()

  /** A name the root document uses. */
  take(home: readonly string[], name: string): void {
    this.#takenIn(home).add(name)
  }

  /** Lets a name of the root stand for the place it refers to. */
  reserve(home: readonly string[], target: Spot, name: string): void {
    const key = keyOf(home, target)
    if (!this.#names.has(key)) this.#names.set(key, name)
  }

  known(home: readonly string[], target: Spot, variant = ''): string | undefined {
    return this.#names.get(keyOf(home, target) + variant)
  }

  /**
   * Gives a place a name of its own.
   *
   * @param variant Tells one form of the place from others; its words end the name.
   */
  give(home: readonly string[], target: Spot, variant?: { key: string; words: string }): string {
    const taken = this.#takenIn(home)
    const proposed = proposeNames(target.source.file, target.steps, variant?.words)
    const name = proposed.find((each) => !taken.has(each))
    if (name === undefined) throw new Error('A name can always be found.')
    taken.add(name)
    this.#names.set(keyOf(home, target) + (variant?.key ?? ''), name)
    return name
  }

  #takenIn(home: readonly string[]): Set<string> {
    const key = home.join('/')
    let taken = this.#taken.get(key)
    if (!taken) {
      taken = new Set()
      this.#taken.set(key, taken)
    }
    return taken
  }
}
