import {
  type AuthorizationServer,
  discoveryRequest,
  JSON_ATTRIBUTE_COMPARISON,
  OperationProcessingError,
  processDiscoveryResponse,
  processResourceDiscoveryResponse,
  type ResourceServer,
  resourceDiscoveryRequest,
} from 'oauth4webapi'
import type { Environment } from '../site.ts'
import {
  isSafeEndpoint,
  requestOptions,
  type SignInEnvironment,
  signInEnvironment,
} from './authorization-server.ts'
import { SignInError } from './sign-in-error.ts'
import { signInFailure } from './sign-in-failure.ts'

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
    throw new SignInError(
      'server_unsafe',
      `The issuer of ${target.name} is not an https address, so signing in is not safe.`,
    )
  }
  const [, server] = await Promise.all([
    confirmResource(target, send),
    readIssuerMetadata(target, send),
  ])
  requireSafety(server, target)
  return server
}

async function confirmResource(target: SignInEnvironment, send: typeof fetch): Promise<void> {
  const document = await readResourceMetadata(target, send)
  if (!document) return
  if (document.resource !== target.resource) {
    throw disagreement(target, `calls itself "${document.resource}", not "${target.resource}"`)
  }
  const issuers = document.authorization_servers
  if (issuers && !(Array.isArray(issuers) && issuers.includes(target.issuer))) {
    throw disagreement(target, `does not name ${target.issuer} as its authorization server`)
  }
}

async function readResourceMetadata(
  target: SignInEnvironment,
  send: typeof fetch,
): Promise<ResourceServer | undefined> {
  const resource = new URL(target.resource)
  let response: Response
  try {
    response = await resourceDiscoveryRequest(resource, requestOptions(target.resource, send))
  } catch {
    // Unreachable, or not open to browsers: both look alike from a page.
    return undefined
  }
  try {
    return await processResourceDiscoveryResponse(resource, response)
  } catch (cause) {
    if (cause instanceof OperationProcessingError && cause.code === JSON_ATTRIBUTE_COMPARISON) {
      throw disagreement(target, 'calls itself by another name', cause)
    }
    return undefined
  }
}

async function readIssuerMetadata(
  target: SignInEnvironment,
  send: typeof fetch,
): Promise<AuthorizationServer> {
  const issuer = new URL(target.issuer)
  try {
    const options = { ...requestOptions(target.issuer, send), algorithm: 'oidc' as const }
    const server = await processDiscoveryResponse(issuer, await discoveryRequest(issuer, options))
    if (server.issuer !== target.issuer) throw otherIssuer(target)
    return server
  } catch (cause) {
    if (cause instanceof OperationProcessingError && cause.code === JSON_ATTRIBUTE_COMPARISON) {
      throw otherIssuer(target, cause)
    }
    throw await signInFailure(cause, 'discovery')
  }
}

function requireSafety(server: AuthorizationServer, target: SignInEnvironment): void {
  const methods: unknown = server.code_challenge_methods_supported
  if (!Array.isArray(methods) || !methods.includes('S256')) {
    throw new SignInError(
      'server_unsafe',
      'The authorization server does not offer PKCE with S256, so signing in is not safe.',
    )
  }
  const origin = new URL(target.issuer).origin
  for (const name of endpoints) {
    const address = server[name]
    if (address === undefined) {
      if (name === 'authorization_endpoint' || name === 'token_endpoint') {
        throw new SignInError('server_unsafe', `The authorization server names no ${name}.`)
      }
      continue
    }
    const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined
    if (!url || !isSafeEndpoint(url) || url.origin !== origin) {
      throw new SignInError(
        'server_unsafe',
        `The authorization server's ${name} is not an address of ${origin}, so it is not used.`,
      )
    }
  }
}

function disagreement(target: SignInEnvironment, what: string, cause?: unknown): SignInError {
  return new SignInError(
    'server_disagrees',
    `The API of ${target.name} ${what}. The sign-in stopped, as the token could end up in the wrong hands.`,
    { cause },
  )
}

function otherIssuer(target: SignInEnvironment, cause?: unknown): SignInError {
  return new SignInError(
    'server_disagrees',
    `The server at ${target.issuer} says that it is another one. The sign-in stopped.`,
    { cause },
  )
}
