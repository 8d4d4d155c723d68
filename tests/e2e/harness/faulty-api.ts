import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An API that fails in the way a test wants next. */
export interface FaultyApi {
  origin: string
  behave(request: IncomingMessage, response: ServerResponse): void
  /** Method and path of everything that came, since it was last emptied. */
  seen: string[]
  close(): Promise<void>
}

export async function startFaultyApi(): Promise<FaultyApi> {
  const seen: string[] = []
  const api: FaultyApi = {
    origin: '',
    behave: (_request, response) => void response.end(),
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    api.behave(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  api.origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return api
}

/** Answers as CORS wants it, and lets another site read. */
export function open(
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string> = {},
): ServerResponse {
  return response.writeHead(200, {
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Content-Type': 'application/json',
    ...headers,
  })
}

/** The site with another API in the place of its own. */
export interface SiteCopy {
  origin: string
  close(): Promise<void>
}

/**
 * Serves a copy of the site. A browser's tests could also answer in the site's place, but would
 * answer what browsers ask before a call (CORS) as well.
 */
export async function startSiteCopy(change: Change): Promise<SiteCopy> {
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await copyOf(change, request.url ?? '/')
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface Change {
  docs: string
  /** Origin of the site's own API. */
  from: string
  to: string
  /** The site's policy allows it. */
  isAllowed: boolean
  /** Of the operation that panels are made for. */
  operation: object
}

/** One file of the site, with the other API in its scripts and, if it is to be allowed, its policy. */
export async function copyOf({ docs, from, to, isAllowed, operation }: Change, path: string) {
  const response = await fetch(docs + path)
  const headers = Object.fromEntries(
    [...response.headers].filter(
      ([name]) => !/^(content-(encoding|length)|connection)$/.test(name),
    ),
  )
  const policy = headers['content-security-policy']
  if (policy && isAllowed) headers['content-security-policy'] = policy.replaceAll(from, to)
  const type = headers['content-type'] ?? ''
  const isPage = type.includes('html')
  const { status } = response
  if (!/javascript|html|json/.test(type) || (isPage && !isAllowed)) {
    return { status, headers, body: Buffer.from(await response.arrayBuffer()) }
  }
  const replaced = (await response.text()).replaceAll(from, to)
  if (!path.endsWith('/operation.json')) return { status, headers, body: replaced }
  const described = JSON.parse(replaced)
  const [first] = described.parameters
  // Browsers ask for permission before they send it.
  const text = { schema: { type: 'string' }, view: { ...first.view, type: 'string' } }
  const tag = { ...first, ...text, name: 'X-Tag', in: 'header', style: 'simple', examples: [] }
  const body = JSON.stringify({ ...described, parameters: [tag], ...operation })
  return { status, headers, body }
}
