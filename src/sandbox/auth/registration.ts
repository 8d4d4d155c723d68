import type { Credentials } from '../store/credentials.ts'

/** Applications that may be registered at one time. */
export const mostClients = 1000

const unusedFor = 24 * 3600 * 1000
const longestName = 100

/**
 * What an application may say about itself. Everything else a request holds is dropped: addresses
 * that a server would fetch or call (`jwks_uri`, `backchannel_logout_uri`), pictures, and switches
 * that belong to the operator (`skip_consent`).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
const kept = [
  'redirect_uris',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'application_type',
  'client_name',
  'client_uri',
  'scope',
  'contacts',
  'software_id',
  'software_version',
  'post_logout_redirect_uris',
  'resources',
] as const

export type Registration =
  | { metadata: Record<string, unknown> }
  /** An OAuth error code and what is wrong. */
  | { error: string; description: string }

/** Keeps what is harmless of a registration request, or says what is wrong with it. */
export function readRegistration(body: unknown): Registration {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { error: 'invalid_client_metadata', description: 'The body must be a JSON object.' }
  }
  const given = new Map(Object.entries(body))
  const metadata: Record<string, unknown> = {}
  for (const name of kept) {
    if (given.has(name)) metadata[name] = given.get(name)
  }
  const name = metadata.client_name
  if (typeof name === 'string' && name.length > longestName) {
    return {
      error: 'invalid_client_metadata',
      description: `client_name is longer than ${longestName} characters.`,
    }
  }
  if (!isHttps(metadata.client_uri)) delete metadata.client_uri
  if (metadata.application_type === undefined && staysOnDevice(metadata.redirect_uris)) {
    metadata.application_type = 'native'
  }
  return { metadata }
}

/**
 * What says nothing of its kind is `web` by default, which may not come back to this machine by
 * http. MCP clients say nothing and come back here, so their addresses tell.
 *
 * @see https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata
 */
function staysOnDevice(addresses: unknown): boolean {
  return Array.isArray(addresses) && addresses.length > 0 && !addresses.some(isHttps)
}

function isHttps(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:'
}

/** Keeps the number of registered applications within bounds. */
export interface ClientCap {
  /** Removes applications that nobody agreed to within a day; true when there is room for one. */
  makeRoom(): Promise<boolean>
}

export function createClientCap(credentials: Credentials, now: () => Date): ClientCap {
  return {
    async makeRoom() {
      await credentials.deleteUnusedClients(new Date(now().getTime() - unusedFor).toISOString())
      return (await credentials.countClients()) < mostClients
    },
  }
}
