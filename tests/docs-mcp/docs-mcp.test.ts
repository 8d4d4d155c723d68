import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { markdownTwinPath } from '../../src/agents/links.ts'
import { readBuiltDocs } from '../../src/docs-mcp/built-docs.ts'
import { searchPages } from '../../src/docs-mcp/search-pages.ts'
import { readDocument, writeJson } from '../../src/document/index.ts'
import { pages, reference } from '../agents/reference.ts'

let folder: string
let client: Client

/** The files of a build that the server reads, without the pages it does not. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-mcp-'))
  for (const page of pages) {
    const file = join(folder, markdownTwinPath(page.path))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, page.markdown())
  }
  await writeFile(
    join(folder, 'openapi.json'),
    writeJson(await readDocument('openapi/openapi.yaml')),
  )
  client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['src/commands/run.mjs', 'docs-mcp'],
      env: { PATH: process.env.PATH ?? '', OUT_DIR: folder },
    }),
  )
})

afterAll(async () => {
  await client?.close()
  await rm(folder, { recursive: true, force: true })
})

async function call(name: string, args: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: args })
  const [first] = content as { type: string; text: string }[]
  return { text: first?.text ?? '', isError: isError ?? false }
}

describe('the docs server, asked by the official client', () => {
  test('says what it is and which tools it has', async () => {
    expect(client.getServerVersion()?.name).toBe('streamloop-docs')
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['search', 'read_page', 'read_operation'])
    for (const { annotations } of tools) expect(annotations?.readOnlyHint).toBe(true)
  })

  test('finds a guide by what it is about, and an error by its code', async () => {
    expect((await call('search', { query: 'quickstart' })).text).toContain('/guides/quickstart.md')
    const [first] = (await call('search', { query: 'STREAM_LIVE', limit: 3 })).text.split('\n')
    expect(first).toContain('/errors/stream-live.md')
  })

  test('reads a page by path, by page address and by full address', async () => {
    const byPath = await call('read_page', { path: '/guides/quickstart.md' })
    expect(byPath.text).toMatch(/^# Quickstart/)
    for (const path of [
      '/guides/quickstart/',
      'guides/quickstart',
      'https://streamloop.app/docs/guides/quickstart/#top',
    ]) {
      expect(await call('read_page', { path })).toEqual(byPath)
    }
  })

  test('reads every operation by id, and by method and path', async () => {
    for (const { id, summary, method, path } of reference.operations) {
      const { text } = await call('read_operation', { operation: id })
      expect(text.split('\n')[0]).toBe(`# ${summary}`)
      expect((await call('read_operation', { operation: `${method} /v1${path}` })).text).toBe(text)
    }
  })

  test('says in words what is not there or not given', async () => {
    expect(await call('read_page', { path: '/../../etc/passwd' })).toMatchObject({ isError: true })
    const unknown = await call('read_operation', { operation: 'makeCoffee' })
    expect(unknown).toMatchObject({ isError: true })
    expect(unknown.text).toContain('listStreams')
    expect(await call('search', {})).toMatchObject({ isError: true })
    expect((await call('search', { query: 'xylophone' })).text).toContain('No page')
    await expect(client.callTool({ name: 'delete_everything' })).rejects.toThrow('no tool')
  })
})

test('without a build it says how to make one', async () => {
  await expect(readBuiltDocs(join(folder, 'nowhere'))).rejects.toThrow('run "npm run build" first')
})

test('a page with all the words comes before one that repeats one of them', () => {
  const page = (path: string, text: string) => ({ path, title: path, text })
  const some = [
    page('/a.md', 'stream stream stream stream'),
    page('/b.md', 'a stream and its schedule'),
    page('/c.md', 'nothing'),
  ]
  const found = searchPages(some, 'schedules of streams', 10)
  expect(found.map((hit) => hit.page.path)).toEqual(['/b.md', '/a.md'])
  expect(found[0]?.excerpt).toBe('a stream and its schedule')
})
