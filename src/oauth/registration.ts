import type { AuthorizationServer, Client } from 'oauth4webapi'
import { requestFrom } from './authorization-server.ts'
import { clientMetadata } from './client-metadata.ts'
import { ServerRefusal } from './server-refusal.ts'
import { refusal, signInFailure } from './sign-in-failure.ts'

/**
 * Registers this site as a public client (RFC 7591). Without the library, whose reader of every kind of
 * answer would come with every sign-in.
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
    throw await refusal('not_configured', 'noRegistration')
  }
  try {
    const response = await requestFrom(send)(server.registration_endpoint, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(clientMetadata(redirectUri, name)),
    })
    const client = (await response.json().catch(() => null)) as Partial<Client> | null
    if (response.status !== 201) throw new ServerRefusal(client)
    const redirects: unknown = client?.redirect_uris
    if (typeof client?.client_id !== 'string' || client.client_id === '') {
      throw await refusal('bad_answer', 'untrusted')
    }
    if (!Array.isArray(redirects) || redirects.length !== 1 || redirects[0] !== redirectUri) {
      throw await refusal('registration_refused', 'otherRedirect')
    }
    if (client.client_secret) {
      throw await refusal('registration_refused', 'secretGiven')
    }
    return client.client_id
  } catch (cause) {
    throw await signInFailure(cause, 'registration')
  }
}
