import { constantTimeEqual, makeSignature } from 'better-auth/crypto'

/**
 * An authorization request that waits for its person. The library hands it to the sign-in and
 * consent pages as a signed query and wants it back whole.
 */
export interface PendingAuthorization {
  /** The whole query with its signature, without the question mark. */
  query: string
  clientId: string
  scopes: readonly string[]
  redirectUri: string
  /** Identifiers of the services that the token is asked for; empty where none is named. */
  resources: readonly string[]
  /** The request asks for a new account (`prompt=create`). */
  wantsNewAccount: boolean
}

/** What became of the query that a page was called with. */
export type ReadQuery =
  | { state: 'none' }
  | { state: 'good'; pending: PendingAuthorization }
  /** Edited, cut short or older than ten minutes. Nothing in it may be shown or followed. */
  | { state: 'unusable' }

/**
 * Reads a signed query. The library checks it again when it is acted upon; this check is there so
 * that no page shows an application or a scope that nobody asked for.
 *
 * @param text The query without its question mark; empty where a page was opened by itself.
 */
export async function readSignedQuery(
  text: string,
  secret: string,
  now: () => Date,
): Promise<ReadQuery> {
  const query = new URLSearchParams(text)
  const signatures = query.getAll('sig')
  if (signatures.length === 0) return { state: 'none' }
  const [signature = ''] = signatures
  const signed = new URLSearchParams(
    [...query].filter(([name]) => name !== 'sig').sort(byNameThenValue),
  )
  const expected = await makeSignature(signed.toString(), secret)
  const expires = Number(query.get('exp')) * 1000
  const clientId = query.get('client_id')
  const redirectUri = query.get('redirect_uri')
  if (
    signatures.length !== 1 ||
    !constantTimeEqual(signature, expected) ||
    !(expires >= now().getTime()) ||
    !clientId ||
    !redirectUri
  ) {
    return { state: 'unusable' }
  }
  return {
    state: 'good',
    pending: {
      query: text,
      clientId,
      redirectUri,
      resources: [...new Set(query.getAll('resource'))],
      scopes: [...new Set(words(query.get('scope')))],
      wantsNewAccount: words(query.get('prompt')).includes('create'),
    },
  }
}

/**
 * The source expression that lets a form's answer lead back to the application. Chromium applies
 * `form-action` to redirects too.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function redirectSource(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : url.protocol
}

/** What a person can recognise of the address an application is reached at. */
export function redirectHost(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.host === '' ? `${url.protocol}//` : url.host
}

function words(text: string | null): string[] {
  return (text ?? '').split(' ').filter((word) => word !== '')
}

function byNameThenValue([name, value]: string[], [otherName, otherValue]: string[]): number {
  if (name !== otherName) return (name ?? '') < (otherName ?? '') ? -1 : 1
  if (value === otherValue) return 0
  return (value ?? '') < (otherValue ?? '') ? -1 : 1
}
