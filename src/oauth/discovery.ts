import type { AuthorizationServer } from 'oauth4webapi'
import type { Environment } from '../site.ts'
import {
  isSafeEndpoint,
  requestFrom,
  type SignInEnvironment,
  signInEnvironment,
} from './authorization-server.ts'
import type { SignInError } from './sign-in-error.ts'
import { refusal, signInFailure } from './sign-in-failure.ts'

const endpoints = [
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'userinfo_endpoint',
  'end_session_endpoint',
  'revocation_endpoint',
] as const

/**
 * Confirms the configured issuer: the API's RFC 9728 document has to name it, and its OpenID
 * Connect metadata has to be its own. An API that publishes no such document, or not to browsers,
 * leaves the configured issuer alone.
 *
 * @returns Metadata whose endpoints are safe to send a code or a token to.
 * @throws {SignInError} `not_configured`, `server_disagrees`, `server_unsafe`, `unreachable`,
 *   `bad_answer`.
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-3.3
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 */
export async function discover(
  environment: Environment,
  send: typeof fetch,
): Promise<AuthorizationServer> {
  const target = signInEnvironment(environment)
  if (!URL.canParse(target.issuer) || !isSafeEndpoint(new URL(target.issuer))) {
    throw await refusal('server_unsafe', 'unsafeIssuer', target.name)
  }
  const [, server] = await Promise.all([
    confirmResource(target, send),
    readIssuerMetadata(target, send),
  ])
  await requireSafety(server, target)
  return server
}

async function confirmResource(target: SignInEnvironment, send: typeof fetch): Promise<void> {
  const document = await readResourceMetadata(target, send)
  if (!document) return
  if (document.resource !== target.resource) {
    throw await disagreement(
      target,
      `calls itself "${document.resource}", not "${target.resource}"`,
    )
  }
  const issuers = document.authorization_servers
  if (issuers && !(Array.isArray(issuers) && issuers.includes(target.issuer))) {
    throw await disagreement(target, `does not name ${target.issuer} as its authorization server`)
  }
}

async function readResourceMetadata(
  target: SignInEnvironment,
  send: typeof fetch,
): Promise<Metadata | undefined> {
  const url = new URL(target.resource)
  if (!isSafeEndpoint(url)) return undefined
  url.pathname = `/.well-known/oauth-protected-resource${url.pathname.replace(/^\/$/, '')}`
  try {
    const document = await readMetadata(url, send)
    return typeof document?.resource === 'string' ? document : undefined
  } catch {
    // Unreachable, or not open to browsers: both look alike from a page.
    return undefined
  }
}

async function readIssuerMetadata(
  target: SignInEnvironment,
  send: typeof fetch,
): Promise<AuthorizationServer> {
  const url = new URL(target.issuer)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/.well-known/openid-configuration`
  let document: Metadata | undefined
  try {
    document = await readMetadata(url, send)
  } catch (cause) {
    throw await signInFailure(cause, 'discovery')
  }
  if (typeof document?.issuer !== 'string') throw await refusal('bad_answer', 'untrusted')
  if (document.issuer !== target.issuer) {
    throw await refusal('server_disagrees', 'otherIssuer', target.issuer)
  }
  return document as Metadata & AuthorizationServer
}

type Metadata = Readonly<Record<string, unknown>>

/**
 * Read without the library, whose checks of what is exactly known here would come with every
 * sign-in.
 *
 * @returns Nothing where the answer is no JSON object, or not a success.
 * @throws {TypeError} The server cannot be reached.
 */
async function readMetadata(url: URL, send: typeof fetch): Promise<Metadata | undefined> {
  const headers = { accept: 'application/json' }
  const response = await requestFrom(send)(url.href, { headers })
  const type = response.headers.get('content-type') ?? ''
  if (response.status !== 200 || !/^application\/json\s*(;|$)/i.test(type)) return undefined
  const document: unknown = await response.json().catch((cause) => {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  })
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document)
  return isObject ? (document as Metadata) : undefined
}

async function requireSafety(
  server: AuthorizationServer,
  target: SignInEnvironment,
): Promise<void> {
  const methods: unknown = server.code_challenge_methods_supported
  if (!Array.isArray(methods) || !methods.includes('S256')) {
    throw await refusal('server_unsafe', 'noPkce')
  }
  const origin = new URL(target.issuer).origin
  for (const name of endpoints) {
    const address = server[name]
    if (address === undefined) {
      if (name === 'authorization_endpoint' || name === 'token_endpoint') {
        throw await refusal('server_unsafe', 'noEndpoint', name)
      }
      continue
    }
    const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined
    if (!url || !isSafeEndpoint(url) || url.origin !== origin) {
      throw await refusal('server_unsafe', 'foreignEndpoint', name, origin)
    }
  }
}

function disagreement({ name }: SignInEnvironment, what: string): Promise<SignInError> {
  return refusal('server_disagrees', 'disagreement', name, what)
}
