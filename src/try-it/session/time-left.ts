import { useEffect, useState } from 'preact/hooks'
import type { LiveSession } from './session-state.ts'

/** How long the token works, in words that stay true while they are shown. */
export function useTimeLeft(session: LiveSession): string {
  const [words, setWords] = useState(() => timeLeft(session))
  useEffect(() => {
    const tick = () => setWords(timeLeft(session))
    tick()
    const timer = setInterval(tick, 10_000)
    return () => clearInterval(timer)
  }, [session])
  return words
}

function timeLeft({ endsAt }: LiveSession): string {
  const minutes = (endsAt - performance.now()) / 60_000
  if (!Number.isFinite(minutes)) return 'no end known'
  if (minutes <= 0) return 'expired'
  return minutes < 1 ? 'under 1 min' : `${Math.floor(minutes)} min`
}
