import type { Clock } from '../clock.ts'
import { Problem } from './problem.ts'

export interface Allowance {
  headers: Record<string, string>
  isSpent: boolean
}

/** How long a window lasts, in milliseconds. */
const windowLasts = 60_000

/** Counts requests of each caller in windows of a minute that begin with the first one. */
export class RateLimit {
  readonly #limit: number
  readonly #clock: Clock
  readonly #windows = new Map<string, { startedAt: number; used: number }>()

  /** @param limit Requests a minute. */
  constructor(limit: number, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  /** Counts one request. */
  take(caller: string): Allowance {
    const now = this.#clock.now()
    const window = this.#window(caller, now)
    window.used += 1
    const remaining = Math.max(0, this.#limit - window.used)
    const reset = Math.max(1, Math.ceil((window.startedAt + windowLasts - now) / 1000))
    return {
      isSpent: window.used > this.#limit,
      headers: {
        'RateLimit-Limit': String(this.#limit),
        'RateLimit-Remaining': String(remaining),
        'RateLimit-Reset': String(reset),
        RateLimit: `limit=${this.#limit}, remaining=${remaining}, reset=${reset}`,
        'RateLimit-Policy': `${this.#limit};w=${windowLasts / 1000}`,
      },
    }
  }

  #window(caller: string, now: number) {
    const open = this.#windows.get(caller)
    if (open && now >= open.startedAt && now < open.startedAt + windowLasts) return open
    if (this.#windows.size > 10_000) this.#forgetOld(now)
    const window = { startedAt: now, used: 0 }
    this.#windows.set(caller, window)
    return window
  }

  #forgetOld(now: number): void {
    for (const [caller, { startedAt }] of this.#windows) {
      if (now >= startedAt + windowLasts) this.#windows.delete(caller)
    }
  }
}

export function rateLimited({ headers }: Allowance): Problem {
  const seconds = headers['RateLimit-Reset'] ?? '60'
  return new Problem('RATE_LIMITED', `The requests of this minute are used up.`, {
    headers: { 'Retry-After': seconds },
  })
}
