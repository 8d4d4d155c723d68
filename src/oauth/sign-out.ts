import type { AuthorizationServer } from 'oauth4webapi'
import { requestFrom } from './authorization-server.ts'

/**
 * Ends the session at the issuer, which makes its tokens useless at once. The ID token says which
 * session; cookies stay out of it.
 *
 * @returns True when the issuer said so. Otherwise its session may still be open.
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 */
export async function endSession(
  server: AuthorizationServer,
  session: { idToken: string | undefined; clientId: string },
  send: typeof fetch,
): Promise<boolean> {
  if (!server.end_session_endpoint || session.idToken === undefined) return false
  try {
    const response = await requestFrom(send)(server.end_session_endpoint, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        id_token_hint: session.idToken,
        client_id: session.clientId,
      }),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
