import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StaticServer, startStaticServer } from '../../src/hosting/static-server.ts'
import { entry, node, RunningCommand } from '../commands/run-command.ts'
import { freePorts } from '../free-ports.ts'
import { type EvilSite, startEvilSite } from './harness/evil.ts'
import { expect, test } from './harness/fixtures.ts'
import { type HostileDocument, hostileDocument } from './harness/hostile-document.ts'

// Both the site and its API are none of the product's.
test.use({ expectedProblems: [/^request to a foreign host: http:\/\/(?:localhost|127\.0\.0\.1):/] })

let folder: string
let site: StaticServer
let home: string
let api: EvilSite
let evil: EvilSite
let hostile: HostileDocument

test.beforeAll(async () => {
  test.setTimeout(300_000)
  folder = await mkdtemp(join(tmpdir(), 'docs-hostile-'))
  evil = await startEvilSite()
  api = await startEvilSite()
  hostile = hostileDocument(evil.origin)
  await writeFile(join(folder, 'hostile.json'), hostile.json)
  const { docs: port } = await freePorts()
  home = `http://localhost:${port}`
  const directory = await build('site')
  site = await startStaticServer({ directory, base: '/', port, documents: new Map() })
})

/** Builds the hostile document into a folder of this name. */
async function build(name: string): Promise<string> {
  const directory = join(folder, name)
  const command = new RunningCommand(node, [entry, 'build'], {
    OPENAPI_DOCUMENT: join(folder, 'hostile.json'),
    DOCS_ENVIRONMENTS: `Test=${api.origin}`,
    SITE_URL: home,
    OUT_DIR: directory,
  })
  expect(await command.ended(), command.stderr).toBe(0)
  return directory
}

/** A line for each file: its name and a hash of its bytes. */
async function fingerprint(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((file) => file.isFile() && file.name !== '.stamp')
  const lines = files.map(async (file) => {
    const path = join(file.parentPath, file.name)
    const hash = createHash('sha256').update(await readFile(path))
    return `${path.slice(directory.length)} ${hash.digest('hex')}`
  })
  return (await Promise.all(lines)).toSorted()
}

test.afterAll(async () => {
  await site?.close()
  await api?.close()
  await evil?.close()
  await rm(folder, { recursive: true, force: true })
})

test('T16, T24: no text of a document runs on any page, and each can be read', {
  tag: '@deep',
}, async ({ page }) => {
  expect(hostile.places).toBeGreaterThan(120)
  const hits: string[] = []
  await page.exposeFunction('__hit', (place: unknown) => hits.push(String(place)))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      Reflect.get(window, '__hit')(`policy: ${event.violatedDirective} ${event.sample}`)
    })
  })
  const files = await readdir(join(folder, 'site'), { recursive: true })
  const pages = files.filter((file) => file.endsWith('index.html') && !file.startsWith('oauth'))
  expect(pages.length).toBeGreaterThan(14)
  let seen = ''
  for (const file of pages) {
    await page.goto(`${home}/${file.slice(0, -'index.html'.length)}`)
    seen += await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
      return document.body.textContent
    })
    expect(await page.locator('[href^="javascript:" i], [href^="data:" i]').count(), file).toBe(0)
    expect(await page.evaluate(() => Reflect.get({}, 'polluted')), file).toBeUndefined()
  }
  expect(hits).toEqual([])
  const shown = new Set([...seen.matchAll(/canary(\d+)\b/g)].map(([, place]) => place))
  // Some places have no room on a page (a licence without an address, a name that is not shown);
  // what has must be there as text, not as the element that it wanted to be.
  expect(shown.size).toBeGreaterThan(hostile.places * 0.7)
  expect(seen).toContain('<img src=x onerror=__hit(')
})

test('T9, T16: the panel of such a page sends to the API alone, whatever the document calls a server', {
  tag: '@deep',
}, async ({ page }) => {
  const hits: string[] = []
  await page.exposeFunction('__hit', (place: unknown) => hits.push(String(place)))
  const text = await readFile(join(folder, 'site', 'openapi.json'), 'utf8')
  expect(text).toContain(evil.origin)
  await page.goto(`${home}/reference/tag/`)
  await page.locator('.operations a').first().click()
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Try it' })
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Response' })).toContainText(/200/)
  expect(api.asked.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  expect(evil.asked).toEqual([])
  expect(hits).toEqual([])
})

test('T34: two builds of the same source are the same bytes', { tag: '@deep' }, async () => {
  test.setTimeout(300_000)
  const again = await build('again')
  expect(await fingerprint(again)).toEqual(await fingerprint(join(folder, 'site')))
})
