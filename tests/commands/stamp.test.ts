import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inputsStamp } from '../../src/commands/stamp.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stamp-'))
  for (const room of ['src/pages', 'src/sandbox', 'openapi', 'public']) {
    await mkdir(join(folder, room), { recursive: true })
  }
  await writeFile(join(folder, 'src/pages/index.astro'), 'one')
  await writeFile(join(folder, 'openapi/openapi.yaml'), 'one')
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const stamp = (env: NodeJS.ProcessEnv = {}): Promise<string> => inputsStamp(env, folder)

test('stays the same while nothing changes', async () => {
  expect(await stamp()).toBe(await stamp())
})

test.each([
  'src/pages/index.astro',
  'src/pages/new.astro',
  'openapi/openapi.yaml',
  'public/robots.txt',
  'astro.config.mjs',
  'package-lock.json',
])('changes with %s', async (file) => {
  const before = await stamp()
  await writeFile(join(folder, file), 'two')
  expect(await stamp()).not.toBe(before)
})

test('changes with a port, which the pages name', async () => {
  expect(await stamp({ API_PORT: '5000' })).not.toBe(await stamp())
})

test('does not change with the sandbox, which no page is made from', async () => {
  const before = await stamp()
  await writeFile(join(folder, 'src/sandbox/sandbox.ts'), 'two')
  expect(await stamp()).toBe(before)
})
