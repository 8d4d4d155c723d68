import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { secureSite } from '../../src/hosting/integration.ts'
import { headersFor, readHeaders } from '../../src/hosting/read-headers.ts'
import { hashSource } from '../../src/hosting/strict-page.ts'
import { readSite } from '../../src/site.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

const page = (body: string) =>
  `<html><head><meta charset="utf-8"></head><body>${body}</body></html>`

test('T18: each page allows its own scripts, the header those of all pages', async () => {
  await write({
    'index.html': page('<script>a()</script>'),
    'b/index.html': page('<script>b()</script>'),
  })
  await secureSite(folder, readSite({}))

  const a = await readFile(join(folder, 'index.html'), 'utf8')
  expect(a).toContain(hashSource('a()'))
  expect(a).not.toContain(hashSource('b()'))

  const blocks = readHeaders(await readFile(join(folder, '_headers'), 'utf8'))
  const policy = headersFor(blocks, '/docs/b/').get('content-security-policy')
  expect(policy).toContain(hashSource('a()'))
  expect(policy).toContain(hashSource('b()'))
})

test('the worker gets a policy that lets it call the environments and nothing else', async () => {
  await write({ 'index.html': page(''), '_astro/vault-worker-1a.js': '' })
  await secureSite(folder, readSite({ DOCS_TARGET: 'local' }))
  const blocks = readHeaders(await readFile(join(folder, '_headers'), 'utf8'))
  const headers = headersFor(blocks, '/_astro/vault-worker-1a.js')
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'self' http://localhost:4323 http://localhost:4322",
  )
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('files whose ending tells a host too little are sent with their type', async () => {
  const names = ['.well-known/api-catalog', 'schema.graphql', 'openapi.yaml']
  await write(Object.fromEntries([...names.map((name) => [name, '{}']), ['index.html', page('')]]))
  await secureSite(folder, readSite({}))
  const blocks = readHeaders(await readFile(join(folder, '_headers'), 'utf8'))
  const types = names.map((name) => headersFor(blocks, `/docs/${name}`).get('content-type'))
  expect(types).toEqual([
    expect.stringMatching(/^application\/linkset\+json;/),
    'text/plain; charset=utf-8',
    'application/yaml; charset=utf-8',
  ])
})

test('T8, T35: the page that receives the authorization code is neither stored nor named to others', async () => {
  await write({ 'index.html': page('') })
  await secureSite(folder, readSite({}))
  const blocks = readHeaders(await readFile(join(folder, '_headers'), 'utf8'))
  const headers = headersFor(blocks, '/docs/oauth/callback/')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  // What a reader typed into an address goes with no link out of a page.
  expect(headersFor(blocks, '/docs/guides/').get('referrer-policy')).toBe('strict-origin')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test('style attributes of all pages share one sheet, linked below the base path', async () => {
  await write({
    'index.html': page('<p style="--a:1">x</p>'),
    'b/index.html': page('<p style="--b:2">x</p>'),
    'c/index.html': page('<p>x</p>'),
  })
  await secureSite(folder, readSite({}))
  const sheets = (await readdir(join(folder, '_astro'))).filter((name) => name.endsWith('.css'))
  expect(sheets).toHaveLength(1)
  const sheet = await readFile(join(folder, '_astro', sheets[0] ?? ''), 'utf8')
  expect(sheet).toContain('{--a:1}')
  expect(sheet).toContain('{--b:2}')
  expect(await readFile(join(folder, 'b/index.html'), 'utf8')).toContain(
    `href="/docs/_astro/${sheets[0]}"`,
  )
  expect(await readFile(join(folder, 'c/index.html'), 'utf8')).not.toContain('stylesheet')
})

test('a page that cannot be strict stops the build and is named', async () => {
  await write({ 'guides/bad/index.html': page('<p onclick="a()">x</p>') })
  await expect(secureSite(folder, readSite({}))).rejects.toThrow(
    /guides\/bad\/index\.html: .*onclick/,
  )
})
