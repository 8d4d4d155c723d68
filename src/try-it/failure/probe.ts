/** What became of a request that was only made to find out whether it is answered. */
export type Reach =
  | 'answered'
  | 'failed'
  /** Led to another address, where the policy of this site stopped it. */
  | 'led_away'
  /** Not answered in time. */
  | 'late'

export interface Prober {
  /** Any answer counts, readable or not: the browser asks the server for no permission. */
  reach(url: string): Promise<Reach>
  /** Only an answer counts that this page may read. */
  read(url: string, headers: readonly string[]): Promise<Reach>
}

/** Milliseconds that a probe may take. */
const patience = 6000

/** Makes probes as this page. They carry no credential and nothing that was typed but the address. */
export const pageProber: Prober = {
  reach: (url) => probe(url, { mode: 'no-cors' }),
  read: (url, headers) =>
    probe(url, {
      mode: 'cors',
      redirect: 'manual',
      headers: headers.map((name): [string, string] => [name, probeValue(name)]),
    }),
}

/** Values do not matter to the question that browsers ask, names do. */
function probeValue(name: string): string {
  if (name === 'content-type') return 'application/json'
  return name === 'authorization' ? 'Bearer probe' : 'probe'
}

async function probe(url: string, init: RequestInit): Promise<Reach> {
  const signal = AbortSignal.timeout(patience)
  let isLedAway = false
  const onViolation = () => {
    isLedAway = true
  }
  document.addEventListener('securitypolicyviolation', onViolation)
  try {
    const response = await fetch(url, {
      ...init,
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
    void response.body?.cancel()
    return 'answered'
  } catch {
    if (signal.aborted) return 'late'
    // The event is a task of its own, and may come after the failure it explains.
    await new Promise((resolve) => setTimeout(resolve, 50))
    return isLedAway ? 'led_away' : 'failed'
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation)
  }
}
