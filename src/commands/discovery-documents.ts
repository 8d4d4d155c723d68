import type { Environment } from '../site.ts'
import { CommandError } from './command.ts'

const authorizationServer = '/.well-known/oauth-authorization-server'
const protectedResource = '/.well-known/oauth-protected-resource'

/**
 * Copies of the two documents that a docs host shows at its root, as documentation: readers look
 * for them there, and no program reads an endpoint from them.
 *
 * @returns Path → JSON text.
 * @throws {CommandError} `discovery_failed`: the environment does not answer them.
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-3
 */
export async function discoveryDocuments(environment: Environment): Promise<Map<string, string>> {
  const sources = [
    [authorizationServer, environment.issuer],
    [protectedResource, environment.api],
  ] as const
  const documents = new Map<string, string>()
  for (const [path, origin] of sources) {
    if (origin) documents.set(path, await read(`${origin}${path}`))
  }
  return documents
}

async function read(url: string): Promise<string> {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) {
    throw new CommandError('discovery_failed', `${url} answered ${response.status}: ${text}`)
  }
  return text
}
