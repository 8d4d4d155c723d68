import { extname } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.yaml': 'application/yaml; charset=utf-8',
  '.yml': 'application/yaml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  // It has no registered type of its own, and a reader who follows the link wants to see it.
  '.graphql': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
  '.mp4': 'video/mp4',
}

/** The catalogue of APIs; RFC 9727 gives it a name without an ending. */
export const catalogPath = '/.well-known/api-catalog'

const linkset = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'

/** Media type of a file by its name; bytes nobody knows are offered as such, never guessed. */
export function contentType(file: string): string {
  if (/[/\\]\.well-known[/\\]api-catalog$/.test(file)) return linkset
  return types[extname(file).toLowerCase()] ?? 'application/octet-stream'
}

/** Whether compressing pays: text does, pictures and the search index are compressed already. */
export function isCompressible(type: string): boolean {
  return /^(text\/|application\/(json|yaml|xml|manifest\+json|linkset\+json|wasm)|image\/svg)/.test(
    type,
  )
}
