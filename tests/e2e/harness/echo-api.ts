import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Received } from '../../snippets/echo-server.ts'

/** An API that lets every page call it and answers with what it got. */
export interface EchoApi {
  origin: string
  /** What came since it was last taken, but for what browsers ask before a call. */
  take(): Received[]
  /** Answers wait until this is called once more. */
  hold(): () => void
  close(): Promise<void>
}

/**
 * Starts one. An answer is JSON: the method, the target as it was written, the
 * header lines in order, and the bytes of the body in base64.
 */
export async function startEchoApi(port: number): Promise<EchoApi> {
  let received: Received[] = []
  let gate = Promise.resolve()
  const server = createServer({ maxHeaderSize: 100_000 }, async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, open(request)).end()
      return
    }
    const got = await readAll(request)
    received.push(got)
    await gate
    answer(request, response, got)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${port}`,
    take() {
      const all = received
      received = []
      return all
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readAll(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { rawHeaders } = request
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  )
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers,
    body: Buffer.concat(chunks),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, got: Received): void {
  const { method, target, headers, body } = got
  response.writeHead(200, { ...open(request), 'Content-Type': 'application/json' })
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  response.end(JSON.stringify({ method, target, headers: lines, body: body.toString('base64') }))
}

function open({ headers }: IncomingMessage): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': headers.origin ?? '*',
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? 'GET',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
  }
}
