import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generated } from './generate.ts'
import { measuredRun } from './measured-run.ts'
import { compressed, sizeOf, type Weight, weighPage } from './weigh.ts'

/** What a build of this site costs, and what its pages weigh. */
export interface Result {
  name: string
  operations: number
  pages: number
  seconds: number
  cpuSeconds: number
  /** Pages a second once running; nothing where the build is too short to say. */
  pagesPerSecond?: number
  peakMiB: number
  /** Bytes of the site for each operation. */
  bytesPerOperation: number
  median: Weight
  worst: { file: string; html: number }
}

/** Writes a generated document, and says where. */
export function writeGenerated(folder: string, operations: number): string {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `generated-${operations}.json`)
  writeFileSync(file, JSON.stringify(generated(operations)))
  return file
}

export async function benchOwn(
  name: string,
  document: string,
  operations: number,
  directory: string,
): Promise<Result> {
  rmSync(directory, { recursive: true, force: true })
  const cost = await measuredRun(['npm', 'run', 'build'], {
    env: { OPENAPI_DOCUMENT: document, OUT_DIR: directory },
  })
  // "Rendered 1,548 pages, 4,051 files in 31.2 s"
  const said = cost.lines.map(({ text }) => /^Rendered ([\d,]+) pages.* in ([\d.]+) s/.exec(text))
  const rendered = said.find((match) => match !== null)
  const { bytes, pages } = sizeOf(directory)
  const result: Result = {
    name,
    operations,
    pages: pages.length,
    seconds: cost.seconds,
    cpuSeconds: cost.cpuSeconds,
    peakMiB: cost.peakMiB,
    bytesPerOperation: bytes / operations,
    ...weightsOf(directory, pages, /^reference\/[^/]+\/[^/]+\/index\.html$/, '/docs'),
  }
  if (rendered) {
    result.pagesPerSecond = Number(rendered[1]?.replaceAll(',', '')) / Number(rendered[2])
  }
  return result
}

/** The middle page of a kind, and the heaviest of all. */
export function weightsOf(
  directory: string,
  pages: readonly string[],
  kind: RegExp,
  base: string,
): Pick<Result, 'median' | 'worst'> {
  const weighed = pages
    .map((file) => ({ file, html: compressed(readFileSync(path.join(directory, file))) }))
    .toSorted((a, b) => a.html - b.html)
  const ofKind = weighed.filter(({ file }) => kind.test(file))
  const middle = ofKind[ofKind.length >> 1]?.file ?? 'index.html'
  const worst = weighed.at(-1) ?? { file: '', html: 0 }
  return { median: weighPage(directory, middle, base), worst }
}
