import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { markdownTwinPath } from '../agents/links.ts'
import { prefersMarkdown } from './accept.ts'
import { catalogPath } from './content-types.ts'
import type { HeaderBlock } from './headers-file.ts'
import { headersFor, readHeaders } from './read-headers.ts'
import { findRedirect, type Redirect, readRedirects } from './redirects.ts'
import { acceptedEncoding, SiteFiles } from './site-files.ts'

export interface StaticServerOptions {
  /** Folder of the built site; its `_headers` and `_redirects` are applied. */
  directory: string
  /** `/`, or the path that the site was built for, e.g. `/docs`. */
  base?: string
  port: number
  /** Answers that belong to the host instead of the site: path → JSON text. */
  documents?: ReadonlyMap<string, string>
}

export interface StaticServer {
  /** e.g. `http://localhost:4321` */
  origin: string
  /** Stops listening, lets running answers end (ten seconds at most), and closes what is idle. */
  close(): Promise<void>
}

/**
 * Serves a built site to this machine as a static host would: the production headers, a 404 page,
 * compression, validators. Listens on the loopback addresses alone.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` and what else a port can be refused with.
 */
export async function startStaticServer(options: StaticServerOptions): Promise<StaticServer> {
  const base = options.base === undefined || options.base === '/' ? '' : options.base
  const site: Site = {
    files: new SiteFiles(options.directory),
    headers: readHeaders(await readOptional(join(options.directory, '_headers'))),
    redirects: readRedirects(await readOptional(join(options.directory, '_redirects'))),
    base,
    port: options.port,
    documents: options.documents ?? new Map(),
  }
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(site, request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) sendText(response, 500, 'The file could not be read.')
      else response.destroy()
    })
  }
  const servers = [await listen(listener, '127.0.0.1', options.port)]
  try {
    // "localhost" is the IPv6 address first for many programs; not every machine has it.
    servers.push(await listen(listener, '::1', options.port))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      await Promise.all(servers.map(close))
      throw error
    }
  }
  return {
    origin: `http://localhost:${options.port}`,
    close: async () => {
      await Promise.all(servers.map(close))
    },
  }
}

interface Site {
  files: SiteFiles
  headers: readonly HeaderBlock[]
  redirects: readonly Redirect[]
  /** Empty, or with a leading slash. */
  base: string
  port: number
  documents: ReadonlyMap<string, string>
}

async function answer(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? ''
  if (!target.startsWith('/')) return sendText(response, 400, 'Bad request target.')
  const host = request.headers.host ?? ''
  if (host !== `localhost:${site.port}`) {
    // A page elsewhere whose name was pointed at this machine must not read answers (DNS rebinding).
    const loopback = [`127.0.0.1:${site.port}`, `[::1]:${site.port}`]
    if (!loopback.includes(host)) return sendText(response, 421, 'This host is not served here.')
    return redirect(response, `http://localhost:${site.port}${target}`)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return sendText(response, 405, 'Only GET and HEAD are answered here.')
  }

  const [asked = '', query] = splitQuery(target)
  // It belongs to the host's root (RFC 9727, 3); the site is built with its own copy.
  const path = asked === catalogPath ? site.base + asked : asked
  const document = site.documents.get(path)
  if (document !== undefined) return sendDocument(response, document)
  const below = pathBelowBase(site.base, path)
  if (below === undefined) {
    if (path === '/') return redirect(response, `${site.base}/`)
    return sendNotFound(site, request, response)
  }
  const found = await site.files.find(below)
  if (found.kind === 'folder') return redirect(response, `${path}/${query}`)
  if (found.kind === 'nothing') {
    const elsewhere = findRedirect(site.redirects, path)
    if (elsewhere !== undefined) return redirect(response, elsewhere + query, 301)
    return sendNotFound(site, request, response)
  }
  const sent = await chooseFace(site, request, below, { file: found.file, path })
  return sendFile(site, request, response, { ...sent, status: 200 })
}

/** A page has one address and, where it has a Markdown twin, two faces: `Accept` picks. */
async function chooseFace(
  site: Site,
  request: IncomingMessage,
  below: string,
  page: { file: string; path: string },
): Promise<{ file: string; path: string; faces?: boolean }> {
  if (!below.endsWith('/')) return page
  const twin = markdownTwinPath(below)
  const found = await site.files.find(twin)
  if (found.kind !== 'file') return page
  return prefersMarkdown(request.headers.accept)
    ? { file: found.file, path: site.base + twin, faces: true }
    : { ...page, faces: true }
}

async function sendFile(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  {
    file,
    path,
    status,
    faces = false,
  }: { file: string; path: string; status: number; faces?: boolean },
): Promise<void> {
  const read = await site.files.read(file, acceptedEncoding(request.headers['accept-encoding']))
  response.statusCode = status
  response.setHeader('Content-Type', read.type)
  // The browser asks each time and is answered 304: a new build is seen at once.
  response.setHeader('Cache-Control', 'no-cache')
  for (const [name, value] of headersFor(site.headers, path)) response.setHeader(name, value)
  const varies = [...(faces ? ['Accept'] : []), ...(read.varies ? ['Accept-Encoding'] : [])]
  if (varies.length > 0) response.setHeader('Vary', varies.join(', '))
  if (status === 200) {
    response.setHeader('ETag', read.etag)
    if (isKnown(read.etag, request.headers['if-none-match'])) {
      response.statusCode = 304
      response.removeHeader('Content-Type')
      response.end()
      return
    }
  }
  if (read.encoding !== 'identity') response.setHeader('Content-Encoding', read.encoding)
  response.setHeader('Content-Length', read.body.length)
  response.end(request.method === 'HEAD' ? undefined : read.body)
}

async function sendNotFound(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await site.files.find('/404.html')
  if (found.kind !== 'file') return sendText(response, 404, 'There is no such page.')
  const path = `${site.base}/404.html`
  return sendFile(site, request, response, { file: found.file, path, status: 404 })
}

function sendDocument(response: ServerResponse, json: string): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Cache-Control', 'no-cache')
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.end(json)
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.end(`${text}\n`)
}

function redirect(response: ServerResponse, location: string, status = 308): void {
  response.setHeader('Location', location)
  response.setHeader('Cache-Control', 'no-cache')
  sendText(response, status, 'It is elsewhere.')
}

function splitQuery(target: string): [path: string, query: string] {
  const start = target.indexOf('?')
  return start < 0 ? [target, ''] : [target.slice(0, start), target.slice(start)]
}

/** Decoded; undefined where the path lies outside the base or cannot be decoded. */
function pathBelowBase(base: string, path: string): string | undefined {
  // "//elsewhere" would become another host's address in a redirect.
  if (path.startsWith('//') || !path.startsWith(`${base}/`)) return undefined
  try {
    const segments = path.slice(base.length).split('/').map(decodeURIComponent)
    // A slash that was spelled %2F belongs to a name, and no file's name has one.
    return segments.some((segment) => segment.includes('/')) ? undefined : segments.join('/')
  } catch {
    return undefined
  }
}

/** `If-None-Match` compares weakly (RFC 9110, 13.1.2). */
function isKnown(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false
  const known = header.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}

async function readOptional(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  port: number,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(listener)
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), 10_000)
    server.close(() => {
      clearTimeout(patience)
      resolve()
    })
    server.closeIdleConnections()
  })
}
