import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guideValueMap } from '../../src/markdown/guide-values.ts'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { readSite } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'
import { type CommandBlock, readCommandBlocks } from './command-blocks.ts'

const guides = await readCommandBlocks()

test('finds the command blocks of the guides', () => {
  expect([...guides.keys()]).toContain('quickstart.mdx')
  expect(guides.get('quickstart.mdx')?.length).toBeGreaterThan(8)
})

describe('every command of a guide, pasted into bash, does what the guide says', () => {
  let folder: string
  let sandbox: RunningSandbox
  let values: Map<string, string | undefined>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'streamloop-guides-'))
    const ports = await freePorts()
    const site = readSite({
      DOCS_TARGET: 'local',
      DOCS_PORT: String(ports.docs),
      AUTH_PORT: String(ports.auth),
      API_PORT: String(ports.api),
      MCP_PORT: String(ports.mcp),
    })
    values = guideValueMap(site, '/v1')
    sandbox = await startSandbox({
      directory: join(folder, '.sandbox'),
      ports,
      docsOrigins: [site.origin],
    })
  })

  afterAll(async () => {
    await sandbox?.close()
    await rm(folder, { recursive: true, force: true })
  })

  for (const [guide, blocks] of guides) {
    test(guide, async () => {
      const runnable = blocks.filter((block) => block.skip === undefined)
      const outputs = await runInBash(runnable, folder, (text) =>
        text.replace(/%([A-Z][A-Z_]+)%/g, (whole, name: string) => values.get(name) ?? whole),
      )
      for (const [index, block] of runnable.entries()) {
        expect(outputs[index], `${block.place} was not reached`).toBeDefined()
        if (block.expect !== undefined) {
          expect(outputs[index]?.toLowerCase(), block.place).toContain(block.expect.toLowerCase())
        }
      }
    }, 120_000)
  }
})

/** Runs the blocks in one shell, as a reader does in one terminal, and returns each one's output. */
async function runInBash(
  blocks: CommandBlock[],
  cwd: string,
  settle: (text: string) => string,
): Promise<string[]> {
  const boundary = '=== next block ==='
  // A guide after the quickstart takes the key as given; the file that holds it is the reader's.
  const script = ['. .sandbox/demo.env; export STREAMLOOP_API_KEY']
  for (const block of blocks) script.push(`echo '${boundary}'`, settle(block.source))
  const shell = spawn('bash', [], { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  shell.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  shell.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  shell.stdin.end(script.join('\n'))
  // A loop that waits for something that never comes must not outlive the test.
  const patience = setTimeout(() => process.kill(-(shell.pid ?? 0), 'SIGKILL'), 90_000)
  await new Promise((resolve) => shell.on('close', resolve))
  clearTimeout(patience)
  return Buffer.concat(chunks).toString('utf8').split(`${boundary}\n`).slice(1)
}
