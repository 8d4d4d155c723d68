import { createServer } from 'node:net'
import type { Ports } from '../site.ts'
import { CommandError } from './command.ts'

/**
 * @throws {CommandError} `port_in_use`, naming the first port that is taken and its variable.
 */
export async function requireFreePorts(
  ports: Ports,
  names: readonly (keyof Ports)[],
): Promise<void> {
  for (const name of names) {
    if (await isFree(ports[name])) continue
    const variable = `${name.toUpperCase()}_PORT`
    throw new CommandError(
      'port_in_use',
      `Port ${ports[name]} is in use: stop what listens there, or choose another port with ${variable}.`,
    )
  }
}

/** The environment variables that `readPorts` reads. */
export function portVariables(ports: Ports): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [`${name.toUpperCase()}_PORT`, String(port)]),
  )
}

async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 answers EADDRNOTAVAIL for `::1`: nothing can be in the way there.
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES')
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
