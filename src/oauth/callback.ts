import { type AuthorizationServer, type Client, validateAuthResponse } from 'oauth4webapi'
import { refusal, signInFailure } from './sign-in-failure.ts'
import { requireFresh, type Transaction } from './transaction.ts'

const once = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'response']
const longest = 2048

/**
 * Checks the answer of the authorization endpoint as far as it can be judged without any request:
 * each parameter at most once and of a sane length, a fresh transaction of ours, its `state`, and
 * an `iss` that is the issuer's, where one is given.
 *
 * @param query Query of the callback address, with or without its question mark.
 * @param now Milliseconds since the Unix epoch.
 * @throws {SignInError} `malformed`, `not_ours`, `expired`, `wrong_issuer`.
 */
export async function checkCallback(
  query: string,
  transaction: Transaction,
  now: number,
): Promise<URLSearchParams> {
  if (query.length > 16 * longest) throw await refusal('malformed', 'endless')
  const parameters = new URLSearchParams(query)
  for (const name of once) {
    const values = parameters.getAll(name)
    if (values.length > 1) throw await refusal('malformed', 'twice', name)
    if ((values[0]?.length ?? 0) > longest && name !== 'error_description') {
      throw await refusal('malformed', 'tooLong', name)
    }
  }
  if (parameters.has('code') && parameters.has('error')) {
    throw await refusal('malformed', 'bothWays')
  }
  if (!parameters.get('code') && !parameters.get('error')) {
    throw await refusal('malformed', 'noCode')
  }
  if (parameters.get('state') !== transaction.state) {
    throw await refusal('not_ours', 'otherTab')
  }
  requireFresh(transaction, now)
  const issuer = parameters.get('iss')
  if (issuer !== null && issuer !== transaction.issuer) {
    throw await refusal('wrong_issuer', 'otherServer')
  }
  return parameters
}

/**
 * The same answer once the server's metadata is known.
 *
 * @returns What `authorizationCodeGrantRequest` takes.
 * @throws {SignInError} As `checkCallback`, and `denied`, `refused`, `client_unknown`.
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
export async function validateCallback(
  server: AuthorizationServer,
  client: Client,
  parameters: URLSearchParams,
  transaction: Transaction,
): Promise<URLSearchParams> {
  if (server.authorization_response_iss_parameter_supported && !parameters.has('iss')) {
    throw await refusal('wrong_issuer', 'noIssuerNamed')
  }
  try {
    return validateAuthResponse(server, client, parameters, transaction.state)
  } catch (cause) {
    throw await signInFailure(cause, 'answer')
  }
}
