import { createServer, type Server } from 'node:net'
import type { Ports } from '../src/site.ts'

/** Ports nobody listens on right now, so that a running sandbox and a test never meet. */
export async function freePorts(): Promise<Ports> {
  // All are held at once, or the same one could be handed out twice.
  const servers: Server[] = []
  const ports: number[] = []
  while (servers.length < 4) {
    // Below the range that systems give to outgoing connections: none takes it during a build.
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const server = await tryToListen(port)
    if (!server) continue
    servers.push(server)
    ports.push(port)
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  const [docs = 0, auth = 0, api = 0, mcp = 0] = ports
  return { docs, auth, api, mcp }
}

function tryToListen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server))
  })
}
