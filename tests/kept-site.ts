import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Ports } from '../src/site.ts'

/**
 * A build of the site that outlives a test, so that the next one has none to wait for; it is built
 * again when something has changed. `npm test` builds once for all of its tests this way.
 *
 * @returns What `E2E_SITE` names; the ports, which the pages name, come from the folder's name.
 *   Undefined where it is not set.
 */
export function keptSite(): { directory: string; ports: Ports } | undefined {
  const { E2E_SITE } = process.env
  if (!E2E_SITE) return undefined
  const directory = resolve(E2E_SITE)
  const digest = createHash('sha256').update(directory).digest()
  const docs = 10_000 + (digest.readUInt16BE() % 2_000) * 4
  return { directory, ports: { docs, auth: docs + 1, api: docs + 2, mcp: docs + 3 } }
}
