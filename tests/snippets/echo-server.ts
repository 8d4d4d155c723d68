import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came over the wire. */
export interface Received {
  method: string
  /** Request target, not decoded. */
  target: string
  /** In order, with the names as they were written. */
  headers: readonly (readonly [name: string, value: string])[]
  body: Buffer
}

/** Answers everything with `ok` and keeps what it got, by the second segment of the path. */
export async function startEchoServer() {
  const received = new Map<string, Received[]>()
  const server = createServer({ maxHeaderSize: 1_000_000 }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const target = request.url ?? ''
      const key = target.split(/[/?]/)[2] ?? ''
      const headers = Iterator.from(request.rawHeaders)
        .filter((_, index) => index % 2 === 0)
        .map((name, index) => [name, request.rawHeaders[index * 2 + 1] ?? ''] as const)
        .toArray()
      const list = received.get(key) ?? []
      list.push({ method: request.method ?? '', target, headers, body: Buffer.concat(chunks) })
      received.set(key, list)
      response.setHeader('Content-Length', 2)
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    /** What came for one request; more or less than one entry is an error of the sender. */
    take(key: string): Received[] {
      const list = received.get(key) ?? []
      received.delete(key)
      return list
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
