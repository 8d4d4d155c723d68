import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'

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
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
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

/**
 * Gives a page the site with another API in the place of its own, in its scripts and, unless it is
 * to be blocked, in its policy.
 *
 * @param docs Where the site really is; `page` may believe it is elsewhere.
 */
export async function replaceApi(
  page: Page,
  { docs, from, to, isAllowed = true, at = docs }: Replacement,
): Promise<void> {
  // A shared worker's script cannot be replaced: the page then has the vault to itself.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  await page.route(`${at}/**`, async (route) => {
    const asked = route.request().url().replace(at, docs)
    const response = await fetch(asked)
    const headers = Object.fromEntries(response.headers)
    delete headers['content-encoding']
    delete headers['content-length']
    const policy = headers['content-security-policy']
    if (policy && isAllowed) headers['content-security-policy'] = policy.replaceAll(from, to)
    const type = headers['content-type'] ?? ''
    if (!/javascript|html|json/.test(type)) {
      await route.fulfill({ headers, body: Buffer.from(await response.arrayBuffer()) })
      return
    }
    const text = await response.text()
    const isPage = type.includes('html')
    const body = isPage && !isAllowed ? text : text.replaceAll(from, to)
    await route.fulfill({ headers, body, status: response.status })
  })
}

interface Replacement {
  docs: string
  /** Origin of the site's own API. */
  from: string
  to: string
  /** The site's policy allows it. */
  isAllowed?: boolean
  /** Address at which the page believes the site to be. */
  at?: string
}
