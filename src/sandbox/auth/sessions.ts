import type { DatabaseSync } from 'node:sqlite'
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
  list(accountId: string): SessionSummary[]
  /** The secret behind a session, which the library ends it by. Undefined: not this account's. */
  token(accountId: string, sessionId: string): string | undefined
}

export function createSessions(sqlite: DatabaseSync, now: () => Date): Sessions {
  const ofAccount = sqlite.prepare(
    `SELECT id, createdAt, userAgent FROM session
     WHERE userId = ? AND expiresAt > ? ORDER BY createdAt DESC, id DESC`,
  )
  const byId = sqlite.prepare('SELECT token FROM session WHERE id = ? AND userId = ?')
  return {
    list(accountId) {
      return ofAccount.all(accountId, now().toISOString()).map((row) => ({
        id: String(row.id),
        createdAt: new Date(String(row.createdAt)),
        userAgent: String(row.userAgent ?? ''),
      }))
    },
    token(accountId, sessionId) {
      const row = byId.get(sessionId, accountId)
      return row && String(row.token)
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
