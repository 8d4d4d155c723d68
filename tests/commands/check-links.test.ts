import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkBuild } from '../../src/commands/check-links.ts'

const site = { origin: 'https://docs.example', base: '/docs' }
let directory: string | undefined

afterEach(async () => {
  if (directory) await rm(directory, { recursive: true, force: true })
})

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  directory = await mkdtemp(join(tmpdir(), 'check-links-'))
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const { problems } = await checkBuild(directory, site)
  return problems.map(({ file, message }) => `${file}: ${message}`)
}

const page = (body: string, head = ''): string =>
  `<!doctype html><html><head>${head}</head><body><h1>Title</h1>${body}</body></html>`

test('finds nothing wrong with a site whose links all lead somewhere', async () => {
  const problems = await problemsOf({
    'index.html': page(
      `<a href="/docs/guides/start/#first">in full</a> <a href="guides/start/">beside</a>
       <a href="#here">here</a> <p id="here"></p> <div hidden><h1>Later</h1></div> <a href="https://elsewhere.example/">away</a>
       <a href="https://docs.example/pricing">the host's own page</a>
       <a href="mailto:a@b.example">mail</a> <img alt="" src="/docs/logo.svg">`,
      '<link rel="stylesheet" href="/docs/site.css">',
    ),
    'guides/start/index.html': page(
      '<h2 id="first">First</h2><a href="../../">home</a><a href="../../#query=1">ask</a>',
    ),
    'logo.svg': '<svg/>',
    'site.css': '',
  })
  expect(problems).toEqual([])
})

test.each([
  ['a page that is not there', '<a href="/docs/gone/">x</a>', '"/docs/gone/" leads nowhere.'],
  ['a link without the base path', '<a href="/guides/">x</a>', 'outside the base path /docs/'],
  ['a fragment that is not there', '<a href="#gone">x</a>', 'leads to an id'],
  ['a script scheme', '<a href="javascript:alert(1)">x</a>', 'is not a safe address.'],
  ['an id that stands twice', '<p id="a"></p><p id="a"></p>', 'The id "a" stands twice.'],
  ['a second main heading', '<h1>Again</h1>', 'There are 2 headings <h1>'],
  ['an inline style', '<p style="color: red"></p>', '<p> has an inline style.'],
  ['an inline event handler', '<p onclick="f()"></p>', '<p> has an inline event handler.'],
  ['a picture of another host', '<img src="https://cdn.example/a.png">', 'from another host.'],
  ['a candidate picture', '<img srcset="/docs/gone.png 2x">', '"/docs/gone.png" leads nowhere.'],
])('names %s', async (_case, body, message) => {
  const problems = await problemsOf({ 'index.html': page(body) })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(message)
})

test('names an inline script that one of the two policies does not know', async () => {
  const script = 'document.title = "x"'
  const hash = createHash('sha256').update(script).digest('base64')
  const meta = `<meta http-equiv="Content-Security-Policy" content="script-src 'sha256-${hash}'">`
  const html = page(`<script>${script}</script><script type="application/json">{}</script>`, meta)
  expect(await problemsOf({ 'index.html': html })).toEqual([])
  const problems = await problemsOf({
    'index.html': html,
    _headers: "/docs/*\n  Content-Security-Policy: script-src 'self'\n",
  })
  expect(problems).toEqual([
    'index.html: An inline <script> is not in the policy: document.title = "x"…',
  ])
})
