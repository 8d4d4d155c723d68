/**
 * Builds real documents of other companies whole and looks whether their pages say what the
 * documents say: links and ids, every name, status and example in the text without script, axe and
 * the console on a sample. `npm run test:corpus -- galaxy figma` builds two of them; with
 * `CORPUS_KEEP=1` what was built stays below `CORPUS_DIR` (`node_modules/.cache/corpus`).
 */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { buildSite } from '../../src/commands/build-site.ts'
import { checkBuild } from '../../src/commands/check-links.ts'
import { readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/reference.ts'
import { readSite } from '../../src/site.ts'
import { corpus, installed, searches } from './documents.ts'
import { findFacts } from './find-facts.ts'
import { lookAt } from './sample.ts'

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(corpus, name))
if (unknown.length > 0) {
  console.error(`There is no document ${unknown.join(', ')}: ${Object.keys(corpus).join(', ')}.`)
  process.exit(2)
}
const cache = process.env.CORPUS_DIR ?? path.resolve('node_modules/.cache/corpus')
const modules = installed(cache, import.meta.dirname)
let failures = 0
for (const [name, file] of Object.entries(corpus)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const findings = await prove(name, path.join(modules, file))
  failures += findings.length
  for (const finding of findings) console.log(`  ${finding}`)
}
process.exit(failures > 0 ? 1 : 0)

/** Builds one document; what is wrong with its pages, a line each. */
async function prove(name: string, file: string): Promise<string[]> {
  const directory = path.join(cache, 'sites', name)
  process.env.OPENAPI_DOCUMENT = file
  const seconds = await buildSite({ directory, env: { OPENAPI_DOCUMENT: file } })
  const { origin, base } = readSite()
  const report = await checkBuild(directory, { origin, base })
  const document = await readDocument(file)
  const reference = readReference(document)
  const { looked, missing } = await findFacts(document, reference, directory, base)
  const sample = await lookAt(directory, {
    base,
    files: report.files,
    events: reference.events.map(({ href }) => href),
    searches: searches[name] ?? [],
  })
  if (process.env.CORPUS_KEEP !== '1') await rm(directory, { recursive: true, force: true })
  console.log(
    `${name}: ${report.pages} pages in ${seconds?.toFixed(1)} s, ${report.links} links, ` +
      `${looked} facts, ${sample.looked} pages in Chromium`,
  )
  const problems = report.problems.map(({ file: page, message }) => `${page}: ${message}`)
  return [
    ...some('links and ids', problems),
    ...[...missing].flatMap(([kind, all]) => some(kind, all)),
    ...some('sample', sample.findings),
  ]
}

/** The first few of a list, and how many there are. */
function some(what: string, all: readonly string[]): string[] {
  if (all.length === 0) return []
  return [`${what}: ${all.length}`, ...all.slice(0, 8).map((line) => `  ${line.slice(0, 200)}`)]
}
