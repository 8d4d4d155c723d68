import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site of someone else's: it shows what a test wants, and remembers what it was asked. */
export interface EvilSite {
  origin: string
  /** Lines and headers of every request. */
  asked: string[]
  /** HTML of its pages, by path. */
  pages: Map<string, string>
  close(): Promise<void>
}

export async function startEvilSite(): Promise<EvilSite> {
  const asked: string[] = []
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
    const page = pages.get(request.url ?? '')
    // Whatever may read the answer, may: only what was sent counts.
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, authorization')
    response.setHeader('Content-Type', page === undefined ? 'application/json' : 'text/html')
    response.end(page ?? '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    pages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
