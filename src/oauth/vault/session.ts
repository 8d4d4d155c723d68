import type { AuthorizationServer } from 'oauth4webapi'
import type { SessionView } from './protocol.ts'

/** Who is signed in to one environment. Exists in the vault's memory and nowhere else. */
export interface Session {
  environment: string
  accessToken: string
  idToken: string | undefined
  account: string
  scopes: string[]
  unasked: string[]
  /** By the vault's own clock, which never jumps; `Infinity` where the server did not say. */
  expiresAt: number
  /** Both clocks at the last use: one of them keeps counting while a machine sleeps. */
  usedAt: { steady: number; wall: number }
  server: AuthorizationServer
  clientId: string
}

/** Milliseconds without use after which a session ends. */
export const idleLife = 30 * 60_000

export function viewSession(session: Session, now: number): SessionView {
  return {
    environment: session.environment,
    account: session.account,
    scopes: [...session.scopes],
    unasked: [...session.unasked],
    remaining: Math.max(0, session.expiresAt - now),
  }
}

/** @param steady Milliseconds of a clock that never jumps. @param wall Milliseconds since the epoch. */
export function isIdle(session: Session, steady: number, wall: number): boolean {
  const idle = Math.max(steady - session.usedAt.steady, wall - session.usedAt.wall)
  return idle > idleLife
}
