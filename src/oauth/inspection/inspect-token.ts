import { base64url, compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import { requestFrom } from '../authorization-server.ts'
import type { TokenPart, TokenReport, TokenSignature } from './token-report.ts'

export interface Inspected {
  accessToken: string
  scopes: readonly string[]
  /** Milliseconds that are left. */
  remaining: number
  /** What the token is meant for. */
  resource: string
  issuer: string
  jwksUri: string | undefined
}

/** Signatures that a public key verifies. `none` and those with a shared secret are not among them. */
const algorithms = [
  ...['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['EdDSA', 'Ed25519'],
]

/** Characters of a token, and bytes of a set of keys, beyond which neither is looked at. */
const longest = 100_000

/**
 * Reads an access token for a person. Runs where the token lives: what it returns opens nothing,
 * as the signature stays behind.
 *
 * @param send Asks the issuer for its keys.
 */
export async function inspectToken(token: Inspected, send: typeof fetch): Promise<TokenReport> {
  const { accessToken, scopes, remaining, resource, issuer } = token
  const shared = { scopes: [...scopes], remaining, resource, issuer }
  const [first = '', second = '', third, ...more] = accessToken.split('.')
  const header = readPart(first)
  const claims = readPart(second)
  if (!header || !claims || third === undefined || more.length > 0) {
    return { ...shared, kind: 'opaque', header: [], claims: [], audience: [], signature: unread }
  }
  return {
    ...shared,
    kind: 'jwt',
    header,
    claims,
    audience: audienceOf(claims),
    signature: await verify(token, header, send),
  }
}

const unread: TokenSignature = { verdict: 'unchecked', reason: 'opaque' }

/** Names and values in the order of the token, each value as the JSON text of it. */
function readPart(text: string): TokenPart[] | undefined {
  if (text.length > longest) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(text)))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.entries(value).map(([name, member]) => ({ name, json: JSON.stringify(member) }))
  } catch {
    return undefined
  }
}

function audienceOf(claims: readonly TokenPart[]): string[] {
  const value: unknown = JSON.parse(claims.find(({ name }) => name === 'aud')?.json ?? '[]')
  return [value].flat().map(String)
}

async function verify(
  { accessToken, jwksUri, issuer }: Inspected,
  header: readonly TokenPart[],
  send: typeof fetch,
): Promise<TokenSignature> {
  const text = (name: string) => {
    const json = header.find((part) => part.name === name)?.json
    const value: unknown = json === undefined ? undefined : JSON.parse(json)
    return typeof value === 'string' ? value : undefined
  }
  const about = { algorithm: text('alg'), keyId: text('kid'), jwksUri }
  // A key from anywhere else proves nothing, and the page's policy would not let it be fetched.
  if (!jwksUri || !URL.canParse(jwksUri) || new URL(jwksUri).origin !== new URL(issuer).origin) {
    return { ...about, verdict: 'unchecked', reason: 'no_keys' }
  }
  const keys = await readKeys(jwksUri, send)
  if (!keys) return { ...about, verdict: 'unchecked', reason: 'keys_unreachable' }
  try {
    // `jku`, `x5u` and `jwk` in the header are not followed: the token does not choose its keys.
    await compactVerify(accessToken, createLocalJWKSet(keys), { algorithms })
    return { ...about, verdict: 'valid' }
  } catch (cause) {
    if (
      cause instanceof errors.JWKSNoMatchingKey ||
      cause instanceof errors.JWKSMultipleMatchingKeys
    ) {
      return { ...about, verdict: 'invalid', reason: 'no_such_key' }
    }
    if (cause instanceof errors.JOSEAlgNotAllowed) {
      return { ...about, verdict: 'invalid', reason: 'algorithm' }
    }
    return { ...about, verdict: 'invalid', reason: 'signature' }
  }
}

async function readKeys(jwksUri: string, send: typeof fetch): Promise<JSONWebKeySet | undefined> {
  try {
    const response = await requestFrom(send)(jwksUri, {
      headers: { accept: 'application/jwk-set+json, application/json' },
    })
    if (response.status !== 200) return undefined
    const text = await response.text()
    if (text.length > longest) return undefined
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('keys' in value)) return undefined
    return Array.isArray(value.keys) ? (value as JSONWebKeySet) : undefined
  } catch {
    return undefined
  }
}
