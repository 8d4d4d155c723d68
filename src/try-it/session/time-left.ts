import type { LiveSession } from './session-state.ts'

/** How long the token works, in words. */
export function timeLeft({ endsAt }: LiveSession): string {
  const minutes = (endsAt - performance.now()) / 60_000
  if (!Number.isFinite(minutes)) return 'no end known'
  if (minutes <= 0) return 'expired'
  return minutes < 1 ? 'under 1 min' : `${Math.floor(minutes)} min`
}
