import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guideGroups } from '../../src/content/guide-groups.ts'
import { guideValueMap } from '../../src/markdown/guide-values.ts'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { readSite } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'
import { Browser, Client } from '../sandbox/auth/harness.ts'
import { blocksOf, type CodeBlock, readCodeBlocks } from './code-blocks.ts'
import { type Outcome, workThrough } from './terminal.ts'

const guides = await readCodeBlocks()

test('finds the code blocks of the guides', () => {
  expect([...guides.keys()]).toContain('quickstart.mdx')
  expect(guides.get('quickstart.mdx')?.length).toBeGreaterThan(8)
})

describe('refuses, with file and line, a block that would pass unseen:', () => {
  test.each([
    ['one inside a list', '1. Do this:\n\n   ```sh\n   curl x\n   ```\n', 'a.mdx:3: '],
    ['one under another name for bash', '\n```bash\ncurl x\n```\n', 'a.mdx:2: '],
    ['an attribute that does not exist', '```sh expects="x"\ncurl x\n```\n', 'a.mdx:1: '],
  ])('%s', (_, text, message) => {
    expect(() => blocksOf('a.mdx', text)).toThrow(message)
  })
})

describe('what a guide says to paste, save or run does what the guide says', () => {
  let folder: string
  let sandbox: RunningSandbox
  const outcomes = new Map<string, Outcome>()

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
    const values = guideValueMap(site, '/v1')
    const settle = (text: string) =>
      text.replace(/%([A-Z][A-Z_]+)%/g, (whole, name: string) => values.get(name) ?? whole)
    const data = join(folder, 'data')
    sandbox = await startSandbox({ directory: data, ports, docsOrigins: [site.origin] })
    const visit = async (address: string) => {
      const { issuer } = sandbox
      const person = await Client.register(issuer)
      await fetch(await person.walk(new Browser(issuer), address))
    }
    const read = async ([guide, blocks]: [string, CodeBlock[]]) => {
      const runnable = blocks.filter((block) => reasonToSkip(block) === undefined)
      const desk = { folder: join(folder, guide), sandboxData: data, settle, visit }
      const saved = savedBefore(guide)
      for (const one of await workThrough(runnable, { ...desk, saved })) outcomes.set(...one)
    }
    // All at once, as readers come; what changes the data or the time of everyone comes after.
    const forAll = ([, blocks]: [string, CodeBlock[]]) =>
      blocks.some(({ source }) => /\/sandbox\/(clock|reset)/.test(source))
    await Promise.all([...guides].filter((guide) => !forAll(guide)).map(read))
    for (const guide of [...guides].filter(forAll)) await read(guide)
  }, 180_000)

  afterAll(async () => {
    await sandbox?.close()
    await rm(folder, { recursive: true, force: true })
  })

  for (const blocks of guides.values()) {
    for (const block of blocks) {
      test.skipIf(reasonToSkip(block))(block.place, () => {
        const outcome = outcomes.get(block.place)
        if (!outcome) throw new Error(`${block.place} was not reached.`)
        const { output, exit, statuses } = outcome
        const promised = (block.expect ?? '').toLowerCase()
        const surprising = statuses.filter(
          (status) => status >= '4' && !block.status.includes(status),
        )
        expect(
          {
            output: output.toLowerCase().includes(promised) ? promised : output,
            exit,
            missing: block.status.filter((status) => !statuses.includes(status)),
            surprising,
          },
          `${block.place} printed\n${output}`,
        ).toEqual({ output: promised, exit: block.exit, missing: [], surprising: [] })
      })
    }
  }
})

/** What a reader has saved who comes to this guide by way of those before it. */
function savedBefore(guide: string): Map<string, string> {
  const order = guideGroups.flatMap(({ guides: names }) => names)
  const before = order.slice(0, order.indexOf(guide.replace(/\.mdx$/, '')))
  const blocks = before.flatMap((name) => guides.get(`${name}.mdx`) ?? [])
  return new Map(blocks.flatMap(({ file, source }) => (file ? [[file, source] as const] : [])))
}

/** Why a block is not run: the guide says it cannot be, or its interpreter is not there. */
function reasonToSkip({ skip, needs, language, file }: CodeBlock): string | undefined {
  if (skip !== undefined) return skip
  const interpreter = needs ?? (language === 'python' && file === undefined ? 'python3' : undefined)
  return interpreter && !isThere(interpreter) ? `${interpreter} is not here` : undefined
}

const found = new Map<string, boolean>()

function isThere(program: string): boolean {
  const known = found.get(program)
  if (known !== undefined) return known
  const is = spawnSync(program, ['--version']).status === 0
  found.set(program, is)
  return is
}
