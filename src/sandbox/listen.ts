import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { SandboxError } from './errors.ts'

export interface Listening {
  /** Answers what is under way, for up to ten seconds, and takes nothing new. */
  close(): Promise<void>
}

/** How long requests under way may still take, in milliseconds. */
const patience = 10_000

/**
 * Serves an app on loopback alone, by IPv4 and, where the machine has it, IPv6, as `localhost` may
 * mean either.
 *
 * @param variable The environment variable that moves the port.
 * @throws {SandboxError} `port_in_use`
 */
export async function listen(
  app: { fetch(request: Request, env: unknown): Response | Promise<Response> },
  port: number,
  variable: string,
): Promise<Listening> {
  // The adapter's own Request takes the global's place: the body limit copies requests that come
  // without a length, and the built-in Request cannot copy the adapter's.
  const listener = getRequestListener((request, env) => app.fetch(request, env))
  const first = createLoopbackServer(listener)
  await bind(first, port, '127.0.0.1', variable)
  const second = createLoopbackServer(listener)
  const servers = [first]
  try {
    await bind(second, port, '::1', variable)
    servers.push(second)
  } catch (error) {
    const noSuchAddress =
      error instanceof Error && 'code' in error && error.code === 'listen_failed'
    if (!noSuchAddress) {
      await shut(first)
      throw error
    }
  }
  return {
    async close() {
      await Promise.all(servers.map(shut))
    },
  }
}

function createLoopbackServer(
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown,
): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      // An upload of a hundred megabytes over loopback takes seconds; a stuck one ends.
      requestTimeout: 120_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
    },
    (incoming, outgoing) => {
      // A connection that is kept open would go on being asked while the server closes.
      if (!server.listening) outgoing.shouldKeepAlive = false
      outgoing.once('finish', () => {
        if (!server.listening) setImmediate(() => server.closeIdleConnections())
      })
      void listener(incoming, outgoing)
    },
  )
  server.on('clientError', answerUnreadable)
  return server
}

/** What the HTTP parser itself refuses gets a problem document too. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, phrase, detail] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', 'The headers have more than 16 kB.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', 'The request took too long to arrive.']
        : [400, 'Bad Request', 'This is not HTTP.']
  const body = JSON.stringify({
    type: 'about:blank',
    title: phrase,
    status,
    detail,
    code: 'BAD_REQUEST',
  })
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function bind(server: Server, port: number, host: string, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES'
      reject(
        new SandboxError(
          taken ? 'port_in_use' : 'listen_failed',
          taken
            ? `Port ${port} is in use: stop what listens there, or choose another port with ${variable}.`
            : `Cannot listen on ${host}, port ${port}: ${cause.code}.`,
          { cause, port, variable },
        ),
      )
    })
    server.listen({ port, host, exclusive: true }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hurry = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(hurry)
      resolve()
    })
    server.closeIdleConnections()
  })
}
