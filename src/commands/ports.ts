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
    throw portInUse(ports[name], name)
  }
}

/**
 * Starts what listens on a port, which somebody may have taken since it was looked at.
 *
 * @throws {CommandError} `port_in_use`
 */
export async function listening<T>(port: number, name: keyof Ports, start: Promise<T>): Promise<T> {
  try {
    return await start
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw portInUse(port, name)
    throw error
  }
}

function portInUse(port: number, name: keyof Ports): CommandError {
  return new CommandError(
    'port_in_use',
    `Port ${port} is in use: stop what listens there, or choose another port with ` +
      `${name.toUpperCase()}_PORT.`,
  )
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
