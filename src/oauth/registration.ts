import {
  type AuthorizationServer,
  dynamicClientRegistrationRequest,
  None,
  processDynamicClientRegistrationResponse,
  processRevocationResponse,
  revocationRequest,
} from 'oauth4webapi'
import { isLoopback, requestOptions } from './authorization-server.ts'
import { toSignInError } from './errors.ts'
import { SignInError } from './sign-in-error.ts'

/**
 * Registers this site as a public client (RFC 7591).
 *
 * @param name Shown on the consent page.
 * @returns The client id: public, may be kept.
 * @throws {SignInError} `registration_refused`, `unreachable`, `bad_answer`, `not_configured`.
 */
export async function registerClient(
  server: AuthorizationServer,
  redirectUri: string,
  name: string,
  send: typeof fetch,
): Promise<string> {
  if (!server.registration_endpoint) {
    throw new SignInError(
      'not_configured',
      'The authorization server takes no registrations, and this site was built without a client id.',
    )
  }
  const redirect = new URL(redirectUri)
  // RFC 7591 and OpenID Connect Registration: a `web` client may not redirect to http://localhost.
  const native = redirect.protocol === 'http:' && isLoopback(redirect)
  try {
    const response = await dynamicClientRegistrationRequest(
      server,
      {
        client_name: name,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        application_type: native ? 'native' : 'web',
      },
      requestOptions(server.registration_endpoint, send),
    )
    const client = await processDynamicClientRegistrationResponse(response)
    const redirects: unknown = client.redirect_uris
    if (!Array.isArray(redirects) || redirects.length !== 1 || redirects[0] !== redirectUri) {
      throw new SignInError(
        'registration_refused',
        'The authorization server registered another redirect address than ours. It is not used.',
      )
    }
    if (client.client_secret) {
      throw new SignInError(
        'registration_refused',
        'The authorization server gave a secret to a page that cannot keep one. It is not used.',
      )
    }
    return client.client_id
  } catch (cause) {
    throw toSignInError(cause, 'registration')
  }
}

/**
 * Asks whether the server still knows a client id, by revoking a token that does not exist: only
 * `invalid_client` says no (RFC 7009, 2.2.1), and after any other answer the client is kept. Used
 * where an earlier sign-in left for the server and never came back, as it does when a server shows
 * an unknown client an error page of its own.
 */
export async function isClientForgotten(
  server: AuthorizationServer,
  clientId: string,
  send: typeof fetch,
): Promise<boolean> {
  if (!server.revocation_endpoint) return false
  try {
    const response = await revocationRequest(
      server,
      { client_id: clientId },
      None(),
      'no-such-token',
      requestOptions(server.revocation_endpoint, send),
    )
    await processRevocationResponse(response)
    return false
  } catch (cause) {
    return toSignInError(cause, 'registration').code === 'client_unknown'
  }
}
