import { measure } from './measure.ts'
import { createVault, type Vault } from './vault.ts'

/** What workers and windows share of their global object. */
interface Surroundings {
  location: { origin: string }
  navigator: { onLine: boolean }
  addEventListener(
    type: 'securitypolicyviolation',
    listener: (event: { blockedURI: string }) => void,
  ): void
}

/** A vault for this build's environments, in whichever context this code runs. */
export function browserVault(): Vault {
  const here = globalThis as unknown as Surroundings
  const violations: { address: string; at: number }[] = []
  here.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
    violations.push({ address: blockedURI, at: performance.now() })
    if (violations.length > 50) violations.shift()
  })
  const vault = createVault({
    environments: __ENVIRONMENTS__,
    redirectUri: `${here.location.origin}${__BASE__}oauth/callback/`,
    fetch: (input, init) => fetch(input, init),
    now: () => performance.now(),
    wallClock: () => Date.now(),
    measure,
    offline: () => !here.navigator.onLine,
    async blocked(origin, since) {
      // The event is a task of its own, and may come after the failure it explains.
      await new Promise((resolve) => setTimeout(resolve, 50))
      return violations.some(({ address, at }) => at >= since && address.startsWith(origin))
    },
  })
  setInterval(() => vault.sweep(), 30_000)
  return vault
}
