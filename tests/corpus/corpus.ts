/**
 * Builds real documents of other companies whole and looks whether their pages say what the
 * documents say: links and ids, every property name, status and example in the text without script,
 * axe and the console on a sample. `npm run test:corpus -- galaxy figma` builds two of them.
 */
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { buildSite } from '../../src/commands/build-site.ts'
import { checkBuild } from '../../src/commands/check-links.ts'
import { readDocument } from '../../src/document/index.ts'
import { readReference } from '../../src/model/reference.ts'
import { readSite } from '../../src/site.ts'
import { corpus, installed } from './documents.ts'
import { factsOf } from './facts.ts'
import { pageText } from './page-text.ts'
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
  const found = await facts(file, directory)
  const sample = await lookAt(directory, { base, files: report.files })
  await rm(directory, { recursive: true, force: true })
  console.log(
    `${name}: ${report.pages} pages in ${seconds?.toFixed(1)} s, ${report.links} links, ` +
      `${found.looked} facts, ${sample.looked} pages in Chromium`,
  )
  const problems = report.problems.map(({ file: page, message }) => `${page}: ${message}`)
  return [...some('links and ids', problems), ...found.missing, ...some('sample', sample.findings)]
}

/** Looks for the facts of each operation on its page, and on the pages of schemas it leads to. */
async function facts(file: string, directory: string) {
  const document = await readDocument(file)
  const reference = readReference(document)
  const places = new Map(
    reference.operations.map(({ method, path: at, href }) => [`${method} ${at}`, href]),
  )
  const missing = { status: [] as string[], property: [] as string[], example: [] as string[] }
  const pages = new Map<string, Promise<ReturnType<typeof pageText>>>()
  const read = (href: string) => {
    const known = pages.get(href)
    if (known) return known
    const page = readFile(path.join(directory, href, 'index.html'), 'utf8').then(pageText)
    pages.set(href, page)
    return page
  }
  const schemas = await Promise.all(reference.schemas.map(({ href }) => read(href)))
  let looked = 0
  for (const { kind, operation, text } of factsOf(document)) {
    looked += 1
    const href = places.get(operation)
    const page = href === undefined ? undefined : await read(href)
    const isThere =
      kind === 'example'
        ? page?.text.includes(text) || page?.text.includes(JSON.stringify(text).slice(1, -1))
        : kind === 'status'
          ? [...(page?.pieces ?? [])].some((piece) => piece.startsWith(text))
          : page?.pieces.has(text) || schemas.some(({ pieces }) => pieces.has(text))
    if (!isThere) missing[kind].push(`${operation}: ${kind} ${text}`)
  }
  return { looked, missing: Object.entries(missing).flatMap(([kind, all]) => some(kind, all)) }
}

/** The first few of a list, and how many there are. */
function some(what: string, all: readonly string[]): string[] {
  if (all.length === 0) return []
  return [`${what}: ${all.length}`, ...all.slice(0, 8).map((line) => `  ${line.slice(0, 200)}`)]
}
