/** Where every part of the sandbox reads the time, so that tests and readers can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number

  constructor(start: number | string) {
    this.#now = typeof start === 'number' ? start : Date.parse(start)
  }

  now(): number {
    return this.#now
  }

  /** @param seconds How far to move, forwards. */
  advance(seconds: number): void {
    this.#now += seconds * 1000
  }
}

/** Another clock, so far ahead of it. */
export class MovableClock implements Clock {
  readonly #base: Clock
  /** Milliseconds. */
  ahead: number

  constructor(base: Clock, ahead = 0) {
    this.#base = base
    this.ahead = ahead
  }

  now(): number {
    return this.#base.now() + this.ahead
  }

  /** What the clock would show had nobody moved it. */
  real(): number {
    return this.#base.now()
  }
}
