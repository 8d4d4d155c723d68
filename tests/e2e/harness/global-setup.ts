import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../../src/commands/chromium.ts'
import { portVariables } from '../../../src/commands/ports.ts'
import { startCommand } from '../../../src/commands/sandbox-process.ts'
import { freePorts } from '../../free-ports.ts'
import { keptSite } from '../../kept-site.ts'
import { startForeignHosts } from './foreign-hosts.ts'
import { publish } from './running.ts'

/**
 * Starts the product as a reader does, with ports, data and a build of its own.
 * The build may be one that was kept.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-e2e-'))
  const { directory, ports } = keptSite() ?? {
    directory: join(folder, 'site'),
    ports: await freePorts(),
  }
  const chromium = await findChromium()
  const foreign = await startForeignHosts()
  const app = `http://localhost:${(await freePorts()).docs}`
  const product = await startCommand('start', ['--app', app], {
    env: { ...portVariables(ports), OUT_DIR: directory, SANDBOX_DIR: join(folder, 'sandbox') },
  })
  const { docs = '', issuer, api, demo } = product.ready
  publish({ chromium, docs, issuer, api, app, demo, directory, foreign: foreign.origin })
  return async () => {
    await product.stop()
    await foreign.close()
    await rm(folder, { recursive: true, force: true })
  }
}
