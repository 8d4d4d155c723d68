import type { Environment } from '../site.ts'
import { isLoopback } from './loopback.ts'
import { SignInError } from './sign-in-error.ts'

/** An environment that a reader can sign in to. */
export type SignInEnvironment = Environment & { issuer: string; resource: string }

/**
 * @throws {SignInError} `not_configured`: the environment names no issuer.
 */
export function signInEnvironment(environment: Environment): SignInEnvironment {
  const { issuer, resource } = environment
  if (!issuer) {
    throw new SignInError(
      'not_configured',
      `${environment.name} names no authorization server, so there is no sign-in.`,
    )
  }
  return { ...environment, issuer, resource: resource ?? environment.api }
}

/** https anywhere, http on loopback hosts, no user name in the address. */
export function isSafeEndpoint(url: URL): boolean {
  if (url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

/** Milliseconds after which an authorization server counts as unreachable. */
const patience = 20_000

/**
 * `fetch` as every request to an authorization server is made: no cookies, no referrer, nothing
 * from a cache, and redirects not followed, as a token or a code must not travel to an address
 * that was not checked.
 */
export function requestFrom(send: typeof fetch) {
  return (address: string, init: RequestInit): Promise<Response> =>
    send(address, {
      ...init,
      redirect: 'manual',
      signal: init.signal ?? AbortSignal.timeout(patience),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      mode: 'cors',
    })
}
