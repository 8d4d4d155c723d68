import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SnippetCredential } from '../../src/model/operation.ts'
import type { ApiRequest, BodyFile } from '../../src/request/api-request.ts'
import { printCurl } from '../../src/snippets/curl.ts'
import { type Language, languages } from '../../src/snippets/languages.ts'
import { textOf } from '../../src/snippets/token.ts'
import { arbitraryRequest, type Limits } from './arbitrary-request.ts'
import { contentOf, meant, seen } from './compare.ts'
import { startEchoServer } from './echo-server.ts'

/** Requests per language: `SNIPPET_RUNS=10000` for the long run. */
const runs = Number(process.env.SNIPPET_RUNS ?? 80)
const seed = Number(process.env.SNIPPET_SEED ?? 20_260_601)
const batch = 250

const credentials: SnippetCredential[] = [
  { kind: 'apiKey', header: 'x-api-key', prefix: '', variable: 'TEST_API_KEY' },
  { kind: 'bearer', header: 'Authorization', prefix: 'Bearer ', variable: 'TEST_TOKEN' },
]
const variables = { TEST_API_KEY: 'key "of" $HOME', TEST_TOKEN: "to'ken`id`" }

interface Interpreter {
  command: string
  /** Arguments before the file's name. */
  options: string[]
  extension: string
  /** One program that runs every snippet, each by itself. */
  program(snippets: readonly string[]): string
  limits: Limits
  /** Why the language cannot be tried here. */
  missing?: string
}

const everything: Limits = { repeatedHeaders: true, rawBrackets: true, protoHeader: true }
const maps: Limits = { repeatedHeaders: true, rawBrackets: false, protoHeader: true }

const interpreters: Record<string, Interpreter> = {
  curl: {
    command: 'bash',
    options: ['--noprofile', '--norc'],
    extension: 'sh',
    program: (snippets) => snippets.join('\n'),
    limits: everything,
    missing: lacks('bash', ['-c', 'curl --version'], 'bash with curl'),
  },
  javascript: {
    command: process.execPath,
    options: [],
    extension: 'mjs',
    // Each snippet is a module of its own; data URLs spare a file for each.
    program: (snippets) => `
      console.log = () => {}
      for (const source of ${JSON.stringify(snippets)}) {
        await import('data:text/javascript;base64,' + Buffer.from(source).toString('base64'))
      }`,
    limits: { ...maps, protoHeader: false },
  },
  python: {
    command: 'python3',
    options: [],
    extension: 'py',
    program: (snippets) => `
import base64, builtins
builtins.print = lambda *_: None
for source in ${JSON.stringify(snippets.map((one) => Buffer.from(one).toString('base64')))}:
    exec(compile(base64.b64decode(source).decode(), 'snippet', 'exec'), {})`,
    limits: maps,
    missing: lacks('python3', ['-c', 'import requests'], 'python3 with the requests package'),
  },
  php: {
    command: 'php',
    options: [],
    extension: 'php',
    program: (snippets) =>
      snippets
        .map((one) => `${one.replace(/^<\?php/, '')}`)
        .reduce((all, one) => all + one, '<?php'),
    limits: maps,
    missing: lacks('php', ['-r', 'exit(function_exists("curl_init") ? 0 : 1);'], 'php with curl'),
  },
  powershell: {
    command: 'pwsh',
    options: ['-NoProfile', '-File'],
    extension: 'ps1',
    program: (snippets) => snippets.join('\n'),
    limits: maps,
    missing: lacks('pwsh', ['-NoProfile', '-Command', 'exit 0'], 'pwsh'),
  },
}

function lacks(command: string, options: string[], name: string): string | undefined {
  return spawnSync(command, options).status === 0 ? undefined : `no ${name} here`
}

let directory: string
let canary: string
let server: Awaited<ReturnType<typeof startEchoServer>>

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snippets-'))
  await mkdir(join(directory, 'files'))
  canary = join(directory, 'canary')
  server = await startEchoServer()
})

afterAll(async () => {
  await server.close()
  await rm(directory, { recursive: true, force: true })
})

async function run(
  { command, options, extension, program }: Interpreter,
  snippets: string[],
  signal: AbortSignal,
) {
  const file = join(directory, `program.${extension}`)
  await writeFile(file, program(snippets))
  const child = spawn(command, [...options, file], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, LANG: 'C.UTF-8', ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
  return errors
}

/** Prints, runs and compares; returns how many differed, after showing the shortest of them. */
async function roundTrip(
  language: Language,
  interpreter: Interpreter,
  requests: ApiRequest[],
  signal: AbortSignal,
) {
  const sent = requests.map((request, index) => {
    const credential = credentials[index % 3]
    const key = `${language.id}-${index}`
    const full = { ...request, url: `${server.origin}/c/${key}${request.url}` }
    return { key, full, credential }
  })
  const snippets = sent.map(({ full, credential }) =>
    textOf(language.print(full, credential)).replaceAll('/path/to/', `${directory}/files/`),
  )
  for (const file of requests.flatMap(filesOf)) {
    await writeFile(join(directory, 'files', file.name), contentOf(file))
  }
  const errors = await run(interpreter, snippets, signal)
  const differences = sent.flatMap(({ key, full, credential }, index) => {
    const header =
      credential &&
      ([
        credential.header,
        credential.prefix + variables[credential.variable as keyof typeof variables],
      ] as const)
    const expected = meant(full, header)
    const got = server.take(key).map((one) => seen(one, full.body?.kind === 'multipart'))
    if (isDeepStrictEqual(got, [expected])) return []
    return [{ snippet: snippets[index] ?? '', expected, got, errors: errors.slice(-2_000) }]
  })
  const [shortest] = differences.sort((a, b) => a.snippet.length - b.snippet.length)
  if (shortest) {
    const { snippet, expected, got } = shortest
    console.error(snippet, shortest.errors, inspect({ expected, got }, { depth: 6 }))
  }
  return differences.length
}

function filesOf({ body }: ApiRequest): BodyFile[] {
  if (body?.kind === 'file') return [body.file]
  return body?.kind === 'multipart' ? body.parts.flatMap(({ file }) => file ?? []) : []
}

describe.each(Object.entries(interpreters))('T29: %s', (id, interpreter) => {
  const language = languages.find((one) => one.id === id)

  test.skipIf(interpreter.missing !== undefined)(
    `sends what the request says, whatever is in it (${interpreter.missing ?? `${runs} requests`})`,
    { timeout: 120_000 + runs * 500 },
    async ({ signal }) => {
      if (!language) throw new Error(`There is no language ${id}.`)
      const requests = fc.sample(arbitraryRequest(canary, interpreter.limits), {
        numRuns: runs,
        seed,
      })
      for (let start = 0; start < requests.length; start += batch) {
        const slice = requests.slice(start, start + batch)
        expect(await roundTrip(language, interpreter, slice, signal)).toBe(0)
      }
      expect(existsSync(canary)).toBe(false)
    },
  )
})

test.skipIf(interpreters.curl?.missing)(
  'curl sends bodies that no argument can hold',
  { timeout: 60_000 },
  async ({ signal }) => {
    const { curl } = interpreters
    const language = languages.find(({ print }) => print === printCurl)
    if (!curl || !language) throw new Error('curl is not among the languages.')
    const requests = [130_000, 1_100_000].flatMap((length): ApiRequest[] => [
      {
        method: 'POST',
        url: '/long',
        headers: [['Content-Type', 'text/plain']],
        body: { kind: 'text', text: `@'"${'%s\\n'.repeat(length / 4)}` },
      },
      {
        method: 'PUT',
        url: '/form',
        headers: [],
        body: { kind: 'multipart', parts: [{ name: 'a', value: 'é'.repeat(length / 2) }] },
      },
    ])
    expect(await roundTrip(language, curl, requests, signal)).toBe(0)
  },
)
