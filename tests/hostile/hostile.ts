/**
 * Builds large hostile documents whole, each in a process of its own, and says what each cost: it is
 * built, or refused with its place, within bounds of time and memory. Linux alone (memory is read
 * from `/proc`). `npm run test:hostile -- enum tags` takes those with these words in their names.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkBuild } from '../../src/commands/check-links.ts'
import { readSite } from '../../src/site.ts'
import { type Cost, measuredRun } from '../bench/measured-run.ts'
import { type HostileDocument, hostileDocuments } from './documents.ts'

/** How much there is of whatever there is much of. */
const count = Number(process.env.HOSTILE_COUNT ?? 10_000)
/** MiB that all processes of one build may take. */
const mostMiB = 4096
/** Seconds of processor time that one build may take: other work on the machine does not count. */
const mostSeconds = 900

const asked = process.argv.slice(2)
const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'))
let failures = 0
try {
  for (const [name, make] of Object.entries(hostileDocuments(count))) {
    if (asked.length > 0 && !asked.some((word) => name.includes(word))) continue
    const findings = await prove(name, make())
    failures += findings.length
    for (const finding of findings) console.log(`  ${finding}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failures > 0 ? 1 : 0)

/** Builds one document; what is wrong, a line each. */
async function prove(name: string, hostile: HostileDocument): Promise<string[]> {
  const source = path.join(folder, 'document')
  const directory = path.join(folder, 'site')
  mkdirSync(source)
  for (const [file, text] of Object.entries(hostile.files)) {
    writeFileSync(path.join(source, file), text)
  }
  for (const [link, target] of Object.entries(hostile.links ?? {})) {
    symlinkSync(target, path.join(source, link))
  }
  const [root = ''] = Object.keys(hostile.files)
  try {
    const cost = await build(path.join(source, root), directory)
    const told = `${cost.seconds.toFixed(0)} s, ${cost.cpuSeconds.toFixed(0)} s of processor, ${cost.peakMiB.toFixed(0)} MiB`
    console.log(`${name}: ${cost.refusal ?? 'built'}, ${told}`)
    return [
      ...(cost.peakMiB > mostMiB ? [`more than ${mostMiB} MiB`] : []),
      ...(cost.cpuSeconds > mostSeconds ? [`more than ${mostSeconds} s of processor time`] : []),
      ...(await (hostile.refused ? refusalFindings(cost, root) : pageFindings(cost, directory))),
    ]
  } finally {
    rmSync(source, { recursive: true })
    rmSync(directory, { recursive: true, force: true })
  }
}

async function build(document: string, directory: string): Promise<Cost & { refusal?: string }> {
  const cost = await measuredRun([process.execPath, 'src/commands/run.mjs', 'build'], {
    env: { OPENAPI_DOCUMENT: document, OUT_DIR: directory },
    mayFail: true,
  })
  const refusal = cost.lines.map(({ text }) => text).find((text) => !text.startsWith('Warning'))
  return cost.code === 0 ? cost : { ...cost, refusal: refusal ?? '' }
}

function refusalFindings({ refusal }: { refusal?: string }, root: string): string[] {
  if (refusal === undefined) return ['was built, and must be refused']
  return refusal.startsWith(`${root}:`) ? [] : ['the refusal does not begin with its place']
}

async function pageFindings(
  { refusal }: { refusal?: string },
  directory: string,
): Promise<string[]> {
  if (refusal !== undefined) return ['was refused, and must be built']
  const { origin, base } = readSite({ OPENAPI_DOCUMENT: '' })
  const { problems } = await checkBuild(directory, { origin, base })
  return problems.slice(0, 8).map(({ file, message }) => `${file}: ${message.slice(0, 200)}`)
}
