import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkBuild } from '../../src/commands/check-links.ts'
import { entry, node, RunningCommand } from './run-command.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-build-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const head = 'openapi: 3.1.0\ninfo:\n  title: Broken\n  version: "1"\n'

test.each([
  ['is not YAML', `${head}paths:\n  /a: [\n`, /broken\.yaml:\d+/],
  [
    'refers to what is not there',
    `${head}paths:\n  /a:\n    get:\n      responses:\n        "200":\n          $ref: "#/components/responses/Gone"\n`,
    /broken\.yaml:10:11 at \/paths\/~1a\/get\/responses\/200\/\$ref: .*Gone/,
  ],
])('a document that %s fails the build, with file and line', async (_case, text, message) => {
  const document = join(folder, 'broken.yaml')
  await writeFile(document, text)
  const env = { OPENAPI_DOCUMENT: document, OUT_DIR: join(folder, 'site') }
  const command = new RunningCommand(node, [entry, 'build'], env)
  expect(await command.ended()).toBe(1)
  expect(command.stderr).toMatch(message)
  expect(command.stderr).not.toMatch(/^\s+at /m)
  expect(existsSync(join(folder, 'site', 'index.html'))).toBe(false)
})

test('two builds at once do not take from each other what they make', async () => {
  const names = ['one', 'two']
  const ends = names.map(async (name) => {
    const document = join(folder, `${name}.yaml`)
    await writeFile(document, `${head}paths:\n  /${name}:\n    get:\n      operationId: ${name}\n`)
    const env = {
      OPENAPI_DOCUMENT: document,
      OUT_DIR: join(folder, name),
      SITE_URL: 'https://docs.example',
    }
    return new RunningCommand(node, [entry, 'build'], env).ended()
  })
  expect(await Promise.all(ends)).toEqual([0, 0])
  for (const name of names) {
    const site = { origin: 'https://docs.example', base: '/' }
    const { pages, problems } = await checkBuild(join(folder, name), site)
    expect(problems).toEqual([])
    expect(pages).toBeGreaterThan(3)
  }
}, 120_000)

test('preview without a build says what to run first', async () => {
  const env = { OUT_DIR: join(folder, 'nothing') }
  const command = new RunningCommand(node, [entry, 'preview'], env)
  expect(await command.ended()).toBe(1)
  expect(command.stderr.trim().split('\n')).toHaveLength(1)
  expect(command.stderr).toContain('npm run build')
})
