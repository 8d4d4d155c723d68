import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose'
import type { Environment } from '../../src/site.ts'

/** What a test makes the issuer or the API say instead of the truth. */
export interface Lies {
  /** Replaces members of the metadata; `undefined` removes one. */
  metadata?: Record<string, unknown>
  /** Whole answer of the API's RFC 9728 document; `null`: 404. */
  resource?: Record<string, unknown> | null
  /** Replaces members of the registration's answer. */
  registration?: Record<string, unknown>
  registrationStatus?: number
  /** Replaces members of the token answer. */
  token?: Record<string, unknown>
  tokenStatus?: number
  /** Replaces claims of the ID token. */
  claims?: Record<string, unknown>
  userinfo?: Record<string, unknown>
  /** Whole answer of the endpoint with the public keys. */
  jwks?: unknown
  /** Error that the revocation endpoint answers. */
  revocation?: string
  /** Seconds by which the issuer's clock is ahead. */
  clockAhead?: number
  /** Answers of the API. */
  api?: (request: IncomingMessage, response: ServerResponse) => void
}

export interface Seen {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export interface FakeIssuer {
  environment: Environment & { issuer: string; resource: string }
  lies: Lies
  /** Requests to the issuer, in order. */
  seen: Seen[]
  /** Requests to the API, in order. */
  apiSeen: Seen[]
  /** Nonce that the next ID token holds. */
  nonce: string
  /** An access token of this issuer's; the claims replace its own. */
  sign(claims?: Record<string, unknown>, header?: Partial<JWTHeaderParameters>): Promise<string>
  close(): Promise<void>
}

export const accessToken = 'eyJhbGciOiJFUzI1NiJ9.c2VjcmV0LXRva2Vu.c2lnbmF0dXJl'

/** An authorization server and an API over real HTTP that tell the truth unless told otherwise. */
export async function startFakeIssuer(): Promise<FakeIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const publicKeys = [{ ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256' }]
  const seen: Seen[] = []
  const apiSeen: Seen[] = []
  const issuerServer = createServer((request, response) => void answerIssuer(request, response))
  const apiServer = createServer((request, response) => void answerApi(request, response))
  const issuer = await listen(issuerServer)
  const api = await listen(apiServer)
  const fake: FakeIssuer = {
    environment: { name: 'Test', api, issuer, resource: api },
    lies: {},
    seen,
    apiSeen,
    nonce: '',
    sign(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000)
      const own = { iss: issuer, sub: 'user_1', aud: api, iat: now, exp: now + 3600 }
      return new SignJWT({ ...own, scope: 'openid profile read', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'key-1', typ: 'at+jwt', ...header })
        .sign(privateKey)
    },
    async close() {
      for (const server of [issuerServer, apiServer]) {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
      }
    },
  }
  return fake

  async function answerIssuer(request: IncomingMessage, response: ServerResponse) {
    const entry = await record(request)
    seen.push(entry)
    const { lies } = fake
    switch (entry.path) {
      case '/.well-known/openid-configuration':
        return json(response, 200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          registration_endpoint: `${issuer}/register`,
          userinfo_endpoint: `${issuer}/userinfo`,
          end_session_endpoint: `${issuer}/end-session`,
          revocation_endpoint: `${issuer}/revoke`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          code_challenge_methods_supported: ['S256'],
          authorization_response_iss_parameter_supported: true,
          ...lies.metadata,
        })
      case '/register':
        return json(response, lies.registrationStatus ?? 201, {
          ...JSON.parse(entry.body),
          client_id: `client-${seen.filter(({ path }) => path === '/register').length}`,
          ...lies.registration,
        })
      case '/token': {
        const now = Math.floor(Date.now() / 1000) + (lies.clockAhead ?? 0)
        const clientId = new URLSearchParams(entry.body).get('client_id') ?? ''
        const id_token = await new SignJWT({
          iss: issuer,
          sub: 'user_1',
          aud: clientId,
          nonce: fake.nonce,
          sid: 'session_1',
          iat: now,
          exp: now + 3600,
          ...lies.claims,
        })
          .setProtectedHeader({ alg: 'ES256' })
          .sign(privateKey)
        return json(response, lies.tokenStatus ?? 200, {
          access_token: accessToken,
          token_type: 'Bearer',
          expires_in: 3600,
          scope: 'openid profile read',
          id_token,
          ...lies.token,
        })
      }
      case '/userinfo':
        return json(response, 200, { sub: 'user_1', name: 'Demo user', ...lies.userinfo })
      case '/jwks':
        return json(response, 200, lies.jwks ?? { keys: publicKeys })
      case '/revoke':
        return json(response, lies.revocation ? 400 : 200, { error: lies.revocation })
      case '/end-session':
        return json(response, 200, {})
      default:
        return json(response, 404, {})
    }
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse) {
    const entry = await record(request)
    const { lies } = fake
    if (entry.path === '/.well-known/oauth-protected-resource') {
      if (lies.resource === null) return json(response, 404, {})
      return json(
        response,
        200,
        lies.resource ?? { resource: api, authorization_servers: [issuer] },
      )
    }
    apiSeen.push(entry)
    if (lies.api) return lies.api(request, response)
    return json(response, 200, { data: [] })
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function record(request: IncomingMessage): Promise<Seen> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const [path = ''] = (request.url ?? '').split('?')
  return {
    method: request.method ?? '',
    path,
    headers: request.headers,
    body: Buffer.concat(pieces).toString(),
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
