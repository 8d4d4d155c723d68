/**
 * The sandbox's authorization server: Better Auth behind pages and limits of our own.
 *
 * Signing out from an application, as found out with Better Auth 1.7.5: every registered client may
 * end sessions, and its ID token (scope `openid`) names the session in `sid`. So
 *
 *     POST /api/auth/oauth2/end-session
 *     Content-Type: application/x-www-form-urlencoded
 *
 *     id_token_hint=<the ID token of that sign-in>
 *
 * with `fetch`, `mode: 'cors'` and `credentials: 'omit'`, from a docs origin, answers 200 and ends
 * that session: access tokens made in it are refused from the next call on, and the browser's
 * cookie opens nothing any more. No preflight, no redirect, no page. It must go without cookies:
 * with them, the library asks for an Origin that it trusts. Where there is no ID token, a top-level
 * GET of the same address leads to a page that asks the person. `post_logout_redirect_uri` works
 * for top-level requests where the client registered it (`post_logout_redirect_uris`).
 */
import type { Hono } from 'hono'
import { createCredentials } from '../store/credentials.ts'
import type { Connection } from '../store/sqlite-dialect.ts'
import { type AccessToken, createAccessTokenVerifier } from './access-token.ts'
import { createAccount, type DemoAccount, ensureDemoAccount, type NewAccount } from './accounts.ts'
import { createApiKeys, type NewApiKey } from './api-keys.ts'
import { createApp } from './app.ts'
import { createApplications } from './applications.ts'
import { createConnectedApps } from './connected-apps.ts'
import { AuthorizationServerError } from './errors.ts'
import { defaultRateLimits, type Library, openLibrary, type RateLimits } from './library.ts'
import type { ScopeWords } from './pages/consent.ts'
import { createClientCap } from './registration.ts'
import { createSessions, createSweep } from './sessions.ts'
import { readSignedQuery } from './signed-query.ts'
import { createDesk } from './visitor.ts'

export type { AccessToken } from './access-token.ts'
export type { DemoAccount, NewAccount } from './accounts.ts'
export type { NewApiKey } from './api-keys.ts'
export { AuthorizationServerError, InvalidApiKeyError, InvalidTokenError } from './errors.ts'
export type { RateLimits } from './library.ts'

export interface AuthorizationServerOptions {
  /** Open, with its pragmas set. The tables named as in Better Auth are made and kept here. */
  sqlite: Connection
  /** Signs cookies and encrypts the signing keys. Must stay the same for a database. */
  secret: string
  /** Origin that browsers reach this server at; also the `iss` of every token. */
  issuer: string
  /** What tokens can be issued for (RFC 8707), compared as exact strings. */
  resources: readonly { identifier: string; name: string }[]
  /** Origins whose scripts may register, exchange codes and sign out. */
  docsOrigins: readonly string[]
  /** The API's scopes, in the words that the consent page uses. */
  scopes: readonly ScopeWords[]
  /** Made if missing; the sign-in page then has a button for it. */
  demo?: DemoAccount
  /** The clock of tokens, keys and pages. The library keeps the system's: do not move this one. */
  now?: () => Date
  rateLimits?: Partial<RateLimits>
  /** Told about failures that end as 500 or 503. Holds no secrets of the request. */
  onFailure?: (error: unknown) => void
}

export interface AuthorizationServer {
  /** Everything of the authorization server's origin. */
  app: Hono
  /** @throws {InvalidTokenError} */
  verifyAccessToken(token: string, audience: string): Promise<AccessToken>
  /** @throws {InvalidApiKeyError} */
  verifyApiKey(key: string): Promise<{ accountId: string; keyId: string }>
  /** @throws {AuthorizationServerError} `account_exists` */
  createAccount(account: NewAccount): Promise<{ accountId: string }>
  /** @throws {AuthorizationServerError} `unknown_account` */
  createApiKey(key: NewApiKey): Promise<{ id: string; key: string }>
}

/**
 * Brings the database up to date, proves that tokens can be signed and verified with it, and
 * returns the server, which the caller puts on a socket.
 *
 * @throws {AuthorizationServerError} `secret_changed`, `migration_failed`, `self_test_failed`,
 *   `account_exists` (the demo account's email is taken).
 */
export async function createAuthorizationServer(
  options: AuthorizationServerOptions,
): Promise<AuthorizationServer> {
  const { sqlite, secret, issuer, resources, docsOrigins, scopes, demo } = options
  const now = options.now ?? (() => new Date())
  const library = await openLibrary({
    sqlite,
    secret,
    issuer,
    resources,
    scopes: scopes.map(({ name }) => name),
    rateLimits: { ...defaultRateLimits, ...options.rateLimits },
  })
  await assertSigning(library)
  const credentials = createCredentials(sqlite)
  if (demo) await ensureDemoAccount(library, credentials, demo)

  const sweep = createSweep(library, now)
  await sweep()

  const apiKeys = createApiKeys(credentials, library, now)
  const applications = createApplications(credentials)
  const verifyAccessToken = createAccessTokenVerifier(credentials, issuer, now)
  return {
    app: createApp({
      library,
      issuer,
      docsOrigins,
      scopes,
      resources,
      demo,
      now,
      apiKeys,
      desk: createDesk(library, issuer),
      applications,
      apps: createConnectedApps(credentials, library, applications),
      sessions: createSessions(credentials, now),
      sweep,
      verifyAccessToken,
      cap: createClientCap(credentials, now),
      readQuery: (text) => readSignedQuery(text, secret, now),
      onFailure: options.onFailure ?? (() => {}),
    }),
    verifyAccessToken,
    verifyApiKey: apiKeys.verify,
    createAccount: (account) => createAccount(library, credentials, account),
    createApiKey: apiKeys.create,
  }
}

/**
 * Signs and verifies one token. With another secret than the one the keys were made with, the
 * metadata would look fine and every sign-in would end in a 500.
 */
async function assertSigning(library: Library): Promise<void> {
  let token: string
  try {
    const signed = await library.api.signJWT({ body: { payload: { sub: 'self-test' } } })
    token = signed.token
  } catch (cause) {
    throw new AuthorizationServerError(
      'secret_changed',
      'The sandbox secret is not the one its database was made with. Put the old secret file back, or start with --reset.',
      { cause },
    )
  }
  const { payload } = await library.api.verifyJWT({ body: { token } })
  if (payload?.sub !== 'self-test') {
    throw new AuthorizationServerError(
      'self_test_failed',
      'The sandbox could not verify a token that it had just signed.',
    )
  }
}
