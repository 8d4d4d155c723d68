import {
  type AuthorizationServer,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
} from 'oauth4webapi'
import { refusal } from './sign-in-failure.ts'

/** Asked for besides what the call needs, so that the panel can say who is signed in. */
const identityScopes = ['openid', 'profile']

/** The one-time values of a sign-in: 32 random bytes each, in base64url. */
export function newSecrets(): { state: string; nonce: string; verifier: string } {
  return {
    state: generateRandomState(),
    nonce: generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
  }
}

export interface AuthorizationQuestion {
  state: string
  nonce: string
  verifier: string
  clientId: string
  redirectUri: string
  scopes: readonly string[]
  /** Resource identifier of the API (RFC 8707). */
  resource: string
  /** Ask the reader again even where consent was given before. */
  consent: boolean
}

/**
 * Where the reader goes to sign in and to agree. `scope` and `resource` are always there: left
 * out, some servers grant everything, or a token for nothing in particular.
 *
 * @returns The address, and every scope that is asked for.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.3
 */
export async function authorizationAddress(
  server: AuthorizationServer,
  question: AuthorizationQuestion,
): Promise<{ url: string; scopes: string[] }> {
  if (!server.authorization_endpoint) {
    throw await refusal('server_unsafe', 'noEndpoint', 'authorization_endpoint')
  }
  const scopes = [...new Set([...identityScopes, ...question.scopes])]
  const url = new URL(server.authorization_endpoint)
  const parameters = {
    response_type: 'code',
    client_id: question.clientId,
    redirect_uri: question.redirectUri,
    scope: scopes.join(' '),
    resource: question.resource,
    state: question.state,
    nonce: question.nonce,
    code_challenge: await calculatePKCECodeChallenge(question.verifier),
    code_challenge_method: 'S256',
    ...(question.consent && { prompt: 'consent' }),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url: url.href, scopes }
}
