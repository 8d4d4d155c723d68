import type { Context, Hono } from 'hono'
import type { VerifyAccessToken } from './access-token.ts'
import { InvalidTokenError } from './errors.ts'
import { refuse } from './gate.ts'
import type { Library } from './library.ts'
import { libraryPath, socketAddressHeader } from './library-path.ts'
import { type ClientCap, mostClients, readRegistration } from './registration.ts'
import { type Desk, socketAddress } from './visitor.ts'

interface ProtocolParts {
  library: Library
  issuer: string
  desk: Desk
  cap: ClientCap
  verifyAccessToken: VerifyAccessToken
}

/** Documents at the issuer's root. */
const documents = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
] as const

/**
 * The library's routes that are open to the network, and whether each looks at cookies. The
 * library has many more (client administration, API keys, accounts): those are not reachable.
 */
const routes = [
  { path: '/jwks', methods: ['GET'], cookies: false },
  { path: '/oauth2/authorize', methods: ['GET', 'POST'], cookies: true },
  { path: '/oauth2/consent', methods: ['POST'], cookies: true },
  { path: '/oauth2/continue', methods: ['POST'], cookies: true },
  { path: '/oauth2/token', methods: ['POST'], cookies: false },
  { path: '/oauth2/revoke', methods: ['POST'], cookies: false },
  { path: '/oauth2/introspect', methods: ['POST'], cookies: false },
  { path: '/sign-in/email', methods: ['POST'], cookies: true },
  { path: '/sign-up/email', methods: ['POST'], cookies: true },
  { path: '/sign-out', methods: ['POST'], cookies: true },
  { path: '/get-session', methods: ['GET'], cookies: true },
] as const

const userinfoPath = `${libraryPath}/oauth2/userinfo`

/** Opens the OAuth and OpenID Connect endpoints, with OAuth-shaped errors throughout. */
export function addProtocol(app: Hono, parts: ProtocolParts): void {
  const { library, issuer, desk, cap, verifyAccessToken } = parts

  for (const path of documents) app.get(path, (c) => forward(c, { cookies: false }))

  for (const { path, methods, cookies } of routes) {
    // Applications may post to `authorize` from their own pages; the rest is for ours.
    const own = cookies && path !== '/oauth2/authorize'
    app.on([...methods], libraryPath + path, (c) =>
      own && isForeign(c, issuer)
        ? refuse(c, 403, 'access_denied', 'Requests with a cookie must come from this server.')
        : forward(c, { cookies }),
    )
  }

  app.post(`${libraryPath}/oauth2/register`, async (c) => {
    const registration = readRegistration(await c.req.json().catch(() => undefined))
    if ('error' in registration) {
      return refuse(c, 400, registration.error, registration.description)
    }
    if (!(await cap.makeRoom())) {
      c.header('retry-after', '3600')
      return refuse(
        c,
        503,
        'temporarily_unavailable',
        `${mostClients} applications are registered already. Unused ones go after a day.`,
      )
    }
    // Without its cookie: the library would refuse an application registered by a signed-in person.
    return forward(c, { cookies: false, body: JSON.stringify(registration.metadata) })
  })

  app.on(['GET', 'POST'], userinfoPath, async (c) => {
    const answer = await forward(c, { cookies: false })
    if (answer.status !== 200) return answer
    // The library looks at the session behind a token, but not at the grant.
    const token = /^bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    try {
      await verifyAccessToken(token ?? '', issuer + userinfoPath)
      return answer
    } catch (error) {
      if (!(error instanceof InvalidTokenError)) throw error
      c.header('www-authenticate', 'Bearer error="invalid_token"')
      return refuse(c, 401, 'invalid_token', error.message)
    }
  })

  app.on(['GET', 'POST'], `${libraryPath}/oauth2/end-session`, async (c) => {
    const answer = await forward(c, { cookies: true })
    if (!answer.headers.get('content-type')?.includes('text/html')) return answer
    // The library draws pages of its own here; ours say the same under a strict policy. Whether it
    // ended the session or wants to ask first shows in whether the session is still there.
    const ended = (await desk.visitor(c)) === undefined
    for (const cookie of answer.headers.getSetCookie()) {
      c.header('set-cookie', cookie, { append: true })
    }
    return c.redirect(ended ? '/signed-out' : '/sign-out', 303)
  })

  app.all(`${libraryPath}/*`, (c) => refuse(c, 404, 'not_found', 'There is no such endpoint.'))

  async function forward(
    c: Context,
    { cookies, body }: { cookies: boolean; body?: string },
  ): Promise<Response> {
    const headers = new Headers(c.req.raw.headers)
    headers.set(socketAddressHeader, socketAddress(c))
    headers.delete('content-length')
    headers.delete('transfer-encoding')
    if (!cookies) headers.delete('cookie')
    if (body !== undefined) headers.set('content-type', 'application/json')
    const { method } = c.req
    const url = new URL(c.req.url)
    const answer = await library.handler(
      new Request(`${issuer}${url.pathname}${url.search}`, {
        method,
        headers,
        ...(method === 'POST' ? { body: body ?? (await c.req.arrayBuffer()) } : {}),
      }),
    )
    return shapeAnswer(answer)
  }
}

/**
 * Whether a request that changes something may have been made by another site's page on its
 * reader's behalf. Programs without a cookie jar send neither header.
 */
function isForeign(c: Context, issuer: string): boolean {
  if (c.req.method === 'GET') return false
  const origin = c.req.header('origin')
  return origin === undefined ? c.req.header('cookie') !== undefined : origin !== issuer
}

/**
 * Gives an error answer the members that OAuth clients read, and the standard header that tells
 * how long to wait. The library leaves both out here and there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
async function shapeAnswer(answer: Response): Promise<Response> {
  if (answer.status < 400) return answer
  const headers = new Headers(answer.headers)
  const wait = headers.get('x-retry-after')
  if (wait !== null && !headers.has('retry-after')) headers.set('retry-after', wait)
  if (answer.status === 401 && !headers.has('www-authenticate')) {
    headers.set('www-authenticate', 'Bearer')
  }
  const body: unknown = await answer.json().catch(() => undefined)
  const given = typeof body === 'object' && body !== null ? { ...body } : {}
  const shaped: Record<string, unknown> = { ...given }
  if (typeof shaped.error !== 'string') shaped.error = errorFor(answer.status)
  if (typeof shaped.error_description !== 'string' && typeof shaped.message === 'string') {
    shaped.error_description = shaped.message
  }
  headers.set('content-type', 'application/json')
  headers.set('cache-control', 'no-store')
  headers.delete('content-length')
  return new Response(JSON.stringify(shaped), { status: answer.status, headers })
}

/** The `error` that fits a status best, where nothing more is known. */
export function errorFor(status: number): string {
  if (status === 401) return 'invalid_token'
  if (status === 403) return 'access_denied'
  if (status === 429) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'invalid_request'
}
