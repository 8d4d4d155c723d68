import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  dynamicClientRegistrationRequest,
  None,
  processAuthorizationCodeResponse,
  processDynamicClientRegistrationResponse,
  validateAuthResponse,
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
 * Asks the token endpoint whether it still knows a client id, with a code that cannot exist. Only
 * `invalid_client` says no (RFC 6749, 5.2): whatever else it answers, the client is kept. Used
 * where an earlier sign-in left for the server and never came back, as it does when a server shows
 * an unknown client an error page of its own.
 */
export async function isClientForgotten(
  server: AuthorizationServer,
  clientId: string,
  redirectUri: string,
  send: typeof fetch,
): Promise<boolean> {
  const client = { client_id: clientId }
  const answer = new URLSearchParams({ code: 'does-this-client-exist', iss: server.issuer })
  try {
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      None(),
      validateAuthResponse(server, client, answer),
      redirectUri,
      'no-verifier-belongs-to-a-code-that-does-not-exist',
      requestOptions(server.issuer, send),
    )
    await processAuthorizationCodeResponse(server, client, response)
    return false
  } catch (cause) {
    return toSignInError(cause, 'exchange').code === 'client_unknown'
  }
}
