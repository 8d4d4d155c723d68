import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './check.ts'
import { runChild } from './child.ts'
import { findChromium } from './chromium.ts'
import { type Command, CommandError, readArguments } from './command.ts'
import { stopSignal } from './stop-signal.ts'
import { printTally, sum, type Tally } from './tally.ts'

export const test: Command = {
  help: `npm test                        everything that guards the project
npm run test:unit [-- filters]  the rooms' own tests (Vitest)
npm run test:e2e [-- filters]   in Chromium, over the built site and a sandbox (Playwright)
npm run test:deep [-- filters]  the browser tests that take too long for npm test
npm run test:fuzz               100,000 random requests to the sandbox's API; npm test sends 1,500
npm run test:soak               the sandbox killed 200 times, and its other faults; npm test: thrice

Filters are names of files and whatever options the runner has.
The tests use free ports and a build of their own. The last line is "N passed, N failed".

  -h, --help      print this

Environment variables
  CHROMIUM        path of the Chromium to use; one is found, or got, without it
  FUZZ_REQUESTS   how many random requests are sent
  FUZZ_SEED       where they begin; printed with each run
  SOAK_KILLS      how often the sandbox is killed, and each of its other faults comes`,

  async run(args) {
    const [first = '', ...rest] = args
    const part = Object.hasOwn(parts, first) ? first : undefined
    // What follows a part is for its runner, options included.
    const filters = part ? rest : []
    const { positionals } = readArguments(part ? rest.filter(isHelp) : args, {}, true)
    if (positionals[0] !== undefined) {
      const known = Object.keys(parts).join(', ')
      throw new CommandError('usage', `"${positionals[0]}" is none of ${known}. See --help.`, {
        exitCode: 2,
      })
    }
    const signal = stopSignal()
    const folder = await mkdtemp(join(tmpdir(), 'docs-test-'))
    try {
      const tallies: Tally[] = []
      if (!part) tallies.push(await titled('Checks', () => runChecks(signal)))
      const { files, env } = parts[part ?? 'unit'] ?? {}
      const run = {
        folder,
        filters: [...(files ?? []), ...filters],
        // Everything in one run shares one build of the site.
        env: part ? (env ?? {}) : { E2E_SITE: join(folder, 'site') },
        signal,
      }
      const project = browserProjects[part ?? 'e2e']
      if (!part || !project) tallies.push(await titled('Rooms', () => runUnit(run)))
      if (project) tallies.push(await titled('End to end', () => runEndToEnd(run, project)))
      const total = sum(tallies)
      console.log(`\n${printTally(total)}`)
      return total.failed === 0 ? 0 : 1
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Parts of the tests that can be run alone, and what makes the long ones long. */
const parts: Readonly<
  Record<string, { files?: readonly string[]; env?: Readonly<Record<string, string>> }>
> = {
  unit: {},
  e2e: {},
  deep: {},
  fuzz: {
    files: ['tests/sandbox/fuzz/'],
    env: { FUZZ_REQUESTS: process.env.FUZZ_REQUESTS ?? '100000' },
  },
  soak: {
    files: [
      'tests/sandbox/killed',
      'tests/sandbox/soak',
      'tests/sandbox/survived',
      'tests/sandbox/store',
    ],
    env: { SOAK_KILLS: process.env.SOAK_KILLS ?? '200' },
  },
}

/** The project of `playwright.config.ts` that a part runs in the browser. */
const browserProjects: Readonly<Record<string, string>> = { e2e: 'ordinary', deep: 'deep' }

const isHelp = (argument: string): boolean => argument === '--help' || argument === '-h'

interface Run {
  /** For reports; removed afterwards. */
  folder: string
  filters: readonly string[]
  env: Readonly<Record<string, string>>
  signal: AbortSignal
}

async function titled(title: string, run: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n── ${title} ──`)
  return run()
}

async function runUnit({ folder, filters, env, signal }: Run): Promise<Tally> {
  const report = join(folder, 'unit.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const script = join('node_modules', 'vitest', 'vitest.mjs')
  const { code } = await runChild(process.execPath, [script, 'run', ...reporters, ...filters], {
    show: true,
    signal,
    env,
  })
  signal.throwIfAborted()
  const { numPassedTests, numFailedTests } = await readReport<{
    numPassedTests: number
    numFailedTests: number
  }>(report, { numPassedTests: 0, numFailedTests: 0 })
  return settle(code, { passed: numPassedTests, failed: numFailedTests })
}

async function runEndToEnd({ folder, filters, env, signal }: Run, project: string): Promise<Tally> {
  let chromium: string
  try {
    chromium = await findChromium(signal)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    console.error(error.message)
    return { passed: 0, failed: 1 }
  }
  const report = join(folder, 'e2e.json')
  const script = join('node_modules', '@playwright', 'test', 'cli.js')
  const { code } = await runChild(
    process.execPath,
    [script, 'test', `--project=${project}`, '--reporter=list,json', ...filters],
    {
      show: true,
      signal,
      env: { ...env, CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
  )
  signal.throwIfAborted()
  const { stats } = await readReport<{
    stats: { expected: number; flaky: number; unexpected: number }
  }>(report, { stats: { expected: 0, flaky: 0, unexpected: 0 } })
  return settle(code, { passed: stats.expected + stats.flaky, failed: stats.unexpected })
}

/** A runner may fail without a failed test: a file that cannot be loaded, an unhandled error. */
function settle(code: number | null, tally: Tally): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

async function readReport<T>(file: string, none: T): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch {
    return none
  }
}
