import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { ContractOperation } from './contract.ts'
import { Problem } from './problem.ts'

/** Who calls, and what the credential allows. */
export interface Caller {
  accountId: string
  /** The credential, for the rate limit: never the credential itself. */
  credential: string
  /** Nothing for an API key, which has them all. */
  scopes?: readonly string[]
}

/** What the sandbox asks the authorization server. */
export interface CredentialChecks {
  verifyAccessToken(
    token: string,
    audience: string,
  ): Promise<{ accountId: string; clientId: string; scopes: readonly string[] }>
  verifyApiKey(key: string): Promise<{ accountId: string; keyId: string }>
}

export interface Resource {
  /** Identifier of this API, which a token must be for. */
  identifier: string
  /** Address of its RFC 9728 document. */
  metadata: string
}

/**
 * @throws {Problem} `BAD_REQUEST` for credentials in the wrong place or two of them,
 * `UNAUTHENTICATED` with a challenge.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export async function authenticate(
  c: Context,
  checks: CredentialChecks,
  resource: Resource,
): Promise<Caller> {
  const key = c.req.header('x-api-key')
  const authorization = c.req.header('authorization')
  if (key !== undefined && authorization !== undefined) {
    throw new Problem('BAD_REQUEST', 'Send x-api-key or Authorization, not both.', {
      headers: challenge(resource, { error: 'invalid_request' }),
    })
  }
  if (key !== undefined) return checkKey(key, checks, resource)
  if (authorization === undefined) {
    throw new Problem('UNAUTHENTICATED', 'The request carries no credential.', {
      headers: challenge(resource),
    })
  }
  return checkToken(authorization, checks, resource)
}

/** A credential in the address would end up in histories and logs. */
export function refuseTokenInQuery(url: URL, resource: Resource): void {
  if (!url.searchParams.has('access_token')) return
  throw new Problem('BAD_REQUEST', 'An access token does not belong in the address.', {
    headers: challenge(resource, { error: 'invalid_request' }),
  })
}

/** @returns What a token must be granted for the operation, or nothing where the caller's is enough. */
export function missingScope(
  { scopes }: ContractOperation,
  { scopes: granted }: Caller,
): string | undefined {
  if (!granted) return undefined
  if (scopes.some((needed) => needed.every((scope) => granted.includes(scope)))) return undefined
  return scopes[0]?.join(' ') ?? ''
}

/** @throws {Problem} `INSUFFICIENT_SCOPE`, naming what is missing. */
export function authorize(operation: ContractOperation, caller: Caller, resource: Resource): void {
  const scope = missingScope(operation, caller)
  if (scope === undefined) return
  throw new Problem('INSUFFICIENT_SCOPE', `The access token was not granted ${scope}.`, {
    headers: challenge(resource, { error: 'insufficient_scope', scope }),
  })
}

async function checkKey(
  key: string,
  checks: CredentialChecks,
  resource: Resource,
): Promise<Caller> {
  try {
    const { accountId, keyId } = await checks.verifyApiKey(key)
    return { accountId, credential: `key:${keyId}` }
  } catch (cause) {
    if (!hasCode(cause, 'invalid_api_key')) throw cause
    throw new Problem('UNAUTHENTICATED', 'The API key is wrong, expired or revoked.', {
      headers: challenge(resource),
      cause,
    })
  }
}

async function checkToken(
  authorization: string,
  checks: CredentialChecks,
  resource: Resource,
): Promise<Caller> {
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1]
  if (!token) {
    const isBearer = /^bearer\b/i.test(authorization)
    throw new Problem('UNAUTHENTICATED', 'Authorization does not hold one bearer token.', {
      headers: challenge(resource, isBearer ? { error: 'invalid_token' } : {}),
    })
  }
  if (token.startsWith('sl_')) {
    throw new Problem('UNAUTHENTICATED', 'This is an API key: send it in x-api-key.', {
      headers: challenge(resource, { error: 'invalid_token' }),
    })
  }
  try {
    const { accountId, clientId, scopes } = await checks.verifyAccessToken(
      token,
      resource.identifier,
    )
    return { accountId, credential: `client:${clientId}:${accountId}`, scopes }
  } catch (cause) {
    if (!hasCode(cause, 'invalid_token')) throw cause
    throw new Problem('UNAUTHENTICATED', 'The access token is wrong, expired or revoked.', {
      headers: challenge(resource, { error: 'invalid_token' }),
      cause,
    })
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** The header that says where a token comes from, and what was wrong with the one that came. */
export function challenge(
  { metadata }: Resource,
  details: { error?: string; scope?: string } = {},
): Record<string, string> {
  const parts = Object.entries({ ...details, resource_metadata: metadata }).map(
    ([name, value]) => `${name}="${value}"`,
  )
  return { 'WWW-Authenticate': `Bearer ${parts.join(', ')}` }
}

/** Tells requests apart without keeping what they say. */
export function requestHash(operationId: string, body: string): string {
  return createHash('sha256').update(`${operationId}\n${body}`).digest('base64url')
}
