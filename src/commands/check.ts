import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { readSite } from '../site.ts'
import { buildSite } from './build-site.ts'
import { checkHeads } from './check-heads.ts'
import { checkBuild } from './check-links.ts'
import { scriptSizes } from './check-size.ts'
import { runChild } from './child.ts'
import { type Command, CommandError, readArguments } from './command.ts'
import { stopSignal } from './stop-signal.ts'
import { printTally, sum, type Tally } from './tally.ts'

export const check: Command = {
  help: `npm run check [-- options]

Types (Astro files too), lint and format, the OpenAPI document, and a production build in which
every link, anchor and id is looked at, what search engines are told of every page, and what the
scripts of the Try-it panel weigh.

  -h, --help      print this`,

  async run(args) {
    readArguments(args, {})
    const tally = await runChecks(stopSignal())
    console.log(printTally(tally))
    return tally.failed === 0 ? 0 : 1
  },
}

/** Throws a `CommandError` that says what does not hold. */
type Check = (signal: AbortSignal) => Promise<void>

/** Two rows of checks, side by side: most machines have two cores, and each check fills one. */
const rows: readonly (readonly (readonly [name: string, check: Check])[])[] = [
  [
    [
      'lint and format',
      program('@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error', '.'),
    ],
    ['OpenAPI document', lintDocument],
    ['links, anchors, ids, heads and script sizes of a production build', checkProductionBuild],
  ],
  // Astro's checker reads the TypeScript files as well.
  [['types', program('astro/bin/astro.mjs', 'check', '--minimumSeverity', 'warning')]],
]

/** Runs each check and prints how it went; one that fails does not keep the others from running. */
export async function runChecks(signal: AbortSignal): Promise<Tally> {
  return sum(await Promise.all(rows.map((row) => runRow(row, signal))))
}

async function runRow(row: (typeof rows)[number], signal: AbortSignal): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 }
  for (const [name, run] of row) {
    const started = performance.now()
    try {
      await run(signal)
      tally.passed += 1
      console.log(`✓ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof CommandError)) throw error
      tally.failed += 1
      console.log(`✗ ${name}\n${error.message.replace(/^/gm, '  ')}`)
    }
  }
  return tally
}

/** A check that is a program of a package; it holds when the program ends with 0. */
function program(script: string, ...args: string[]): Check {
  return async (signal) => {
    const { code, output } = await runChild(
      process.execPath,
      [join('node_modules', script), ...args],
      { signal, env: { ASTRO_TELEMETRY_DISABLED: '1' } },
    )
    if (code !== 0) throw new CommandError('check_failed', output.trimEnd())
  }
}

async function lintDocument(): Promise<void> {
  // Only this check needs the linter, which takes a while to load.
  const { lintDescription } = await import('../../tests/openapi/lint.ts')
  const findings = await lintDescription(join('openapi', 'openapi.yaml'))
  if (findings.length === 0) return
  const lines = findings.map(
    ({ file, line, rule, message }) => `${relative('.', file)}:${line} ${rule}: ${message}`,
  )
  throw new CommandError('check_failed', lines.join('\n'))
}

const unset = {
  SITE_URL: undefined,
  OPENAPI_DOCUMENT: undefined,
  DOCS_ENVIRONMENTS: undefined,
  WITH_SANDBOX: undefined,
}

async function checkProductionBuild(signal: AbortSignal): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'docs-check-'))
  try {
    // Whatever the shell says, this is the site as it is published.
    const env = { DOCS_TARGET: 'production', ...unset }
    await buildSite({ directory, env, signal })
    const site = readSite({ ...process.env, ...env })
    const { files, problems } = await checkBuild(directory, site)
    problems.push(...(await checkHeads(directory, files, site)))
    const sizes = await scriptSizes(directory)
    for (const { what, bytes, goal } of sizes) {
      console.log(`  script for ${what}: ${bytes} bytes of brotli, at most ${goal}`)
    }
    const lines = [
      ...problems.map(({ file, message }) => `${file}: ${message}`),
      ...sizes
        .filter(({ bytes, goal }) => bytes > goal)
        .map(({ what, bytes, goal }) => `Script for ${what}: ${bytes} bytes, at most ${goal}.`),
    ]
    if (lines.length === 0) return
    throw new CommandError('check_failed', lines.join('\n'))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
