import { apiKey } from '@better-auth/api-key'
import { oauthProvider } from '@better-auth/oauth-provider'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { jwt } from 'better-auth/plugins/jwt'
import { ulid } from 'ulid'
import type { Connection } from '../store/sqlite-dialect.ts'
import { AuthorizationServerError } from './errors.ts'
import { libraryPath, socketAddressHeader } from './library-path.ts'

/** Requests per minute and client address, for each kind of call. */
export interface RateLimits {
  signIn: number
  signUp: number
  authorize: number
  token: number
  register: number
  revoke: number
  introspect: number
  userinfo: number
  /** Everything else. */
  other: number
}

/**
 * Roomy enough for a test suite that signs in again and again from one machine, tight enough that
 * a runaway script is told to slow down.
 */
export const defaultRateLimits: RateLimits = {
  signIn: 120,
  signUp: 60,
  authorize: 240,
  token: 240,
  register: 60,
  revoke: 60,
  introspect: 100,
  userinfo: 240,
  other: 600,
}

/** Seconds. What `expires_in` says, and the longest a stolen token could live. */
export const accessTokenLifetime = 3600

/** The scopes a client may ask for beside those of the API. */
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const

export interface LibrarySettings {
  sqlite: Connection
  secret: string
  issuer: string
  resources: readonly { identifier: string; name: string }[]
  scopes: readonly string[]
  rateLimits: RateLimits
}

/** Better Auth, configured; everything that knows its option names is in this file. */
export type Library = Awaited<ReturnType<typeof openLibrary>>

/**
 * Brings the tables up to date and starts Better Auth on them.
 *
 * @throws {AuthorizationServerError} `migration_failed`: the tables could not be brought up to date.
 */
export async function openLibrary(settings: LibrarySettings) {
  const options = libraryOptions(settings)
  // Before the instance exists: starting it on missing tables logs an error and seeds nothing.
  try {
    const { runMigrations } = await getMigrations(options)
    await runMigrations()
  } catch (cause) {
    throw new AuthorizationServerError(
      'migration_failed',
      'The sandbox database has account tables that this version cannot use.',
      { cause },
    )
  }
  return betterAuth(options)
}

function libraryOptions({
  sqlite,
  secret,
  issuer,
  resources,
  scopes,
  rateLimits,
}: LibrarySettings) {
  const perMinute = (max: number) => ({ window: 60, max })
  const resourceIdentifiers = resources.map(({ identifier }) => identifier)
  const provider = oauthProvider({
    loginPage: `${issuer}/sign-in`,
    consentPage: `${issuer}/consent`,
    signup: { page: `${issuer}/sign-up` },
    scopes: [...identityScopes, ...scopes],
    grantTypes: ['authorization_code', 'refresh_token'],
    accessTokenExpiresIn: accessTokenLifetime,
    codeExpiresIn: 600,
    // Two tabs that refresh at the same moment would otherwise sign each other out.
    refreshTokenReuseInterval: 10,
    allowDynamicClientRegistration: true,
    allowUnauthenticatedClientRegistration: true,
    // No `allowedScopes`: the library intersects, and a list without `openid` loses the ID token.
    resources: resources.map(({ identifier, name }) => ({ identifier, name })),
    clientRegistrationDefaultResources: resourceIdentifiers,
    // The default keeps the rows of an earlier configuration.
    resourceSeedMode: 'overwrite',
    clientPrivileges: () => false,
    resourcePrivileges: () => false,
    rateLimit: {
      authorize: perMinute(rateLimits.authorize),
      token: perMinute(rateLimits.token),
      register: perMinute(rateLimits.register),
      revoke: perMinute(rateLimits.revoke),
      introspect: perMinute(rateLimits.introspect),
      userinfo: perMinute(rateLimits.userinfo),
    },
  })
  // A registering client cannot ask for this itself (RFC 7591 has no such field), and without it
  // the ID token carries no `sid`, and signing out in an app would leave its token working.
  Object.assign(provider.schema.oauthClient.fields.enableEndSession, { defaultValue: true })

  return {
    appName: 'Streamloop sandbox',
    baseURL: issuer,
    basePath: libraryPath,
    secret,
    database: sqlite,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // `/token` turns a session cookie into a JWT without any OAuth: not part of this server.
    disabledPaths: ['/token'],
    emailAndPassword: { enabled: true },
    // Only this origin: other ones get CORS where they need it, never trust.
    trustedOrigins: [issuer],
    rateLimit: {
      enabled: true,
      ...perMinute(rateLimits.other),
      customRules: {
        '/sign-in/*': perMinute(rateLimits.signIn),
        '/sign-up/*': perMinute(rateLimits.signUp),
      },
    },
    advanced: {
      // Said aloud, because the library switches these with NODE_ENV.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: issuer.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [socketAddressHeader] },
      database: {
        generateId: ({ model }: { model: string }) =>
          model === 'user' ? `user_${ulid()}` : ulid(),
      },
    },
    onAPIError: {
      errorURL: `${issuer}/error`,
      // Expected refusals are answers already; the rest goes up to the app, which knows a full
      // disk from a bug.
      onError(error: unknown) {
        if (!isRefusal(error)) throw error
      },
    },
    plugins: [
      jwt({
        disableSettingJwtHeader: true,
        // The bare origin, so that the metadata documents lie at the origin's root.
        jwt: { issuer },
        jwks: {
          keyPairConfig: { alg: 'ES256' },
          rotationInterval: 90 * 24 * 3600,
          gracePeriod: 24 * 3600,
        },
      }),
      provider,
      apiKey({
        defaultPrefix: 'sl_',
        defaultKeyLength: 32,
        maximumNameLength: 64,
        // The library counts in days; its least is one, which a test of expiry cannot wait for.
        keyExpiration: { minExpiresIn: 0, maxExpiresIn: 366 },
        // The API limits each credential itself; the library's default is ten calls a day.
        rateLimit: { enabled: false },
      }),
    ],
  } satisfies BetterAuthOptions
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'APIError'
}
