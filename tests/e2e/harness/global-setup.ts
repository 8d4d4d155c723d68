import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../../src/commands/chromium.ts'
import { portVariables } from '../../../src/commands/ports.ts'
import { startCommand } from '../../../src/commands/sandbox-process.ts'
import { freePorts } from '../../free-ports.ts'
import { startForeignHosts } from './foreign-hosts.ts'
import { publish } from './running.ts'

/**
 * Starts the product as a reader does, with ports, data and a build of its own.
 *
 * `E2E_SITE` names a folder to build into and to keep, so that the next run has no build to wait
 * for; it is built again when something has changed. Its ports are the usual ones plus 1000.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-e2e-'))
  const kept = process.env.E2E_SITE
  const directory = kept ?? join(folder, 'site')
  const ports = kept ? { docs: 5321, auth: 5322, api: 5323, mcp: 5324 } : await freePorts()
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
