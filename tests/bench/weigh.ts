import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** Bytes of a page and of what it loads before anybody clicks, compressed as a host would. */
export interface Weight {
  html: number
  css: number
  js: number
}

/** Compressed size: brotli at the quality that hosts use for what they compress as it is asked for. */
export function compressed(content: string | Buffer): number {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length
}

/** Pages and bytes of a built site. */
export function sizeOf(directory: string): { bytes: number; pages: string[] } {
  let bytes = 0
  const pages: string[] = []
  for (const file of readdirSync(directory, { recursive: true }).map(String)) {
    const stats = statSync(path.join(directory, file))
    if (!stats.isFile()) continue
    bytes += stats.size
    if (file.endsWith('.html')) pages.push(file)
  }
  return { bytes, pages }
}

/** @param base Path that the site was built for, without a slash at its end. */
export function weighPage(directory: string, file: string, base: string): Weight {
  const html = readFileSync(path.join(directory, file), 'utf8')
  const local = (address: string): string =>
    path.join(directory, address.replace(/[?#].*$/, '').replace(base, ''))
  const sum = (files: Iterable<string>): number =>
    [...new Set(files)]
      .filter((each) => existsSync(each))
      .reduce((total, each) => total + compressed(readFileSync(each)), 0)
  const sheets = [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)]
    .filter(([tag]) => !tag.includes('media="print"'))
    .flatMap(([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? [])
  const scripts = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].flatMap(([, src]) => src ?? [])
  return {
    html: compressed(html),
    css: sum(sheets.map(local)),
    js: sum(scripts.map(local).flatMap((script) => withImports(script))),
  }
}

/** A module and what it imports before it runs. */
function withImports(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || !existsSync(file)) return []
  seen.add(file)
  const code = readFileSync(file, 'utf8')
  const imports = [...code.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)].flatMap(
    ([, target]) => target ?? [],
  )
  return [
    file,
    ...imports.flatMap((target) => withImports(path.join(path.dirname(file), target), seen)),
  ]
}
