import type { MovableClock } from '../clock.ts'
import type { Means } from '../domain/work.ts'
import type { ObjectStore } from '../media/objects.ts'
import { seed } from '../seed/seed.ts'
import { readMeta, writeMeta } from '../store/customers.ts'
import type { Store } from '../store/database.ts'
import { deleteAllData } from '../store/reset.ts'
import { listObjectFiles } from '../store/uploads.ts'

/** The clock was to be moved by something that is no time, or too far. */
export class ClockError extends Error {
  override readonly name = 'ClockError'
  readonly code = 'clock_not_moved'
}

export interface ClockState {
  /** The product's time, RFC 3339. */
  now: string
  realTime: string
  aheadSeconds: number
}

const second = 1000
const units = { s: second, m: 60 * second, h: 3600 * second, d: 86_400 * second } as const
const furthest = 10 * 365 * units.d

/**
 * What moves a running sandbox: its clock and its data. Streams, schedules, imports, upload
 * addresses and idempotency go by the clock; sign-ins, tokens and keys keep real time.
 */
export class Control {
  readonly #parts: {
    store: Store
    clock: MovableClock
    means: Means
    objects: ObjectStore
    onFailure: (error: unknown) => void
  }

  constructor(parts: {
    store: Store
    clock: MovableClock
    means: Means
    objects: ObjectStore
    onFailure: (error: unknown) => void
  }) {
    this.#parts = parts
  }

  clock(): ClockState {
    const { clock } = this.#parts
    return {
      now: new Date(clock.now()).toISOString(),
      realTime: new Date(clock.real()).toISOString(),
      aheadSeconds: clock.ahead / second,
    }
  }

  /**
   * @param text How far, such as `90s`, `15m`, `25h` or `7d`.
   * @throws {ClockError}
   */
  async forward(text: string): Promise<void> {
    const [, amount, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? []
    if (amount === undefined) {
      throw new ClockError('Say how far in seconds, minutes, hours or days: 90s, 15m, 25h, 7d.')
    }
    const ahead = this.#parts.clock.ahead + Number(amount) * units[unit as keyof typeof units]
    if (ahead > furthest) throw new ClockError('The clock goes at most ten years ahead.')
    await this.#set(ahead)
  }

  /** Back to real time. What happened in the meantime stays, with the times it happened at. */
  async back(): Promise<void> {
    await this.#set(0)
  }

  /** Every account's data goes; the demo account gets what it had at the first start. */
  async reset(): Promise<void> {
    const { store, clock, means, objects, onFailure } = this.#parts
    const files = await store.transaction(async (db) => {
      const before = await listObjectFiles(db)
      await deleteAllData(db)
      await seed(db, clock.now(), means)
      return before
    })
    objects.discard([...files], onFailure)
  }

  async #set(ahead: number): Promise<void> {
    const { store, clock } = this.#parts
    await store.transaction((db) => writeMeta(db, aheadKey, String(ahead)))
    clock.ahead = ahead
  }
}

const aheadKey = 'clockAhead'

/** How far the clock was ahead when the sandbox stopped, in milliseconds. */
export async function readAhead(store: Store): Promise<number> {
  const ahead = Number(await store.read((db) => readMeta(db, aheadKey)))
  return Number.isFinite(ahead) && ahead > 0 ? ahead : 0
}
