import {
  type AuthorizationServer,
  type Client,
  clockSkew,
  clockTolerance,
  getValidatedIdTokenClaims,
  processAuthorizationCodeResponse,
  type TokenEndpointResponse,
} from 'oauth4webapi'
import { requestFrom } from './authorization-server.ts'
import { refusal, signInFailure } from './sign-in-failure.ts'
import type { Transaction } from './transaction.ts'

export interface Exchanged {
  token: TokenEndpointResponse
  /** `sub` of the ID token. */
  subject: string
  /** By `clock.now`: the moment the answer came, from which `expires_in` counts. */
  receivedAt: number
}

/**
 * Spends the code for a token. One request, never repeated: a code works once. The library judges the
 * answer; its way to ask knows every kind of client, and would come with every sign-in.
 *
 * @param answer What `validateCallback` gave.
 * @param clock `now`: milliseconds of a clock that never jumps.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 * @throws {SignInError} `code_rejected`, `client_unknown`, `bad_answer`, `unreachable`.
 */
export async function exchangeCode(
  server: AuthorizationServer,
  answer: URLSearchParams,
  transaction: Transaction,
  resource: string,
  clock: { fetch: typeof fetch; now(): number },
): Promise<Exchanged> {
  try {
    if (!server.token_endpoint) throw await refusal('server_unsafe', 'noEndpoint', 'token_endpoint')
    const response = await requestFrom(clock.fetch)(server.token_endpoint, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: answer.get('code') ?? '',
        redirect_uri: transaction.redirectUri,
        code_verifier: transaction.verifier,
        client_id: transaction.clientId,
        resource,
      }),
    })
    const receivedAt = clock.now()
    const client: Client = {
      client_id: transaction.clientId,
      [clockSkew]: await issuerClockSkew(response),
      [clockTolerance]: 60,
    }
    const token = await processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: transaction.nonce,
      requireIdToken: true,
    })
    if (token.token_type !== 'bearer') {
      throw await refusal('bad_answer', 'otherToken')
    }
    return { token, subject: getValidatedIdTokenClaims(token)?.sub ?? '', receivedAt }
  } catch (cause) {
    throw await signInFailure(cause, 'exchange')
  }
}

/**
 * Seconds by which the issuer's clock is ahead of this machine's. An ID token that came this very
 * moment from the issuer itself was written now by the issuer's clock, so that a reader whose
 * clock is a day off can sign in; how long the token lives is still checked.
 */
async function issuerClockSkew(response: Response): Promise<number> {
  try {
    const { id_token } = (await response.clone().json()) as { id_token: string }
    const payload = id_token.split('.')[1] ?? ''
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    const skew = Number(claims.iat) - Math.floor(Date.now() / 1000)
    return Number.isFinite(skew) && Math.abs(skew) > 60 ? skew : 0
  } catch {
    return 0
  }
}

/**
 * Asks userinfo who is signed in. Read without the library, whose reader would bring all of its
 * code for signed answers into the vault.
 *
 * @param subject `sub` of the ID token: userinfo has to speak of the same person.
 * @returns A name to show.
 * @throws {SignInError} `bad_answer`, `unreachable`.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
 */
export async function readAccount(
  server: AuthorizationServer,
  accessToken: string,
  subject: string,
  send: typeof fetch,
): Promise<string> {
  if (!server.userinfo_endpoint) return subject
  try {
    const response = await requestFrom(send)(server.userinfo_endpoint, {
      headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
    })
    const user: unknown = response.status === 200 ? await response.json().catch(() => null) : null
    if (typeof user !== 'object' || user === null || !('sub' in user) || user.sub !== subject) {
      throw await refusal('bad_answer', 'nameless')
    }
    const { name, preferred_username, email } = user as Record<string, unknown>
    const found = [name, preferred_username, email].find((one) => typeof one === 'string' && one)
    return String(found ?? subject)
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .slice(0, 200)
  } catch (cause) {
    throw await signInFailure(cause, 'account')
  }
}
