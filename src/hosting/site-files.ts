import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { contentType, isCompressible } from './content-types.ts'

export type Encoding = 'br' | 'gzip' | 'identity'

/** One file as it goes on the wire. */
export interface SiteFile {
  body: Buffer
  type: string
  encoding: Encoding
  /** Quoted; of the bytes as sent, so that each encoding has its own (RFC 9110, 8.8.3). */
  etag: string
  /** The same address answers differently by `Accept-Encoding`. */
  varies: boolean
}

export type Found = { kind: 'file'; file: string } | { kind: 'folder' } | { kind: 'nothing' }

/** The files of one built site: finds them by address and keeps them compressed in memory. */
export class SiteFiles {
  readonly #directory: string
  readonly #kept = new Map<string, SiteFile>()
  #keptBytes = 0

  constructor(directory: string) {
    this.#directory = directory
  }

  /**
   * @param path Decoded path below the site's base, beginning with a slash. Whatever could lead
   *   out of the folder or to a hidden file finds nothing.
   */
  async find(path: string): Promise<Found> {
    const segments = path.slice(1).split('/')
    const wantsFolder = segments.at(-1) === ''
    if (wantsFolder) segments.pop()
    if (!segments.every(isPlainName) || hiddenFiles.has(segments.join('/'))) {
      return { kind: 'nothing' }
    }
    const file = join(this.#directory, ...segments)
    if (wantsFolder) {
      const index = join(file, 'index.html')
      return (await isFile(index)) ? { kind: 'file', file: index } : { kind: 'nothing' }
    }
    if (await isFile(file)) return { kind: 'file', file }
    return (await isFile(join(file, 'index.html'))) ? { kind: 'folder' } : { kind: 'nothing' }
  }

  async read(file: string, accepted: Encoding): Promise<SiteFile> {
    const { mtimeMs, size } = await stat(file)
    const type = contentType(file)
    const varies = isCompressible(type) && size > 1_024
    const encoding = varies ? accepted : 'identity'
    const key = `${file}\0${encoding}\0${mtimeMs}\0${size}`
    const kept = this.#kept.get(key)
    if (kept) return kept
    const body = await compress(await readFile(file), encoding)
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    const read: SiteFile = { body, type, encoding, etag, varies }
    this.#keep(key, read)
    return read
  }

  #keep(key: string, file: SiteFile): void {
    if (file.body.length > memoryLimit / 8) return
    this.#kept.set(key, file)
    this.#keptBytes += file.body.length
    for (const [oldest, { body }] of this.#kept) {
      if (this.#keptBytes <= memoryLimit) break
      this.#kept.delete(oldest)
      this.#keptBytes -= body.length
    }
  }
}

/** Bytes. A large reference is several hundred megabytes; this is what its server may hold of it. */
const memoryLimit = 64 * 1024 * 1024

/** Written for the host, not for readers. */
const hiddenFiles = new Set(['_headers', '_redirects'])

/** Neither empty nor a step up, no separator of any system, and not hidden. */
function isPlainName(segment: string): boolean {
  if (segment === '' || /[/\\\0]/.test(segment)) return false
  return !segment.startsWith('.') || segment === '.well-known'
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'br') {
    return toBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  }
  return encoding === 'gzip' ? toGzip(bytes) : bytes
}

/** The best of what the client takes (RFC 9110, 12.5.3). */
export function acceptedEncoding(header: string | undefined): Encoding {
  const offered = new Map<string, number>()
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    offered.set(name, quality ? Number(quality.slice(2)) : 1)
  }
  for (const encoding of ['br', 'gzip'] as const) {
    if ((offered.get(encoding) ?? offered.get('*') ?? 0) > 0) return encoding
  }
  return 'identity'
}
