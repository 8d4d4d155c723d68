import type { ApiRequest, BodyFile } from '../../request/api-request.ts'
import { multipartBoundary, multipartSegments } from '../../request/multipart.ts'
import type { Environment } from '../../site.ts'
import type { Measured } from './measure.ts'
import type { AnswerHead } from './protocol.ts'
import { readAhead } from './read-ahead.ts'
import { SendFailure } from './send-failure.ts'

export { blocked } from './blocked.ts'
export { measure } from './measure.ts'

export interface Answer {
  head: AnswerHead
  /** One more piece; nothing once the answer is complete. Throws `SendFailure`. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Sizes on the wire, once the last piece has come. */
  measure(): Promise<Measured | undefined>
}

export interface Sender {
  fetch: typeof fetch
  /** Milliseconds of a clock that never jumps. */
  now(): number
  /** True where the browser is sure that it has no network. */
  offline(): boolean
  /** True when a policy stopped a request to this origin since `since` (by `now`). */
  blocked(origin: string, since: number): Promise<boolean>
  /** What the browser measured of a request made since `since` (by `now`). */
  measure(url: string, since: number): Promise<Measured | undefined>
}

/** Milliseconds to wait for the head of an answer. */
export const headPatience = 120_000

/**
 * Sends one request to the API of an environment, with its token or without.
 *
 * @param token Goes nowhere but to `environment.api`.
 * @throws {SendFailure}
 */
export async function send(
  request: ApiRequest,
  environment: Environment,
  token: string | undefined,
  signal: AbortSignal,
  sender: Sender,
): Promise<Answer> {
  const headers = readHeaders(request)
  const body = readBody(request, headers)
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), headPatience)
  const started = sender.now()
  const failure = async (cause: unknown): Promise<SendFailure> => {
    if (signal.aborted) return new SendFailure('cancelled', 'Cancelled.', { cause })
    if (patience.signal.aborted) {
      const seconds = headPatience / 1000
      return new SendFailure('timeout', `No answer within ${seconds} seconds.`, { cause })
    }
    const origin = new URL(environment.api).origin
    if (await sender.blocked(origin, started)) {
      return new SendFailure(
        'blocked',
        `This site's own security policy does not let it call ${origin}.`,
        { cause },
      )
    }
    if (sender.offline()) {
      return new SendFailure('offline', 'This browser is offline.', { cause })
    }
    return new SendFailure('unreachable', `No answer came from ${origin}.`, { cause })
  }

  let response: Response
  try {
    requireApi(request.url, environment)
    response = await sender.fetch(request.url, {
      method: request.method,
      headers,
      body: body ?? null,
      signal: AbortSignal.any([signal, patience.signal]),
      mode: 'cors',
      credentials: 'omit',
      // Shown, never followed: the token must not travel to an address nobody checked.
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
  } catch (cause) {
    if (cause instanceof SendFailure) throw cause
    throw await failure(cause)
  } finally {
    clearTimeout(timer)
  }
  const elapsed = sender.now() - started
  if (response.type === 'opaqueredirect' || isRedirect(response)) {
    await response.body?.cancel()
    throw new SendFailure(
      'redirect',
      `The API answered with a redirect, and browsers do not tell a page where to. It was not followed, as ${
        token === undefined ? 'nothing typed here' : 'your token'
      } must go to an address that nobody checked.`,
    )
  }
  const next = response.body ? readAhead(response.body) : undefined
  return {
    head: {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      elapsed,
      authorized: token !== undefined,
    },
    async read() {
      try {
        return await next?.()
      } catch (cause) {
        if (signal.aborted) throw new SendFailure('cancelled', 'Cancelled.', { cause })
        throw new SendFailure('broken_off', 'The answer broke off before its end.', { cause })
      }
    },
    measure: () => sender.measure(new URL(request.url).href, started),
  }
}

/** The last line before the network: whatever was built before, a token leaves for the API alone. */
function requireApi(address: string, environment: Environment): void {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (
    !url ||
    url.origin !== new URL(environment.api).origin ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new SendFailure(
      'not_allowed',
      `The address is not one of ${environment.api}, so nothing was sent.`,
    )
  }
}

function isRedirect(response: Response): boolean {
  return [301, 302, 303, 307, 308].includes(response.status)
}

function readHeaders(request: ApiRequest): Headers {
  const headers = new Headers()
  try {
    for (const [name, value] of request.headers) {
      // Credentials are the vault's to add; cookies are the browser's.
      if (/^(authorization|proxy-.*|cookie2?|sec-.*)$/i.test(name)) {
        throw new SendFailure('not_allowed', `A page cannot send the header ${name}. Use the curl.`)
      }
      headers.append(name, value)
    }
  } catch (cause) {
    if (cause instanceof SendFailure) throw cause
    throw new SendFailure('not_allowed', 'A browser cannot send one of the headers.', { cause })
  }
  return headers
}

/** @param headers Gets the `Content-Type` of a multipart body, which names its boundary. */
function readBody({ method, body }: ApiRequest, headers: Headers): BodyInit | undefined {
  if (/^(CONNECT|TRACE|TRACK)$/i.test(method)) {
    throw new SendFailure('not_allowed', `Browsers do not send ${method}. Use the curl.`)
  }
  if (!body) return undefined
  if (method === 'GET' || method === 'HEAD') {
    throw new SendFailure('not_allowed', `Browsers send no body with ${method}. Use the curl.`)
  }
  // As bytes: from a string, a browser would make up a Content-Type where the request has none.
  if (body.kind === 'text') return new TextEncoder().encode(body.text)
  if (body.kind === 'file') return bytesOf(body.file)
  // Spelled out as the samples print it: a browser's own form makes a file of a part with a type.
  const boundary = multipartBoundary(body.parts)
  headers.set('Content-Type', `multipart/form-data; boundary=${boundary}`)
  return new Blob(
    multipartSegments(body.parts, boundary).map((segment) =>
      typeof segment === 'string' ? segment : bytesOf(segment),
    ),
  )
}

/** Without a type of its own, which would take the place of the request's. */
function bytesOf({ name, blob }: BodyFile): Blob {
  if (!blob) throw new SendFailure('not_allowed', `The file ${name} has to be picked again.`)
  return blob.slice(0, blob.size, '')
}
