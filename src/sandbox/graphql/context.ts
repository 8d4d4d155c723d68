import type { Work } from '../domain/work.ts'
import type { Caller } from '../rest/authenticate.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What the fields of one request share. */
export class GraphqlContext {
  readonly caller: Caller
  readonly work: Work
  loaders: Loaders
  readonly #pending = new Set<Promise<unknown>>()

  constructor(caller: Caller, work: Work) {
    this.caller = caller
    this.work = work
    this.loaders = createLoaders(work)
  }

  /** A change makes what was read before it old. */
  forget(): void {
    this.loaders = createLoaders(this.work)
  }

  /** Keeps the transaction open until the work is done, even where nobody waits for it any more. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work)
    const done = () => this.#pending.delete(work)
    work.then(done, done)
    return work
  }

  /** An error of one field ends the whole answer at once; its neighbours may still be reading. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending)
  }
}
