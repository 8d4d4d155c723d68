import type { AuthorizationServer } from 'oauth4webapi'
import { requestFrom } from './authorization-server.ts'

/**
 * Asks whether the server still knows a client id, by revoking a token that does not exist: only
 * `invalid_client` says no (RFC 7009, 2.2.1), and after any other answer the client is kept. Used
 * where an earlier sign-in left for the server and never came back, as it does when a server shows
 * an unknown client an error page of its own. Asked without the library, whose part for it would
 * come with every sign-in.
 */
export async function isClientForgotten(
  server: AuthorizationServer,
  clientId: string,
  send: typeof fetch,
): Promise<boolean> {
  if (!server.revocation_endpoint) return false
  try {
    const response = await requestFrom(send)(server.revocation_endpoint, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ token: 'no-such-token', client_id: clientId }),
    })
    if (response.ok) return false
    const { error } = (await response.json()) as { error?: unknown }
    return error === 'invalid_client' || error === 'unauthorized_client'
  } catch {
    return false
  }
}
