import { isLoopback } from './loopback.ts'

/**
 * What this site says of itself when it registers: a public client of one redirect address.
 *
 * @param name Shown on the consent page.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export function clientMetadata(redirectUri: string, name: string) {
  const redirect = new URL(redirectUri)
  // RFC 7591 and OpenID Connect Registration: a `web` client may not redirect to http://localhost.
  const native = redirect.protocol === 'http:' && isLoopback(redirect)
  return {
    client_name: name,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: native ? 'native' : 'web',
  }
}
