const violations: { address: string; at: number }[] = []

/** What workers and windows share of their global object; nothing of it elsewhere. */
const here = globalThis as unknown as {
  addEventListener?(
    type: 'securitypolicyviolation',
    listener: (event: { blockedURI: string }) => void,
  ): void
}

here.addEventListener?.('securitypolicyviolation', ({ blockedURI }) => {
  violations.push({ address: blockedURI, at: performance.now() })
  if (violations.length > 50) violations.shift()
})

/** True when a policy stopped a request to this origin since `since` (by `performance.now()`). */
export async function blocked(origin: string, since: number): Promise<boolean> {
  // The event is a task of its own, and may come after the failure it explains.
  await new Promise((resolve) => setTimeout(resolve, 50))
  return violations.some(({ address, at }) => at >= since && address.startsWith(origin))
}
