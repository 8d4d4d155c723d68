import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** Bytes on the wire of a page and of what it loads by itself, brotli quality 5. */
export interface PageWeight {
  html: number
  css: number
  js: number
  requests: number
}

/**
 * Weighs a page of the built site from its files: what the HTML names, and what that imports.
 *
 * @param path Of the page, with a slash at both ends.
 */
export async function weighPage(directory: string, path: string): Promise<PageWeight> {
  const html = await readFile(join(directory, path, 'index.html'))
  const weight = { html: sizeOf(html), css: 0, js: 0, requests: 1 }
  const text = html.toString()
  const wanted = [
    ...text.matchAll(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g),
    ...text.matchAll(/<script[^>]*src="([^"]+)"/g),
  ].map(([, href = '']) => href)
  const seen = new Set<string>()
  for (let href = wanted.pop(); href !== undefined; href = wanted.pop()) {
    if (seen.has(href)) continue
    seen.add(href)
    const bytes = await readFile(join(directory, href))
    weight[href.endsWith('.css') ? 'css' : 'js'] += sizeOf(bytes)
    weight.requests += 1
    const folder = href.slice(0, href.lastIndexOf('/') + 1)
    const imports = bytes.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)
    wanted.push(...[...imports].map(([, name]) => folder + name))
  }
  return weight
}

function sizeOf(bytes: Buffer): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return brotliCompressSync(bytes, { params }).length
}
