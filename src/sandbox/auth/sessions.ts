import type { Credentials } from '../store/credentials.ts'
import type { Library } from './library.ts'

/** A browser that an account is signed in with. */
export interface SessionSummary {
  id: string
  createdAt: Date
  /** What the browser called itself. Anyone can send anything. */
  userAgent: string
}

export interface Sessions {
  /** Those that have not ended, newest first. */
  list(accountId: string): Promise<SessionSummary[]>
  /** The secret behind a session, which the library ends it by. Undefined: not this account's. */
  token(accountId: string, sessionId: string): Promise<string | undefined>
}

export function createSessions(credentials: Credentials, now: () => Date): Sessions {
  return {
    async list(accountId) {
      const rows = await credentials.listSessions(accountId, now().toISOString())
      return rows.map(({ id, createdAt, userAgent }) => ({
        id,
        createdAt: new Date(createdAt),
        userAgent: userAgent ?? '',
      }))
    },
    async token(accountId, sessionId) {
      const session = await credentials.findSession(sessionId)
      return session?.userId === accountId ? session.token : undefined
    },
  }
}

/** Removes what has expired and what nobody can use any more. */
export type Sweep = () => Promise<void>

/** Milliseconds between two sweeps. */
const sweepStep = 3600 * 1000

/** Makes the function that sweeps, at most once an hour however often it is called. */
export function createSweep(library: Library, now: () => Date): Sweep {
  let last = Number.NEGATIVE_INFINITY
  return async () => {
    const time = now()
    if (time.getTime() - last < sweepStep) return
    last = time.getTime()
    const { adapter } = await library.$context
    for (const model of ['session', 'verification', 'oauthAccessToken', 'oauthRefreshToken']) {
      await adapter.deleteMany({
        model,
        where: [{ field: 'expiresAt', operator: 'lt', value: time }],
      })
    }
  }
}
