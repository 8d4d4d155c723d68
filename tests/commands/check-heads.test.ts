import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkHeads } from '../../src/commands/check-heads.ts'

const url = 'https://docs.example/docs'
let directory: string | undefined

afterEach(async () => {
  if (directory) await rm(directory, { recursive: true, force: true })
})

/** A page that has all that is asked, apart from what is given in its place. */
function head(path: string, given: Record<string, string> = {}): string {
  const parts = {
    title: `<title>Page ${path} | Docs</title>`,
    description: '<meta name="description" content="What it is &amp; does.">',
    canonical: `<link rel="canonical" href="${url}${path}"/>`,
    graph: `<meta property="og:title" content="Page ${path}"><meta property="og:type" content="article"><meta property="og:url" content="${url}${path}"><meta property="og:description" content="What it is &#38; does.">`,
    ...given,
  }
  return `<!doctype html><html><head>${Object.values(parts).join('')}</head><body></body></html>`
}

async function problemsOf(files: Record<string, string>, listed: string[]): Promise<string[]> {
  directory = await mkdtemp(join(tmpdir(), 'check-heads-'))
  const list = (addresses: string[]) => addresses.map((one) => `<loc>${one}</loc>`).join('')
  await writeFile(join(directory, 'sitemap-index.xml'), list([`${url}/sitemap-0.xml`]))
  await writeFile(join(directory, 'sitemap-0.xml'), list(listed.map((path) => url + path)))
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
  const problems = await checkHeads(directory, Object.keys(files), { url })
  return problems.map(({ file, message }) => `${file}: ${message}`)
}

test('finds nothing wrong with pages that say what they are, and where', async () => {
  const hidden = head('/back.html', { robots: '<meta name="robots" content="noindex">' })
  const files = { 'index.html': head('/'), 'a.html': head('/a.html'), 'back.html': hidden }
  expect(await problemsOf(files, ['/', '/a.html'])).toEqual([])
})

test.each([
  ['a missing title', { title: '' }, 'has no title.'],
  ['a missing description', { description: '' }, 'too short a description'],
  [
    'a description that goes on',
    { description: `<meta name="description" content="${'x'.repeat(400)}">` },
    '400 characters',
  ],
  [
    'an address that is not its own',
    { canonical: `<link rel="canonical" href="${url}/b/">` },
    'canonical address',
  ],
  ['missing Open Graph text', { graph: '' }, 'og:description'],
])('names %s', async (_case, given, message) => {
  const problems = await problemsOf({ 'index.html': head('/', given) }, ['/'])
  expect(problems.join('\n')).toContain(message)
  expect(problems.every((problem) => problem.startsWith('index.html: '))).toBe(true)
})

test('names a title that two pages have', async () => {
  const title = '<title>Page / | Docs</title>'
  const files = { 'index.html': head('/'), 'a.html': head('/a.html', { title }) }
  expect(await problemsOf(files, ['/', '/a.html'])).toContainEqual(
    'a.html: The page has the title of index.html: "Page / | Docs".',
  )
})

test('names what the sitemap has too little or too much', async () => {
  const hidden = head('/back.html', { robots: '<meta name="robots" content="noindex">' })
  const files = { 'index.html': head('/'), 'back.html': hidden }
  expect(await problemsOf(files, ['/back.html', '/gone/'])).toEqual([
    'index.html: The page is not in the sitemap.',
    'back.html: The page stands in the sitemap and wants not to be found.',
    `sitemap-0.xml: ${url}/gone/ is no page of the site.`,
  ])
})
