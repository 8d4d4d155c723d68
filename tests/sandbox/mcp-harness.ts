import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { readDocument } from '../../src/document/index.ts'
import { InvalidApiKeyError, InvalidTokenError } from '../../src/sandbox/auth/errors.ts'
import { createMcp } from '../../src/sandbox/mcp/app.ts'
import { readContract } from '../../src/sandbox/rest/contract.ts'
import { RateLimit } from '../../src/sandbox/rest/rate-limit.ts'
import { Browser, Client, callback } from './auth/harness.ts'
import { demo, docs, type Json, type TestApi } from './harness.ts'

/** The 31 tools by the scope each needs, written out a second time on purpose. */
export const toolsByScope = {
  read: [
    'streamloop_get_me',
    'streamloop_list_streams',
    'streamloop_get_stream',
    'streamloop_check_stream_readiness',
    'streamloop_get_stream_live_stats',
    'streamloop_list_uploads',
    'streamloop_get_upload',
    'streamloop_list_playlists',
    'streamloop_get_playlist',
    'streamloop_list_destinations',
  ],
  write: [
    'streamloop_create_stream',
    'streamloop_update_stream',
    'streamloop_start_stream',
    'streamloop_stop_stream',
    'streamloop_schedule_stream',
    'streamloop_cancel_stream_schedule',
    'streamloop_create_upload_from_link',
    'streamloop_create_upload_from_file_upload',
    'streamloop_complete_upload',
    'streamloop_apply_playlist_operations',
    'streamloop_copy_playlist',
    'streamloop_publish_playlist',
    'streamloop_create_rtmp_destination',
  ],
  destructive: ['streamloop_delete_stream', 'streamloop_delete_upload'],
  billing: [
    'streamloop_get_usage',
    'streamloop_list_invoices',
    'streamloop_top_up_using_card_link',
    'streamloop_list_crypto_currencies',
    'streamloop_get_crypto_deposit_address',
  ],
  /** Either of the two is enough. */
  'read or billing': ['streamloop_get_billing_overview'],
} as const

export const toolNames: readonly string[] = Object.values(toolsByScope).flat()

type Provider = NonNullable<
  NonNullable<ConstructorParameters<typeof StreamableHTTPClientTransport>[1]>['authProvider']
>

/** What an MCP client remembers of a sign-in, and the address it would send its reader to. */
export function rememberingProvider() {
  const kept: {
    authorizationUrl?: URL
    client?: Parameters<NonNullable<Provider['saveClientInformation']>>[0]
    tokens?: Parameters<Provider['saveTokens']>[0]
    verifier?: string
  } = {}
  const provider: Provider = {
    redirectUrl: callback,
    clientMetadata: {
      client_name: 'An MCP client',
      redirect_uris: [callback],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    },
    clientInformation: () => kept.client,
    saveClientInformation: (client) => {
      kept.client = client
    },
    tokens: () => kept.tokens,
    saveTokens: (tokens) => {
      kept.tokens = tokens
    },
    redirectToAuthorization: (url) => {
      kept.authorizationUrl = url
    },
    saveCodeVerifier: (verifier) => {
      kept.verifier = verifier
    },
    codeVerifier: () => kept.verifier ?? '',
  }
  return { provider, kept }
}

export interface Connected {
  client: McpClient
  kept: ReturnType<typeof rememberingProvider>['kept']
  accessToken: string
}

/**
 * The whole way of an MCP client that knows nothing but an address: refused, discovers, registers,
 * signs in as the demo user, who ticks these scopes, and connects.
 */
export async function connect(
  { mcp, issuer }: { mcp: string; issuer: string },
  scopes?: readonly string[],
): Promise<Connected> {
  const { provider, kept } = rememberingProvider()
  const client = new McpClient({ name: 'tests', version: '1.0.0' })
  const first = new StreamableHTTPClientTransport(new URL(mcp), { authProvider: provider })
  const refused = await client.connect(first).catch((error: unknown) => error)
  if (!(refused instanceof UnauthorizedError) || !kept.authorizationUrl) throw refused
  const person = await Client.register(issuer)
  const target = await person.walk(
    new Browser(issuer),
    kept.authorizationUrl,
    scopes ? { grant: scopes.map((scope) => `streamloop:${scope}`) } : {},
  )
  await first.finishAuth(target.searchParams.get('code') ?? '')
  await client.connect(new StreamableHTTPClientTransport(new URL(mcp), { authProvider: provider }))
  return { client, kept, accessToken: kept.tokens?.access_token ?? '' }
}

export const address = 'http://localhost:4324/mcp'

export interface TestMcp {
  /** Posts one message with a token of these scopes. */
  post(message: unknown, options?: PostOptions): Promise<Response>
  /** Any request at all. */
  request(url: string, init: RequestInit): Promise<Response>
  /** The result of a tool's call. */
  call(name: string, values?: unknown, options?: PostOptions): Promise<Json>
}

export interface PostOptions {
  scopes?: readonly string[]
  as?: string
  headers?: Record<string, string>
}

const everyScope = ['read', 'write', 'destructive', 'billing']
let parts: Promise<Pick<Parameters<typeof createMcp>[0], 'document' | 'contract'>> | undefined

/**
 * The MCP face of an API under test. Who calls is settled here instead of by the authorization
 * server: a token is the account's id and its scopes.
 */
export async function startMcp(api: TestApi, limit?: RateLimit): Promise<TestMcp> {
  parts ??= readDocument('openapi/openapi.yaml').then((document) => ({
    document,
    contract: readContract(document),
  }))
  const app = createMcp({
    ...(await parts),
    store: api.store,
    clock: api.clock,
    means: api.means,
    objects: api.objects,
    credentials: {
      async verifyApiKey() {
        throw new InvalidApiKeyError()
      },
      async verifyAccessToken(token, audience) {
        const [accountId = '', scopes] = token.split('.')
        if (audience !== address || scopes === undefined) throw new InvalidTokenError('No token.')
        const names = scopes.split('+').filter(Boolean)
        return { accountId, clientId: 'app', scopes: names.map((name) => `streamloop:${name}`) }
      },
    },
    address,
    issuer: 'http://localhost:4322',
    docsOrigins: [docs],
    limit: limit ?? new RateLimit(1_000_000, api.clock),
    onFailure: (error) => api.failures.push(error),
  })
  const post: TestMcp['post'] = async (message, options = {}) => {
    const { scopes = everyScope, as = demo, headers } = options
    return await app.request(address, {
      method: 'POST',
      body: typeof message === 'string' ? message : JSON.stringify(message),
      headers: {
        authorization: `Bearer ${as}.${scopes.join('+')}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...headers,
      },
    })
  }
  return {
    post,
    request: async (url, init) => app.request(url, init),
    async call(name, values, options) {
      const params = { name, ...(values === undefined ? {} : { arguments: values }) }
      const response = await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, options)
      const { result, error } = (await response.json()) as Json
      return result ?? { error }
    },
  }
}
