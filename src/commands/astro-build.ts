/**
 * Builds the site into `OUT_DIR`: the program that `buildSite` runs in a process of its own.
 * Astro's own command line is not used because it has no option for the folder of its caches, and
 * two builds at once must not share one.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentWarning } from '../document/index.ts'
import { loadReferenceOnce } from '../model/load.ts'
import { buildProgress } from './build-progress.ts'

const cacheDir = await mkdtemp(join(tmpdir(), 'docs-build-'))
let exitCode = 0
try {
  // A broken document is said at once, before Astro is loaded and the bundles are made.
  const { document, reference } = await loadReferenceOnce()
  for (const line of warningLines(document.warnings)) console.warn(line)
  const { operations, events } = reference
  const { build } = await import('astro')
  await build({
    cacheDir,
    ...(process.env.OUT_DIR && { outDir: process.env.OUT_DIR }),
    integrations: [buildProgress()],
    // A line for each of thousands of files hides what matters.
    logLevel: operations.length + events.length > 100 ? 'warn' : 'info',
  })
} catch (error) {
  exitCode = 1
  console.error(messageOf(error))
} finally {
  await rm(cacheDir, { recursive: true, force: true })
}
process.exit(exitCode)

/** What is odd in the document, one line each; of very many the first. */
function warningLines(warnings: readonly DocumentWarning[]): string[] {
  const most = 30
  const lines = warnings.slice(0, most).map(({ file, line, column, pointer, message }) => {
    return `Warning: ${file}:${line}:${column} at ${pointer || '/'}: ${message}`
  })
  if (warnings.length > most) lines.push(`Warning: and ${warnings.length - most} more.`)
  return lines
}

/** A broken document or setting is the writer's to mend: its message names file and line. */
function messageOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'DocumentError' || at.name === 'SettingError') return at.message
  }
  if (!(error instanceof Error)) return String(error)
  return error.stack ?? error.message
}
