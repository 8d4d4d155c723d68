import { createVault, type Vault } from './vault.ts'

/** What workers and windows share of their global object. */
interface Surroundings {
  location: { origin: string }
  navigator: { onLine: boolean }
}

/** A vault for this build's environments, in whichever context this code runs. */
export function browserVault(): Vault {
  const here = globalThis as unknown as Surroundings
  const vault = createVault({
    environments: __ENVIRONMENTS__,
    redirectUri: `${here.location.origin}${__BASE__}oauth/callback/`,
    fetch: (input, init) => fetch(input, init),
    now: () => performance.now(),
    wallClock: () => Date.now(),
    // Both come with what sends.
    measure: async (url, since) => (await import('./send.ts')).measure(url, since),
    offline: () => !here.navigator.onLine,
    blocked: async (origin, since) => (await import('./send.ts')).blocked(origin, since),
  })
  setInterval(() => vault.sweep(), 30_000)
  return vault
}
