import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../../src/commands/chromium.ts'
import { portVariables } from '../../../src/commands/ports.ts'
import { startCommand } from '../../../src/commands/sandbox-process.ts'
import type { Ports } from '../../../src/site.ts'
import { freePorts } from '../../free-ports.ts'
import { startForeignHosts } from './foreign-hosts.ts'
import { publish } from './running.ts'

/**
 * Starts the product as a reader does, with ports, data and a build of its own.
 *
 * `E2E_SITE` names a folder to build into and to keep, so that the next run has no build to wait
 * for; it is built again when something has changed. Its ports, which the pages name, come from the
 * folder's name.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-e2e-'))
  const kept = process.env.E2E_SITE
  const directory = kept ?? join(folder, 'site')
  const ports = kept ? portsFor(kept) : await freePorts()
  const chromium = await findChromium()
  const foreign = await startForeignHosts()
  const product = await startCommand('start', [], {
    env: { ...portVariables(ports), OUT_DIR: directory, SANDBOX_DIR: join(folder, 'sandbox') },
  })
  const { docs = '', issuer, api, demo } = product.ready
  publish({ chromium, docs, issuer, api, demo, directory, foreign: foreign.origin })
  return async () => {
    await product.stop()
    await foreign.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function portsFor(folder: string): Ports {
  const docs = 10_000 + (createHash('sha256').update(folder).digest().readUInt16BE() % 2_000) * 4
  return { docs, auth: docs + 1, api: docs + 2, mcp: docs + 3 }
}
