import {
  type AuthorizationServer,
  dynamicClientRegistrationRequest,
  processDynamicClientRegistrationResponse,
} from 'oauth4webapi'
import { requestOptions } from './authorization-server.ts'
import { clientMetadata } from './client-metadata.ts'
import { SignInError } from './sign-in-error.ts'
import { signInFailure } from './sign-in-failure.ts'

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
  try {
    const response = await dynamicClientRegistrationRequest(
      server,
      clientMetadata(redirectUri, name),
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
    throw await signInFailure(cause, 'registration')
  }
}
