import type { ApiRequest } from '../../request/index.ts'
import type { Cause } from './cause.ts'
import { preflightOf } from './preflight.ts'
import type { Prober, Reach } from './probe.ts'

/** What the page knows of itself. */
export interface Surroundings {
  /** E.g. `https:`. */
  protocol: string
  isOnline: boolean
  /** The browser has been told to keep this site from the reader's own network. */
  isLocalNetworkDenied: boolean
}

/**
 * Finds out why a request got no answer, by requests that carry no credential and change nothing.
 * CORS is only blamed where one and the same address is answered without it and not with it.
 *
 * @param authorized A token went with the request.
 */
export async function findCause(
  request: ApiRequest,
  authorized: boolean,
  surroundings: Surroundings,
  prober: Prober,
): Promise<Cause> {
  const url = new URL(request.url)
  if (!surroundings.isOnline) return { kind: 'offline' }
  if (surroundings.protocol === 'https:' && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { kind: 'mixed_content' }
  }
  const [reached, read] = await Promise.all([prober.reach(url.href), prober.read(url.href, [])])
  if (read === 'answered') return readable(request, authorized, prober)
  if (reached !== 'answered') return unanswered(reached, url, surroundings, prober)
  // Once more, as a connection can fail by chance.
  const again = await prober.read(url.href, [])
  if (again === 'answered') return readable(request, authorized, prober)
  return read === 'failed' && again === 'failed'
    ? { kind: 'unreadable', preflight: preflightOf(request, authorized) }
    : { kind: 'silent' }
}

async function unanswered(
  reached: Exclude<Reach, 'answered'>,
  { origin }: URL,
  { isLocalNetworkDenied }: Surroundings,
  prober: Prober,
): Promise<Cause> {
  if (reached === 'led_away') return { kind: 'redirect_away' }
  if (reached === 'late') return { kind: 'silent' }
  const isThere = (await prober.reach(`${origin}/`)) !== 'failed'
  if (isThere) return { kind: 'closed_here' }
  return isLocalNetworkDenied ? { kind: 'local_network' } : { kind: 'unreachable' }
}

/** The server lets this page read its answers: was it the headers, the method, or the connection? */
async function readable(request: ApiRequest, authorized: boolean, prober: Prober): Promise<Cause> {
  const preflight = preflightOf(request, authorized)
  if (!preflight) return { kind: 'closed_once' }
  if (preflight.headers.length > 0) {
    const together = await prober.read(request.url, preflight.headers)
    if (together === 'failed') {
      const alone = await Promise.all(
        preflight.headers.map(
          async (name) => [name, await prober.read(request.url, [name])] as const,
        ),
      )
      const refused = alone.filter(([, reach]) => reach === 'failed').map(([name]) => name)
      return {
        kind: 'headers_refused',
        headers: refused.length > 0 ? refused : preflight.headers,
        preflight,
      }
    }
  }
  // These methods need no permission of their own.
  return /^(GET|HEAD|POST)$/.test(request.method)
    ? { kind: 'closed_once' }
    : { kind: 'method_or_closed', preflight }
}

/** Browsers hold this machine to be as safe as https. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(host)
}
