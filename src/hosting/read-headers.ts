import type { HeaderBlock } from './headers-file.ts'

/** A line of a `_headers` file means nothing. */
export class HeadersFileError extends Error {
  override readonly name = 'HeadersFileError'
  readonly code = 'headers_file_invalid'
  readonly line: number

  constructor(line: number, problem: string) {
    super(`_headers, line ${line}: ${problem}`)
    this.line = line
  }
}

/**
 * Reads a `_headers` file as static hosts take it: a path at the beginning of a line, its headers
 * indented below, `#` for comments.
 *
 * @throws {HeadersFileError} A header without a path or without a colon.
 */
export function readHeaders(text: string): HeaderBlock[] {
  const blocks: { path: string; headers: [string, string][] }[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.trim()
    if (content === '' || content.startsWith('#')) continue
    if (!/^\s/.test(line)) {
      blocks.push({ path: content, headers: [] })
      continue
    }
    const block = blocks.at(-1)
    const colon = content.indexOf(':')
    if (!block) throw new HeadersFileError(index + 1, 'a header stands before any path.')
    if (colon < 1) throw new HeadersFileError(index + 1, `"${content}" has no colon.`)
    block.headers.push([content.slice(0, colon).trim(), content.slice(colon + 1).trim()])
  }
  return blocks
}

/**
 * The headers of an answer. Every fitting block counts; where two set the same header, the later
 * one wins, so that a page's own policy replaces the general one instead of being added to it.
 *
 * @param path Path of the request, without its query.
 * @returns Lower-case names.
 */
export function headersFor(blocks: readonly HeaderBlock[], path: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const block of blocks) {
    if (!covers(block.path, path)) continue
    for (const [name, value] of block.headers) found.set(name.toLowerCase(), value)
  }
  return found
}

function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
}
