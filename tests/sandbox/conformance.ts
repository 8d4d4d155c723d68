/**
 * Runs the `authorization` suite of `@modelcontextprotocol/conformance` against a fresh sandbox and
 * ends with its exit code:
 *
 *     node tests/sandbox/conformance.ts
 *
 * The suite is an alpha with many packages of its own, so it is fetched by `npx` for the run alone
 * and is no dependency. The person at the browser that it asks for is played here.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { freePorts } from '../free-ports.ts'
import { Browser, Client } from './auth/harness.ts'

const suite = '@modelcontextprotocol/conformance@0.2.0-alpha.12'

const directory = await mkdtemp(join(tmpdir(), 'streamloop-conformance-'))
const ports = await freePorts()
const sandbox = await startSandbox({ directory, ports, docsOrigins: ['http://localhost:4321'] })
try {
  const application = await Client.register(sandbox.issuer, {
    client_name: 'Conformance',
    redirect_uris: [`http://127.0.0.1:${ports.docs}/callback`],
  })
  process.exitCode = await run(application, [
    ...['--url', sandbox.issuer],
    ...['--client-id', application.client.client_id],
    ...['--resource', sandbox.mcp],
    ...['--port', String(ports.docs)],
  ])
} finally {
  await sandbox.close()
  await rm(directory, { recursive: true, force: true })
}

function run(application: Client, args: readonly string[]): Promise<number> {
  const child = spawn('npx', ['--yes', suite, 'authorization', ...args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const authorize = application.server.authorization_endpoint ?? ''
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith(authorize)) agree(line.trim())
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })

  async function agree(address: string): Promise<void> {
    try {
      await fetch(await application.walk(new Browser(sandbox.issuer), address))
    } catch (error) {
      console.error(error)
      child.kill()
    }
  }
}
