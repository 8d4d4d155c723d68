/** A member of a token's header or claims. */
export interface TokenPart {
  name: string
  /** JSON text of the value. */
  json: string
}

export interface TokenSignature {
  verdict: 'valid' | 'invalid' | 'unchecked'
  reason?: /** The token is no JWT: only its issuer can read it. */
    | 'opaque'
    /** The issuer publishes no keys at an address of its own. */
    | 'no_keys'
    | 'keys_unreachable'
    /** None of the issuer's keys is the one that the token names. */
    | 'no_such_key'
    /** Not an algorithm that a public key verifies. */
    | 'algorithm'
    | 'signature'
  /** `alg` of the header. */
  algorithm?: string | undefined
  /** `kid` of the header. */
  keyId?: string | undefined
  jwksUri?: string | undefined
}

/** What a page may show of a token: everything but the means to use it. */
export interface TokenReport {
  kind: 'jwt' | 'opaque'
  header: TokenPart[]
  claims: TokenPart[]
  audience: string[]
  /** What the token has to be meant for. */
  resource: string
  /** Who must have written it. */
  issuer: string
  scopes: string[]
  /** Milliseconds until its end; `Infinity` where the server did not say. */
  remaining: number
  signature: TokenSignature
}
