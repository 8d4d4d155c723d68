import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What a page costs before anybody clicks. Milliseconds from the start of its navigation. */
export interface PageCost {
  /** On the wire, heads included. */
  bytes: number
  pageScript: number
  pageRequests: number
  /** Elements of the document. */
  nodes: number
  firstPaint: number
  largestPaint: number
  /** Sum of what tasks took beyond 50 ms. */
  blocking: number
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

/**
 * Writes the floor of a page beside it: the same text as bare HTML with a short navigation, without
 * sheets, scripts or classes. No page that says as much can be faster.
 *
 * @returns Its path below the base.
 */
export async function writeFloor(directory: string, page: string): Promise<string> {
  const html = await readFile(path.join(directory, page, 'index.html'), 'utf8')
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  const bare = main
    .replaceAll(/<(script|style|template|svg)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<link\b[^>]*>/g, '')
    .replaceAll(/ (?:class|style|data-[\w-]+|aria-[\w-]+)(?:="[^"]*")?/g, '')
  const floor = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Floor</title><nav><a href="/docs/">Home</a> <a href="/docs/reference/">Reference</a></nav>${bare}</html>`
  const file = `${page.replaceAll('/', '-')}floor.html`
  await writeFile(path.join(directory, file), floor)
  return file
}
