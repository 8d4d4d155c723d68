import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface ForeignHosts {
  /** The browser's proxy for everything but this machine; answering nothing, it only takes notes. */
  origin: string
  close(): Promise<void>
}

/**
 * Whatever leaves the machine, from pages, workers or the browser itself, arrives here instead.
 * `GET /` on its own address lists the hosts asked for.
 */
export async function startForeignHosts(): Promise<ForeignHosts> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(asked))
      return
    }
    asked.push(request.url ?? '')
    response.statusCode = 502
    response.end()
  })
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
