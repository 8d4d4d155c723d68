import {
  type AuthorizationServer,
  None,
  processRevocationResponse,
  revocationRequest,
} from 'oauth4webapi'
import { requestOptions } from './authorization-server.ts'
import { toSignInError } from './errors.ts'

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
