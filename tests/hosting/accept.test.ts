import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prefersMarkdown } from '../../src/hosting/accept.ts'
import { type StaticServer, startStaticServer } from '../../src/hosting/static-server.ts'
import { freePorts } from '../free-ports.ts'

let directory: string
let server: StaticServer

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'accept-'))
  for (const [name, text] of [
    ['index.html', '<h1>Home</h1>'],
    ['index.md', '# Home'],
    ['guides/start/index.html', '<h1>Start</h1>'],
    ['guides/start.md', '# Start'],
    ['lost/index.html', '<h1>Lost</h1>'],
    ['.well-known/api-catalog', '{"linkset":[]}'],
  ] as const) {
    await mkdir(join(directory, name, '..'), { recursive: true })
    await writeFile(join(directory, name), text)
  }
  server = await startStaticServer({ directory, base: '/docs', port: (await freePorts()).docs })
})

afterAll(async () => {
  await server?.close()
  await rm(directory, { recursive: true, force: true })
})

function get(path: string, accept: string): Promise<Response> {
  return fetch(server.origin + path, { headers: { accept } })
}

describe('a page that has a Markdown twin', () => {
  test.each([
    ['/docs/', '# Home'],
    ['/docs/guides/start/', '# Start'],
  ])('is answered as Markdown at %s to a client that asks for it', async (path, text) => {
    const answer = await get(path, 'text/markdown, text/html;q=0.9, */*;q=0.8')
    expect(await answer.text()).toBe(text)
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(answer.headers.get('vary')).toMatch(/^Accept\b(?!-)/)
  })

  test('is HTML to a browser, and says that it has another face', async () => {
    const answer = await get('/docs/guides/start/', 'text/html,application/xml;q=0.9,*/*;q=0.8')
    expect(await answer.text()).toBe('<h1>Start</h1>')
    expect(answer.headers.get('vary')).toMatch(/^Accept\b(?!-)/)
  })

  test('has a tag for each face, so that a cache never mixes them', async () => {
    const html = await get('/docs/', 'text/html')
    const markdown = await get('/docs/', 'text/markdown')
    expect(html.headers.get('etag')).not.toBe(markdown.headers.get('etag'))
  })
})

test('a page without a twin is HTML whatever is asked', async () => {
  const answer = await get('/docs/lost/', 'text/markdown')
  expect(await answer.text()).toBe('<h1>Lost</h1>')
  expect(answer.headers.get('vary')).toBeNull()
})

test('the API catalogue is sent as a linkset, at the root of the host too', async () => {
  for (const path of ['/.well-known/api-catalog', '/docs/.well-known/api-catalog']) {
    const answer = await get(path, '*/*')
    expect(answer.headers.get('content-type')).toMatch(/^application\/linkset\+json;/)
    expect(await answer.text()).toBe('{"linkset":[]}')
  }
})

test.each([
  [undefined, false],
  ['*/*', false],
  ['text/*', false],
  ['text/html, */*;q=0.1', false],
  ['text/html, text/markdown;q=0.5', false],
  ['text/markdown;q=0', false],
  ['text/markdown;q=x', false],
  ['text/markdown', true],
  ['TEXT/Markdown ; q=0.9, text/html;q=0.8', true],
  ['text/markdown, */*', true],
])('Accept: %s asks for Markdown: %s', (header, expected) => {
  expect(prefersMarkdown(header)).toBe(expected)
})
