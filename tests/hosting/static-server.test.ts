import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StaticServer, startStaticServer } from '../../src/hosting/static-server.ts'
import { freePorts } from '../free-ports.ts'

const page = `<!doctype html><title>Home</title>${'<p>A paragraph.</p>'.repeat(200)}`
const files: Record<string, string> = {
  'index.html': page,
  '404.html': '<!doctype html><title>Not found</title>',
  'guides/quickstart/index.html': '<!doctype html><title>Quickstart</title>',
  'openapi.yaml': 'openapi: 3.1.0\n',
  'worker.js': '/* worker */',
  'café & co.txt': 'spelled out',
  _headers: '/docs/*\n  X-Frame-Options: DENY\n\n/docs/worker.js\n  X-Frame-Options: SAMEORIGIN\n',
  '.stamp': 'secret',
}

let outside: string
let port: number
let server: StaticServer

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'static-server-'))
  for (const [name, text] of Object.entries(files)) {
    const file = join(outside, 'site', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await writeFile(join(outside, 'outside.txt'), 'must not be read')
  port = (await freePorts()).docs
  server = await startStaticServer({
    directory: join(outside, 'site'),
    base: '/docs',
    port,
    documents: new Map([['/.well-known/oauth-protected-resource', '{"resource":"x"}']]),
  })
})

afterAll(async () => {
  await server?.close()
  await rm(outside, { recursive: true, force: true })
})

describe('a page', () => {
  test('is served under the base path with the headers of the built site', async () => {
    const answer = await get('/docs/')
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe(page)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-frame-options': 'DENY',
    })
  })

  test('is found at the folder with a slash, and redirected to it without, query kept', async () => {
    expect((await get('/docs/guides/quickstart/')).status).toBe(200)
    const answer = await get('/docs/guides/quickstart?a=1')
    expect([answer.status, answer.headers.location]).toEqual([308, '/docs/guides/quickstart/?a=1'])
  })

  test('that does not exist is the 404 page with status 404 and the same headers', async () => {
    const answer = await get('/docs/nowhere/')
    expect(answer.status).toBe(404)
    expect(answer.body.toString()).toContain('Not found')
    expect(answer.headers).toMatchObject({ 'x-frame-options': 'DENY' })
  })

  test('has no body when only asked for its head', async () => {
    const answer = await get('/docs/', {
      method: 'HEAD',
      headers: { 'accept-encoding': 'identity' },
    })
    expect(answer.status).toBe(200)
    expect(answer.body.length).toBe(0)
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(page)))
  })
})

test('the root leads to the base path', async () => {
  const answer = await get('/')
  expect([answer.status, answer.headers.location]).toEqual([308, '/docs/'])
})

test('a file of its own gets its own block, with its content type', async () => {
  const answer = await get('/docs/worker.js')
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-frame-options': 'SAMEORIGIN',
  })
  expect((await get('/docs/openapi.yaml')).headers['content-type']).toMatch(/^application\/yaml/)
})

test('a name with spaces and accents is found percent-encoded', async () => {
  const answer = await get('/docs/caf%C3%A9%20%26%20co.txt')
  expect(answer.body.toString()).toBe('spelled out')
})

describe('compression', () => {
  test('is brotli where the client takes it, else gzip, else none', async () => {
    const brotli = await get('/docs/', { headers: { 'accept-encoding': 'gzip, br' } })
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(brotli.body).toString()).toBe(page)
    const gzipped = await get('/docs/', { headers: { 'accept-encoding': 'gzip, br;q=0' } })
    expect(gzipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzipped.body).toString()).toBe(page)
    expect((await get('/docs/')).headers['content-encoding']).toBeUndefined()
    expect(brotli.headers.vary).toBe('Accept-Encoding')
  })
})

describe('validators', () => {
  test('answer 304 to the tag of the same encoding, and the page to any other', async () => {
    const headers = { 'accept-encoding': 'br' }
    const { etag = '' } = (await get('/docs/', { headers })).headers
    const again = await get('/docs/', { headers: { ...headers, 'if-none-match': `W/${etag}` } })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect(again.headers['x-frame-options']).toBe('DENY')
    const other = await get('/docs/', { headers: { 'if-none-match': etag } })
    expect(other.status).toBe(200)
  })
})

describe('refuses', () => {
  test.each([
    '/docs/../outside.txt',
    '/docs/%2e%2e/outside.txt',
    '/docs/..%2foutside.txt',
    '/docs/..%5coutside.txt',
    '/docs/.stamp',
    '/docs/_headers',
    '/docs/%00',
    '/docs/%E0%A4%A',
    '/docs//guides/quickstart',
    '//docs/guides/quickstart',
  ])('to hand out anything for %s', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.location).toBeUndefined()
    expect(answer.body.toString()).not.toMatch(/must not be read|secret/)
  })

  test('a host that is not this machine, so that a rebound name reads nothing', async () => {
    const answer = await get('/docs/', { headers: { host: `evil.example:${port}` } })
    expect(answer.status).toBe(421)
    expect(answer.body.toString()).not.toContain('<title>')
  })

  test('methods that change something', async () => {
    const answer = await get('/docs/', { method: 'POST' })
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  test('an address in absolute form', async () => {
    expect((await get('http://evil.example/docs/')).status).toBe(400)
  })
})

test('the numeric loopback address leads to localhost, path and query kept', async () => {
  const answer = await get('/docs/?a=1', { headers: { host: `127.0.0.1:${port}` } })
  expect([answer.status, answer.headers.location]).toEqual([
    308,
    `http://localhost:${port}/docs/?a=1`,
  ])
})

test("the host's documents stand at the root, outside the base path", async () => {
  const answer = await get('/.well-known/oauth-protected-resource')
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body.toString())).toEqual({ resource: 'x' })
  expect((await get('/docs/.well-known/oauth-protected-resource')).status).toBe(404)
})

test('closing lets a connection that waits go, and the port is free again', async () => {
  const { docs } = await freePorts()
  const other = await startStaticServer({ directory: join(outside, 'site'), port: docs })
  const waiting = connect(docs, 'localhost')
  waiting.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(waiting, 'data')
  // Half a request: by itself it would hold the server for longer than a test may take.
  waiting.write('GET / HTTP/1.1\r\n')
  waiting.on('error', () => {})
  const gone = new Promise((resolve) => waiting.once('close', resolve))
  await other.close()
  await gone
  const again = await startStaticServer({ directory: join(outside, 'site'), port: docs })
  await again.close()
})

interface Answer {
  status: number | undefined
  headers: IncomingMessage['headers']
  body: Buffer
}

/** Sends the path as it stands: `fetch` would fold `..` and refuse a foreign Host. */
function get(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, ...options.headers }
    const sent = request(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}
