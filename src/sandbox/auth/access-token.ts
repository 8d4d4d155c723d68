import {
  type CryptoKey,
  importJWK,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import type { Credentials } from '../store/credentials.ts'
import { InvalidTokenError } from './errors.ts'
import { accessTokenLifetime } from './library.ts'

/** What a good access token says. */
export interface AccessToken {
  accountId: string
  clientId: string
  scopes: string[]
  /** Absent where a refresh token outlived the session it was made in. */
  sessionId?: string
}

export type VerifyAccessToken = (token: string, audience: string) => Promise<AccessToken>

/** Characters. Ours have about 900. */
const longestToken = 8192

/**
 * Makes the function that tells a good access token from everything else: signature, claims and
 * whether the account, the client, the grant and the session behind it still stand.
 *
 * The keys are read from this process's own database, so that a made-up `kid` costs one indexed
 * lookup and never a request.
 *
 * @param now The clock that issued tokens live by. Not a clock that readers can move.
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
 */
export function createAccessTokenVerifier(
  credentials: Credentials,
  issuer: string,
  now: () => Date,
): VerifyAccessToken {
  const findKey = createKeyFinder(credentials, now)
  const assertStanding = createStandingCheck(credentials, now)
  const verified = new Map<string, JWTPayload>()

  return async (token, audience) => {
    if (token.length > longestToken) throw new InvalidTokenError('The access token is too long.')
    const payload = await verify(token, audience)
    const { exp, iat, sub, client_id: clientId, scope = '', sid, cnf } = payload
    // Bound to a key of the client's: as a plain bearer token it is somebody else's (RFC 9449, 7.2).
    if (cnf !== undefined) throw new InvalidTokenError('The access token needs a proof of its key.')
    if (
      !Number.isSafeInteger(exp) ||
      !Number.isSafeInteger(iat) ||
      Number(exp) - Number(iat) > accessTokenLifetime ||
      typeof sub !== 'string' ||
      typeof clientId !== 'string' ||
      typeof scope !== 'string' ||
      (sid !== undefined && typeof sid !== 'string')
    ) {
      throw new InvalidTokenError('The access token has a claim of the wrong kind.')
    }
    await assertStanding({ accountId: sub, clientId, issuedAt: Number(iat), sessionId: sid })
    return {
      accountId: sub,
      clientId,
      scopes: scope.split(' ').filter((name) => name !== ''),
      ...(sid === undefined ? {} : { sessionId: sid }),
    }
  }

  async function verify(token: string, audience: string) {
    const seen = `${audience} ${token}`
    const known = verified.get(seen)
    // Signatures do not change; time goes on.
    if (known && isInTime(known, now())) return known
    assertWrittenOnce(token)
    try {
      const { payload } = await jwtVerify(token, findKey, {
        algorithms: ['ES256'],
        issuer,
        audience,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'iat', 'sub', 'client_id', 'jti'],
        clockTolerance: 5,
        maxTokenAge: '2h',
        currentDate: now(),
      })
      if (verified.size >= mostVerified) verified.clear()
      verified.set(seen, payload)
      return payload
    } catch (cause) {
      if (isDatabaseError(cause)) throw cause
      throw new InvalidTokenError(explain(cause), { cause })
    }
  }
}

/** Tokens whose signature is remembered. What stands behind them is looked up every time. */
const mostVerified = 1000

/** Whether a token that was good is not yet, or no longer, another one by the clock. */
function isInTime({ exp, iat, nbf }: JWTPayload, now: Date): boolean {
  const time = now.getTime() / 1000
  return time < Number(exp) && time >= Number(iat) && time >= Number(nbf ?? 0)
}

/**
 * A token names a claim at most once. Parsers disagree about which of two wins, and ours are
 * written by `JSON.stringify`, so text that does not survive a round trip is not ours.
 */
function assertWrittenOnce(token: string): void {
  for (const part of token.split('.').slice(0, 2)) {
    const text = Buffer.from(part, 'base64url').toString('utf8')
    let again: string
    try {
      again = JSON.stringify(JSON.parse(text))
    } catch (cause) {
      throw new InvalidTokenError('The access token is malformed.', { cause })
    }
    if (again !== text) throw new InvalidTokenError('The access token is malformed.')
  }
}

function createKeyFinder(credentials: Credentials, now: () => Date) {
  const imported = new Map<string, { key: CryptoKey; goodUntil: number }>()

  return async ({ kid }: JWTHeaderParameters): Promise<CryptoKey> => {
    if (typeof kid !== 'string' || kid.length > 64) throw unknownKey()
    const known = imported.get(kid)
    if (known) return stillGood(known)
    const row = await credentials.findSigningKey(kid)
    if (row?.alg !== 'ES256') throw unknownKey()
    const key = await importJWK(JSON.parse(row.publicKey), 'ES256')
    if (key instanceof Uint8Array) throw unknownKey()
    const found = {
      key,
      // The last token signed with a key outlives the key's turn by its own lifetime.
      goodUntil:
        row.expiresAt === null
          ? Number.POSITIVE_INFINITY
          : Date.parse(row.expiresAt) + accessTokenLifetime * 1000,
    }
    imported.set(kid, found)
    return stillGood(found)
  }

  function stillGood({ key, goodUntil }: { key: CryptoKey; goodUntil: number }): CryptoKey {
    if (now().getTime() > goodUntil) throw unknownKey()
    return key
  }
}

function unknownKey(): InvalidTokenError {
  return new InvalidTokenError('The access token was signed with a key that is not ours.')
}

interface Standing {
  accountId: string
  clientId: string
  /** Seconds since 1970. */
  issuedAt: number
  sessionId: string | undefined
}

function createStandingCheck(credentials: Credentials, now: () => Date) {
  return async ({ accountId, clientId, issuedAt, sessionId }: Standing): Promise<void> => {
    // Both instants are whole seconds of the same clock, and a grant is always older than its
    // tokens. One that was taken back and given anew does not revive the tokens of the first.
    const grantedBy = new Date(issuedAt * 1000).toISOString()
    const found = await credentials.findStanding({ clientId, accountId, grantedBy, sessionId })
    if (!found || found.disabled === 1) {
      throw new InvalidTokenError('The application that this token was issued to is gone.')
    }
    if (found.accountId === null) {
      throw new InvalidTokenError('The account that this token was issued for is gone.')
    }
    if (found.grantId === null) {
      throw new InvalidTokenError('What this token was granted has been revoked.')
    }
    if (sessionId === undefined) return
    if (
      found.sessionOf !== accountId ||
      found.sessionUntil === null ||
      Date.parse(found.sessionUntil) <= now().getTime()
    ) {
      throw new InvalidTokenError('The session that this token was issued in has ended.')
    }
  }
}

function explain(cause: unknown): string {
  if (cause instanceof InvalidTokenError) return cause.message
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ERR_JWT_EXPIRED') return 'The access token has expired.'
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    return 'The access token was issued by or for someone else.'
  }
  return 'The access token is malformed or forged.'
}

/** A fault of the disk is not a fault of the token: it must not end as a 401. */
function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}
