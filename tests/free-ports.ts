import { type AddressInfo, createServer } from 'node:net'
import type { Ports } from '../src/site.ts'

/** Ports nobody listens on right now, so that a running sandbox and a test never meet. */
export async function freePorts(): Promise<Ports> {
  // All are held at once, or the same one could be handed out twice.
  const servers = await Promise.all([0, 1, 2, 3].map(() => listen()))
  const [docs, auth, api, mcp] = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  if (!docs || !auth || !api || !mcp) throw new Error('The system gave no free ports.')
  return { docs, auth, api, mcp }
}

async function listen() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
