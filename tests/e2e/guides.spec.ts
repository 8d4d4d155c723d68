import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { createServer } from 'vite'
import { guideGroups } from '../../src/content/guide-groups.ts'
import { guideValueMap } from '../../src/markdown/guide-values.ts'
import { readSite } from '../../src/site.ts'
import { readCodeBlocks } from '../guides/code-blocks.ts'
import { expect, test } from './harness/fixtures.ts'
import { weighPage } from './harness/page-weight.ts'
import type { Running } from './harness/running.ts'
import { signIn } from './harness/sign-in.ts'

test.describe.configure({ mode: 'parallel' })

test('the front page shows a call with its answer from the document, and leads on', async ({
  product,
}) => {
  const html = await (await fetch(`${product.docs}/`)).text()
  for (const path of [
    '/guides/quickstart/',
    '/guides/authentication/',
    '/reference/',
    '/guides/run-the-sandbox/',
  ]) {
    expect(html).toContain(`href="${path}"`)
  }
  const text = html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
  expect(text).toContain(`curl ${product.api}/v1/streams`)
  const { components } = (await (await fetch(`${product.docs}/openapi.json`)).json()) as {
    components: { examples: Record<string, { value: { name: string } }> }
  }
  const name = components.examples.CreateLoopOfOneVideo?.value.name ?? ''
  expect(name).not.toBe('')
  // Once in the request, once in what came of it.
  expect(text.split(`"name": "${name}"`).length - 1).toBeGreaterThanOrEqual(2)
  expect(text).toContain('201 Created')
})

test('the calculator of "Billing and credits" prices what is asked, and is not there without script', async ({
  page,
  browser,
  product,
}) => {
  const address = `${product.docs}/guides/billing-and-credits/`
  await page.goto(address)
  await page.getByLabel('Quality').selectOption('q_1080p')
  await page.getByLabel('Framerate').selectOption('f_30')
  await expect(page.locator('output')).toHaveText('9,979,200 credits, $9.98')
  await page.getByLabel('Hours a day').fill('25')
  await expect(page.locator('output')).toHaveText('A day has up to 24 hours.')

  const plain = await browser.newPage({ javaScriptEnabled: false })
  await plain.goto(address)
  await expect(plain.getByRole('cell', { name: '$9.98' })).toBeVisible()
  await expect(plain.locator('credit-calculator')).toBeHidden()
  await plain.close()
})

test('the origin given with --app may read the answers of the sandbox, and no other may', async ({
  product,
}) => {
  const allowed = async (origin: string) => {
    const answer = await fetch(`${product.api}/v1/status`, { headers: { origin } })
    return answer.headers.get('access-control-allow-origin')
  }
  expect(await allowed(product.app)).toBe(product.app)
  expect(await allowed('http://localhost:1')).toBeNull()
})

test('no guide weighs more than its budget, nor does the front page', async ({ product }) => {
  const guides = guideGroups.flatMap((group) => group.guides.map((guide) => `/guides/${guide}/`))
  for (const path of ['/', ...guides]) {
    const { html, css, js, requests } = await weighPage(product.directory, path)
    expect(html + css + js, path).toBeLessThanOrEqual(30 * 1024)
    expect(css, path).toBeLessThanOrEqual(12 * 1024)
    expect(js, path).toBeLessThanOrEqual(6 * 1024)
    expect(requests, path).toBeLessThanOrEqual(8)
  }
})

test.describe('the app of "Sign in from your own browser app"', { tag: '@deep' }, () => {
  test.use({ expectedProblems: [/^request to a foreign host: http:\/\/localhost:/] })

  test('signs in as printed and lists the streams', async ({ page, product }) => {
    const folder = await mkdtemp(join(tmpdir(), 'docs-e2e-app-'))
    await writeFiles(folder, product)
    const server = await createServer({
      root: folder,
      cacheDir: join(folder, '.vite'),
      logLevel: 'error',
      server: { port: Number(new URL(product.app).port), strictPort: true, fs: { strict: false } },
    })
    try {
      await server.listen()
      await page.goto(`${product.app}/`)
      await page.getByRole('button', { name: 'Sign in with Streamloop' }).click()
      await page.getByRole('button', { name: 'Continue as the demo user' }).click()
      await page.getByRole('button', { name: 'Allow', exact: true }).click()
      await expect(page.getByRole('status')).toHaveText('Signed in.')
      await expect(page.getByRole('listitem').first()).toHaveText(/^.+: [a-z]+$/)
      expect(page.url()).toBe(`${product.app}/`)
    } finally {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

async function writeFiles(folder: string, { docs, issuer, api }: Running): Promise<void> {
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  const port = (address: string) => new URL(address).port
  const site = readSite({
    DOCS_TARGET: 'local',
    DOCS_PORT: port(docs),
    AUTH_PORT: port(issuer),
    API_PORT: port(api),
  })
  const values = guideValueMap(site, '/v1')
  const blocks = (await readCodeBlocks()).get('sign-in-from-a-browser-app.mdx') ?? []
  for (const { file, source } of blocks) {
    if (file === undefined) continue
    const text = source.replace(/%([A-Z_]+)%/g, (whole, name) => values.get(name) ?? whole)
    await writeFile(join(folder, file), text)
  }
}

test('"Quickstart in the browser" puts a stream on air, from page to page', {
  tag: '@deep',
}, async ({ page, product }) => {
  const panel = page.getByRole('region', { name: 'Try it' })
  const response = page.getByRole('region', { name: 'Response' })
  const guide = `${product.docs}/guides/quickstart-in-the-browser/`
  const send = () => panel.getByRole('button', { name: 'Send', exact: true }).click()

  await follow(page, guide, 'List destinations')
  await signIn(page)
  await send()
  await expect(response).toContainText('Twitch main')

  await follow(page, guide, 'Create a stream')
  await openPanel(page)
  await send()
  await response.getByRole('button', { name: /^Allow streamloop:write/ }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(response).toContainText('201 Created')
  const id = /stream_[0-9A-Z]{26}/.exec((await response.textContent()) ?? '')?.[0] ?? ''
  expect(id).not.toBe('')

  const call = async (name: string, expected: RegExp) => {
    await follow(page, guide, name)
    await openPanel(page)
    await panel.getByRole('combobox', { name: /^id required/ }).fill(id)
    await expect(async () => {
      await send()
      await expect(response).toContainText(expected, { timeout: 1_500 })
    }).toPass()
  }
  await call("Check a stream's readiness", /"ready":\s*true/)
  await call('Start a stream', /"state":\s*"preparing"/)
  await call('Get a stream', /"state":\s*"active"/)
  await call('Stop a stream', /"state":\s*"stopping"/)
})

/** From the guide to the page of a call, by the guide's own link. */
async function follow(page: Page, guide: string, name: string): Promise<void> {
  await page.goto(guide)
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
}

async function openPanel(page: Page): Promise<void> {
  const panel = page.getByRole('region', { name: 'Try it' })
  if (await panel.isVisible()) return
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await expect(panel).toBeVisible()
}
