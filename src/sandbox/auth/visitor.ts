import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Library } from './library.ts'
import { libraryPath, socketAddressHeader } from './library-path.ts'

/** Who looks at a page. */
export interface Visitor {
  accountId: string
  name: string
  email: string
  /** The sign-in that this request belongs to. */
  sessionId: string
}

/** What the library said to a call made on a visitor's behalf. */
export interface LibraryAnswer {
  status: number
  body: Record<string, unknown>
  /** To be passed on: the library signs people in and out with them. */
  cookies: string[]
  /** Seconds, where the library wants the visitor to slow down. */
  retryAfter?: number
}

/** Calls Better Auth for a page, as the visitor's browser would, had it script. */
export interface Desk {
  /** Undefined: nobody is signed in. */
  visitor(c: Context): Promise<Visitor | undefined>
  /**
   * @param path Below the library's base path.
   * @param cookies Those of an answer just got, where the browser has not seen them yet.
   */
  call(c: Context, path: string, body: object, cookies?: readonly string[]): Promise<LibraryAnswer>
}

export function createDesk(library: Library, issuer: string): Desk {
  return {
    async visitor(c) {
      const cookie = c.req.header('cookie')
      if (!cookie) return undefined
      const found = await library.api.getSession({
        headers: new Headers({ cookie }),
        query: { disableRefresh: true },
      })
      if (!found) return undefined
      const { id, name, email } = found.user
      return { accountId: id, name, email, sessionId: found.session.id }
    },

    async call(c, path, body, cookies = []) {
      const headers = new Headers({
        accept: 'application/json',
        'content-type': 'application/json',
        origin: issuer,
        [socketAddressHeader]: socketAddress(c),
        'user-agent': c.req.header('user-agent') ?? '',
      })
      const cookie = [c.req.header('cookie'), ...cookies.map(nameAndValue)]
        .filter((text) => text)
        .join('; ')
      if (cookie) headers.set('cookie', cookie)
      const response = await library.handler(
        new Request(`${issuer}${libraryPath}${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        }),
      )
      const retryAfter = Number(response.headers.get('x-retry-after'))
      return {
        status: response.status,
        body: await readObject(response),
        cookies: response.headers.getSetCookie(),
        ...(retryAfter > 0 ? { retryAfter } : {}),
      }
    },
  }
}

/** The address at the other end of the socket. Headers that claim another one are not asked. */
export function socketAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '127.0.0.1'
  } catch {
    // Called without a socket, inside this process.
    return '127.0.0.1'
  }
}

function nameAndValue(setCookie: string): string {
  return setCookie.split(';', 1)[0] ?? ''
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => undefined)
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
