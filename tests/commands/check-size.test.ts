import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scriptSizes } from '../../src/commands/check-size.ts'

/** What a build calls its scripts, each with what it imports at once. */
const scripts: Readonly<Record<string, string>> = {
  'TryIt.astro_astro_type_script_index_0_lang.AAAAAAAA.js': 'import "./shared.AAAAAAAA.js"',
  'shared.AAAAAAAA.js': `export const shared = ${JSON.stringify('on the page already '.repeat(99))}`,
  'open-panel.AAAAAAAA.js': 'import "./shared.AAAAAAAA.js";import "./form.AAAAAAAA.js"',
  'form.AAAAAAAA.js': 'export const form = 1',
  'body.AAAAAAAA.js': 'import "./form.AAAAAAAA.js";export const body = 2',
  'secrets.AAAAAAAA.js': 'export const secrets = 3',
  'edit-instead.AAAAAAAA.js': 'export const editor = 4',
  'connect.AAAAAAAA.js': 'import "./open-panel.AAAAAAAA.js"',
  'sign-in-trip.AAAAAAAA.js': 'import "./sign-in.AAAAAAAA.js";import("./later.AAAAAAAA.js")',
  'callback.astro_astro_type_script_index_0_lang.AAAAAAAA.js': 'import "./sign-in.AAAAAAAA.js"',
  'later.AAAAAAAA.js': 'export const later = 5',
  'sign-in.AAAAAAAA.js': 'export const signIn = 6',
  'vault-worker-AAAAAAAA.js': 'export const worker = 7',
}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sizes-'))
  await mkdir(join(folder, '_astro'))
  for (const [name, text] of Object.entries(scripts)) {
    await writeFile(join(folder, '_astro', name), text)
  }
})

afterEach(() => rm(folder, { recursive: true }))

function weight(...names: string[]): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return names
    .map((name) => brotliCompressSync(scripts[`${name}.js`] ?? '', { params }).length)
    .reduce((sum, bytes) => sum + bytes, 0)
}

test('a step weighs what it imports at once, and nothing that was there before or comes later', async () => {
  const bytes = new Map((await scriptSizes(folder)).map((size) => [size.what, size.bytes]))
  const opening = weight('open-panel.AAAAAAAA', 'form.AAAAAAAA')
  const form = weight('body.AAAAAAAA', 'secrets.AAAAAAAA')
  expect(bytes.get('opening the panel')).toBe(opening)
  expect(bytes.get('opening the panel where a body holds secrets')).toBe(opening + form)
  expect(bytes.get('editing JSON')).toBe(weight('edit-instead.AAAAAAAA'))
  expect(bytes.get('signing in')).toBe(
    weight(
      'connect.AAAAAAAA',
      'sign-in-trip.AAAAAAAA',
      'sign-in.AAAAAAAA',
      'vault-worker-AAAAAAAA',
      'callback.astro_astro_type_script_index_0_lang.AAAAAAAA',
    ),
  )
})

test('a script that is not there under its name is no script of no weight', async () => {
  await rm(join(folder, '_astro', 'vault-worker-AAAAAAAA.js'))
  await expect(scriptSizes(folder)).rejects.toThrow('no script called vault-worker')
})
