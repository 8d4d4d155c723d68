import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readGuides } from '../../src/agents/guides.ts'
import { redirectsOf } from '../../src/hosting/former-addresses.ts'
import { printRedirects, type Redirect, readRedirects } from '../../src/hosting/redirects.ts'
import { type StaticServer, startStaticServer } from '../../src/hosting/static-server.ts'
import { loadReference } from '../../src/model/load.ts'
import { readSite } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'

const base = '/docs'
let redirects: Redirect[]
let folder: string
let server: StaticServer

beforeAll(async () => {
  redirects = await redirectsOf(readSite({}))
  folder = await mkdtemp(join(tmpdir(), 'redirects-'))
  for (const name of ['404.html', 'index.html'])
    await writeFile(join(folder, name), '<!doctype html>')
  // Every page that an old address may lead to, and no other.
  const { operations, tags } = await loadReference()
  const pages = [...operations, ...tags, ...readGuides().map(({ path }) => ({ href: path }))]
  for (const { href } of [...pages, { href: '/reference/' }]) {
    for (const file of [`${href}index.html`, `${href.slice(0, -1)}.md`]) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), href)
    }
  }
  await writeFile(join(folder, '_redirects'), printRedirects(redirects, base))
  server = await startStaticServer({ directory: folder, base, port: (await freePorts()).docs })
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Where an address of the old site ends. */
async function follow(path: string): Promise<string> {
  const answer = await fetch(server.origin + base + path)
  expect(answer.status, path).toBe(200)
  expect(answer.redirected, path).toBe(true)
  return answer.url.slice((server.origin + base).length)
}

describe('an address of the old site', () => {
  test('leads to the page of every operation, by what it is called now', async () => {
    const { operations } = await loadReference()
    expect(operations.length).toBeGreaterThan(30)
    for (const { tag, summary, href } of operations) {
      const slug = summary.toLowerCase().replaceAll("'", '').replaceAll(' ', '-')
      expect(await follow(`/api-reference/${tag}/${slug}`)).toBe(href)
      expect(await follow(`/api-reference/${tag}/${slug}/`)).toBe(href)
      expect(await follow(`/api-reference/${tag}/${slug}.md`)).toBe(`${href.slice(0, -1)}.md`)
    }
  })

  test.each([
    ['streams/get-a-streams-live-youtube-stats', '/reference/streams/get-stream-live-stats/'],
    ['streams/schedule-a-streams-startend', '/reference/streams/schedule-stream/'],
    [
      'destinations/create-a-custom-rtmp-destination',
      '/reference/destinations/create-rtmp-destination/',
    ],
    ['uploads/generate-a-presigned-upload-url', '/reference/uploads/generate-upload-url/'],
  ])('%s, which was called otherwise then, leads to %s', async (from, to) => {
    expect(await follow(`/api-reference/${from}`)).toBe(to)
  })

  test.each([
    ['quickstart', '/guides/quickstart/'],
    ['mcp/tools', '/guides/mcp-tools/'],
    ['authentication', '/guides/authentication/'],
  ])('%s leads to the guide %s', async (from, to) => {
    expect(await follow(`/api-reference/${from}`)).toBe(to)
  })

  test('that nobody knows leads near: to its tag, or to the whole reference', async () => {
    expect(await follow('/api-reference/streams/something-else')).toBe('/reference/streams/')
    expect(await follow('/api-reference/streams')).toBe('/reference/streams/')
    expect(await follow('/api-reference/scenes')).toBe('/reference/')
  })

  test('keeps its query, and is answered 301', async () => {
    const answer = await fetch(`${server.origin}${base}/api-reference/quickstart?from=mail`, {
      redirect: 'manual',
    })
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe('/docs/guides/quickstart/?from=mail')
  })

  test('never leads to two places', () => {
    const seen = redirects.map(({ from }) => from)
    expect(seen.toSorted()).toEqual([...new Set(seen)].toSorted())
  })
})

test('the file says what it was given, addresses with the base', () => {
  const text = printRedirects(
    [
      { from: '/old', to: '/new/' },
      { from: '/old/*', to: '/new/' },
    ],
    base,
  )
  expect(text).toBe(
    '/docs/old /docs/new/ 301\n/docs/old/ /docs/new/ 301\n/docs/old/* /docs/new/ 301\n',
  )
  expect(readRedirects(text)).toHaveLength(3)
})

test("someone else's document has no old site", async () => {
  expect(await redirectsOf(readSite({ OPENAPI_DOCUMENT: 'openapi/openapi.yaml' }))).toEqual([])
})
