import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './harness/fixtures.ts'
import type { Running } from './harness/running.ts'

interface BuiltFile {
  name: string
  text: string
}

async function read(product: Running, extension: string): Promise<BuiltFile[]> {
  const names = (await readdir(product.directory, { recursive: true })).filter((name) =>
    name.endsWith(extension),
  )
  return Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(join(product.directory, name), 'utf8'),
    })),
  )
}

const which = (files: readonly BuiltFile[], pattern: RegExp) =>
  files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

test('T11, T20, T34, T35: shipped scripts hear no messages, name no third party, and register no worker of the network', async ({
  product,
}) => {
  // Libraries that are shipped as they are: what they could ask for, the policy of their page stops.
  const scripts = (await read(product, '.js')).filter(
    ({ name }) => !/^(?:pagefind|explorer\/scalar-[^/]+)\//.test(name),
  )
  expect(scripts.length).toBeGreaterThan(20)
  // `onmessage` of a port or worker of our own is no listener to other windows.
  expect(which(scripts, /addEventListener\(\s*[`'"](?:message|storage)[`'"]/)).toEqual([])
  expect(which(scripts, /window\.(?:opener|onmessage)|\bonstorage\b/)).toEqual([])
  expect(which(scripts, /serviceWorker/)).toEqual([])
  expect(which(scripts, /\beval\(|new Function\(|document\.write\(/)).toEqual([])
  const known = [product.docs, product.issuer, product.api].map((url) => new URL(url).host)
  const own = (host: string) => known.includes(host) || host.startsWith('localhost')
  // Namespaces and the address of a project in a comment or a text are asked by nobody.
  const named = [
    ...['www.w3.org', 'github.com', 'json-schema.org', 'any.invalid'],
    // In descriptions that the GraphQL library has for its own directives and for its developers.
    ...['yarnpkg.com', 'en.wikipedia.org', 'commonmark.org'],
  ]
  const hosts = scripts.flatMap(({ text }) =>
    [...text.matchAll(/https?:\/\/([\w.-]+(?::\d+)?)/g)].map(([, host = '']) => host),
  )
  expect([...new Set(hosts)].filter((host) => !own(host) && !named.includes(host))).toEqual([])
})

test('T10, T40: no page asks for a password or opens a window that could reach back', async ({
  product,
}) => {
  const pages = await read(product, '.html')
  expect(pages.length).toBeGreaterThan(50)
  expect(which(pages, /<input[^>]*type=["']?password/i)).toEqual([])
  expect(which(pages, /target=["']?_blank(?![^>]*noopener)/i)).toEqual([])
  expect(which(pages, /<(?:iframe|object|embed|base)\b/i)).toEqual([])
  const headers = await readFile(join(product.directory, '_headers'), 'utf8')
  expect(headers).toMatch(/^ {2}Cross-Origin-Opener-Policy: same-origin$/m)
})
