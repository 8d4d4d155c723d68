import { request } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { serve } from '@hono/node-server'
import * as oauth from 'oauth4webapi'
import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  createAuthorizationServer,
} from '../../../src/sandbox/auth/authorization-server.ts'

export const secret = 'a secret of these tests, longer than 32 characters'
export const api = 'http://localhost:4323'
export const docs = 'http://localhost:4321'
export const callback = `${docs}/oauth/callback/`
export const demo = {
  accountId: 'user_01KQM8YMG0VJPNVC5SS7Q2Q6V5',
  email: 'demo@streamloop.example',
  password: 'the demo password',
  name: 'Demo user',
}
export const scopes = [
  { name: 'streamloop:read', description: 'Read your streams.', dangerous: false },
  { name: 'streamloop:write', description: 'Create and change streams.', dangerous: false },
  { name: 'streamloop:destructive', description: 'Delete streams.', dangerous: true },
]

export interface Running extends AuthorizationServer {
  issuer: string
  sqlite: DatabaseSync
  failures: unknown[]
  close(): Promise<void>
}

/** A server on a real socket and a free port, with a database that only this test sees. */
export async function start(options: Partial<AuthorizationServerOptions> = {}): Promise<Running> {
  const sqlite = options.sqlite ?? new DatabaseSync(':memory:')
  sqlite.exec('PRAGMA foreign_keys = ON')
  const failures: unknown[] = []
  // The issuer names the port, so the socket is opened before the server exists.
  let fetch: (request: Request, env: object) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 })
  const listener = serve({
    fetch: (request, env) => fetch(request, env),
    port: 0,
    hostname: '127.0.0.1',
  })
  await new Promise<void>((resolve) => {
    if (listener.listening) resolve()
    else listener.once('listening', () => resolve())
  })
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const issuer = `http://localhost:${address.port}`
  const server = await createAuthorizationServer({
    sqlite,
    secret,
    issuer,
    resources: [{ identifier: api, name: 'API' }],
    docsOrigins: [docs],
    scopes,
    demo,
    onFailure: (error) => failures.push(error),
    ...options,
  })
  fetch = server.app.fetch
  return {
    ...server,
    issuer,
    sqlite,
    failures,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        if ('closeAllConnections' in listener) listener.closeAllConnections()
      }),
  }
}

/** A browser without script: keeps cookies, says where it navigates from, follows nothing itself. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly issuer: string

  constructor(issuer: string) {
    this.issuer = issuer
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { method: 'GET', headers })
  }

  async post(
    path: string,
    fields: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      headers: { origin: this.issuer, ...headers },
      body: new URLSearchParams(fields),
    })
  }

  async #send(
    path: string,
    init: { method: string; headers: Record<string, string>; body?: URLSearchParams },
  ) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await navigate(new URL(path, this.issuer), {
      method: init.method,
      headers: {
        accept: 'text/html',
        'sec-fetch-mode': 'navigate',
        ...(cookie === '' ? {} : { cookie }),
        ...(init.body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...init.headers,
      },
      body: init.body?.toString() ?? '',
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** Like `fetch`, but with any header: Node's own always says that a script asks. */
export function navigate(
  url: URL,
  {
    method,
    headers,
    body = '',
  }: { method: string; headers: Record<string, string>; body?: string },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const answered = new Headers()
        for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
          answered.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '')
        }
        const status = incoming.statusCode ?? 0
        const empty = status === 204 || status === 304
        resolve(new Response(empty ? null : Buffer.concat(chunks), { status, headers: answered }))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export function location(response: Response): string {
  const value = response.headers.get('location')
  if (value === null) throw new Error(`no redirect, but ${response.status}`)
  return value
}

/** The value of a hidden field of a page, with the entities of its attribute resolved. */
export function hidden(page: string, name: string): string {
  const match = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)
  return (match?.[1] ?? '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

export interface FlowOptions {
  scope?: string
  resource?: string
  redirectUri?: string
  prompt?: string
  /** Ticked on the consent page; all of them where absent. */
  grant?: string[]
  decision?: 'allow' | 'deny'
}

const insecure = { [oauth.allowInsecureRequests]: true } as const

/** A public client as the docs are one, by the hand of oauth4webapi. */
export class Client {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly issuer: string

  private constructor(issuer: string, server: oauth.AuthorizationServer, client: oauth.Client) {
    this.issuer = issuer
    this.server = server
    this.client = client
  }

  static async register(issuer: string, metadata: Partial<oauth.Client> = {}): Promise<Client> {
    const url = new URL(issuer)
    const server = await oauth.processDiscoveryResponse(
      url,
      await oauth.discoveryRequest(url, { algorithm: 'oidc', ...insecure }),
    )
    const client = await oauth.processDynamicClientRegistrationResponse(
      await oauth.dynamicClientRegistrationRequest(
        server,
        {
          client_name: 'Streamloop docs',
          redirect_uris: [callback],
          token_endpoint_auth_method: 'none',
          application_type: 'native',
          grant_types: ['authorization_code', 'refresh_token'],
          ...metadata,
        },
        insecure,
      ),
    )
    return new Client(issuer, server, client)
  }

  async begin(options: FlowOptions = {}) {
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const url = new URL(this.server.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: this.client.client_id,
      redirect_uri: options.redirectUri ?? callback,
      scope: options.scope ?? 'openid profile streamloop:read',
      resource: options.resource ?? api,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
    }).toString()
    return { url, verifier, state }
  }

  /** Signs in as the demo user where asked to, decides on the consent page, returns the callback. */
  async walk(browser: Browser, url: URL | string, options: FlowOptions = {}): Promise<URL> {
    let response = await browser.get(String(url))
    for (let steps = 0; steps < 8; steps++) {
      if (response.status >= 300 && response.status < 400) {
        const target = new URL(location(response), this.issuer)
        if (target.origin !== this.issuer) return target
        response = await browser.get(target.href)
        continue
      }
      const page = await response.text()
      if (page.includes('action="/sign-in/demo"')) {
        response = await browser.post('/sign-in/demo', { oauth_query: hidden(page, 'oauth_query') })
      } else if (page.includes('action="/consent"')) {
        const all = [...page.matchAll(/name="scope" value="([^"]*)"/g)].map(([, name = '']) => name)
        const granted = options.grant ?? all
        response = await browser.post('/consent', [
          ['oauth_query', hidden(page, 'oauth_query')],
          ['account', hidden(page, 'account')],
          ['decision', options.decision ?? 'allow'],
          ...granted.map((name): [string, string] => ['scope', name]),
        ])
      } else {
        throw new Error(`stuck at ${response.status}: ${page.slice(0, 2000)}`)
      }
    }
    throw new Error('went round in circles')
  }

  async exchange(target: URL, state: string, verifier: string, redirectUri = callback) {
    const parameters = oauth.validateAuthResponse(this.server, this.client, target, state)
    return oauth.authorizationCodeGrantRequest(
      this.server,
      this.client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      { ...insecure, additionalParameters: { resource: api } },
    )
  }

  /** The whole flow. */
  async signIn(browser: Browser, options: FlowOptions = {}) {
    const { url, verifier, state } = await this.begin(options)
    const target = await this.walk(browser, url, options)
    const response = await this.exchange(target, state, verifier, options.redirectUri)
    return oauth.processAuthorizationCodeResponse(this.server, this.client, response)
  }
}
