import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linksOf, markdownTwinPath } from '../../src/agents/links.ts'
import { llmsIndex } from '../../src/agents/llms.ts'
import { textPages } from '../../src/agents/text-page.ts'
import { type RunningSandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { readSite } from '../../src/site.ts'
import { freePorts } from '../free-ports.ts'
import { document, graphql, guides, reference } from './reference.ts'

let folder: string
let sandbox: RunningSandbox
let docs: Server
let start: string
/** Addresses that were read, in order. */
const visited: string[] = []

/** A sandbox in a hurry, and the Markdown of the docs; there is no HTML to fall back to. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walk-'))
  const ports = await freePorts()
  const site = readSite({
    DOCS_TARGET: 'local',
    DOCS_PORT: String(ports.docs),
    AUTH_PORT: String(ports.auth),
    API_PORT: String(ports.api),
    MCP_PORT: String(ports.mcp),
  })
  const begun = Date.now()
  const clock = { now: () => begun + (Date.now() - begun) * 10 }
  const data = join(folder, '.sandbox')
  sandbox = await startSandbox({ directory: data, ports, docsOrigins: [site.origin], clock })
  const pages = textPages({ site, document, reference, guides, graphql })
  const twins = new Map(pages.map((page) => [markdownTwinPath(page.path), page]))
  const link = linksOf(site, (path) => twins.has(markdownTwinPath(path)))
  docs = createServer((request, response) => {
    const path = request.url ?? ''
    const text =
      path === '/llms.txt'
        ? llmsIndex({ site, reference, pages, link })
        : twins.get(path)?.markdown()
    response.statusCode = text === undefined ? 404 : 200
    response.end(text)
  }).listen(ports.docs, 'localhost')
  start = `${site.url}/llms.txt`
})

afterAll(async () => {
  docs?.close()
  await sandbox?.close()
  await rm(folder, { recursive: true, force: true })
})

test('from llms.txt by way of the quickstart a stream is put on air', async () => {
  const quickstart = await read(linkCalled('Quickstart', await read(start)))
  const upToAir = quickstart.slice(0, quickstart.indexOf('## 8.'))
  const output = await bash(codeBlocks(upToAir).join('\n'))
  expect(output).toContain('On air.')
})

test('from llms.txt by way of the operations alone a stream is put on air', async () => {
  const index = await read(start)
  const call = async (title: string, change = (command: string) => command): Promise<Json> => {
    const [command] = codeBlocks(await read(linkCalled(title, index)))
    const answer = await bash(`. .sandbox/demo.env\n${change(command ?? '')}`)
    return JSON.parse(answer) as Json
  }
  // What the page of the call says it takes, from pages of what there is.
  const destination = await call('Create an RTMP destination')
  const uploads = (await call('List uploads')).data as Json[]
  const video = uploads.find(({ type, uploaded }) => type === 'video' && uploaded === true)
  const stream = await call('Create a stream', (command) =>
    command.replace(/dest_\w+/, String(destination.id)).replace(/obj_\w+/, String(video?.id)),
  )
  const ofStream = (command: string) => command.replace(/stream_\w+/, String(stream.id))

  expect(await call("Check a stream's readiness", ofStream)).toMatchObject({ ready: true })
  expect(await call('Start a stream', ofStream)).toMatchObject({ state: 'preparing' })
  await expect
    .poll(async () => (await call('Get a stream', ofStream)).state, { timeout: 10_000 })
    .toBe('active')
  expect(visited.every((address) => /\/llms\.txt$|\.md$/.test(address))).toBe(true)
})

type Json = Record<string, unknown>

async function read(address: string): Promise<string> {
  visited.push(address)
  const response = await fetch(address)
  expect(response.status, address).toBe(200)
  return response.text()
}

/** Where a link of a text leads. */
function linkCalled(words: string, text: string): string {
  const link = [...text.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].find(([, label]) => label === words)
  if (!link?.[2]) throw new Error(`There is no link "${words}".`)
  return link[2]
}

function codeBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)
}

function bash(script: string): Promise<string> {
  const shell = spawn('bash', ['--noprofile', '--norc'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const chunks: Buffer[] = []
  shell.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  shell.stdin.end(script)
  return new Promise((resolve) => {
    shell.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}
