import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'
import { signIn } from './harness/sign-in.ts'
import { readCurl } from './harness/snippets.ts'

const list = '/reference/streams/list-streams/'
const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })
const responseOf = (page: Page) => page.getByRole('region', { name: 'Response' })

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await expect(panelOf(page)).toBeVisible()
}

test('no code of the panel is loaded before it is wanted', async ({ page, product }) => {
  const scripts: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url())
  })
  await page.goto(product.docs + list)
  await page.waitForLoadState('networkidle')
  expect(scripts.filter((url) => /open-panel|vault|connect/.test(url))).toEqual([])
  await page.getByRole('button', { name: 'Try it', exact: true }).focus()
  await expect.poll(() => scripts.some((url) => url.includes('open-panel'))).toBe(true)
})

test('T38: a session outlives a reload, and signing out ends it in every tab', async ({
  page,
  context,
  product,
}) => {
  await page.goto(product.docs + list)
  await signIn(page)
  const panel = panelOf(page)
  await expect(panel).toContainText(/Demo user\s*· read · 5\d min/)
  await panel.getByRole('button', { name: 'Send' }).click()
  await expect(responseOf(page)).toContainText('200 OK')
  expect((await responseOf(page).innerText()).split('\n')[0]).toBe('200 OK')

  const other = await context.newPage()
  await open(other, `${product.docs}/reference/uploads/list-uploads/`)
  await expect(panelOf(other).getByRole('button', { name: 'Sign out' })).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await panel.getByRole('button', { name: 'Sign out' }).click()
  await expect(panel).toContainText('Signed out, here and at the authorization server.')
  await expect(
    panelOf(other).getByRole('button', { name: 'Sign in with Streamloop' }),
  ).toBeVisible()

  await panel.getByRole('button', { name: 'Send' }).click()
  await expect(responseOf(page)).toContainText('401 Unauthorized')
  await expect(responseOf(page)).toContainText('This call needs a sign-in.')
})

test('T14: an API that misses a scope gets exactly that one, and the call is made once more', async ({
  page,
  product,
}) => {
  await page.goto(product.docs + list)
  await signIn(page)
  await open(page, `${product.docs}/reference/streams/check-stream-readiness/`)
  await open(page, `${product.docs}/reference/streams/update-stream/`)
  const panel = panelOf(page)
  await expect(panel.getByRole('button', { name: 'Grant streamloop:write' })).toBeVisible()
  const name = `Renamed ${Date.now()}`
  await panel.getByLabel('Body').fill(JSON.stringify({ name }))
  await panel.getByRole('button', { name: 'Send' }).click()
  await expect(responseOf(page)).toContainText('403 Forbidden')
  await expect(responseOf(page)).toContainText(
    /Granted\s*streamloop:read\s*Missing\s*streamloop:write/,
  )
  const allow = responseOf(page).getByRole('button', { name: /^Allow streamloop:write/ })
  await allow.click()
  const consent = page.getByRole('heading', { name: /^Authorize/ })
  await expect(consent).toBeVisible()
  // A "no" comes back to the filled form, with what was granted before, and nothing is sent.
  await page.getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(panel.getByRole('alert').first()).toContainText('You declined the request.')
  await expect(panel.getByLabel('Body')).toHaveValue(new RegExp(name))
  await expect(panel).toContainText('Demo user')
  await expect(responseOf(page)).toContainText('Nothing sent yet.')
  await panel.getByRole('button', { name: 'Send' }).click()
  await allow.click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  // Nothing more is pressed.
  await expect(responseOf(page)).toContainText('200 OK')
  await expect(responseOf(page)).toContainText(name)
  await expect(panel).toContainText('read, write')
})

test('what is typed is in every sample at once, and a problem leads to its page', async ({
  page,
  product,
}) => {
  await open(page, `${product.docs}/reference/streams/get-stream/`)
  const panel = panelOf(page)
  await panel.getByLabel('id', { exact: false }).first().fill('stream_none')
  await expect.poll(() => readCurl(page)).toContain('/v1/streams/stream_none')
  await signIn(page)
  await expect(panel.getByLabel('id', { exact: false }).first()).toHaveValue('stream_none')
  await panel.getByRole('button', { name: 'Send' }).click()
  await expect(responseOf(page)).toContainText('404 Not Found')
  await responseOf(page).getByRole('link', { name: 'NOT_FOUND' }).click()
  await expect(page).toHaveURL(`${product.docs}/errors/not-found/`)
})

test('T14: what deletes asks once more, and going back sends nothing', async ({
  page,
  product,
}) => {
  await open(page, `${product.docs}/reference/destinations/delete-destination/`)
  const panel = panelOf(page)
  await panel.getByRole('button', { name: 'Send' }).click()
  await expect(panel).toContainText('deletes the destination')
  await expect(panel.getByRole('button', { name: /^Yes, / })).toBeFocused()
  await panel.getByRole('button', { name: 'No, go back' }).click()
  await expect(responseOf(page)).toContainText('Nothing sent yet.')
  await panel.getByRole('button', { name: 'Send' }).click()
  await panel.getByRole('button', { name: /^Yes, / }).click()
  // Nobody is signed in, so nothing was deleted.
  await expect(responseOf(page)).toContainText('401')
})

test('a body that does not fit says where, and can be sent all the same', async ({
  page,
  product,
}) => {
  await open(page, `${product.docs}/reference/streams/create-stream/`)
  const body = panelOf(page).getByLabel('Body')
  await body.fill('{"quality":"q_999p"}')
  await expect(panelOf(page)).toContainText('quality')
  await expect(body).toHaveAttribute('aria-invalid', 'true')
  await body.fill('{"quality":')
  await expect(panelOf(page)).toContainText('This is not JSON')
})

test('T15: an API key is refused in every field, and stays nowhere', async ({ page, product }) => {
  const key = 'sl_AbCdEf0123456789AbCdEf0123456789'
  await open(page, `${product.docs}/reference/streams/create-stream/`)
  const fields = panelOf(page).getByRole('textbox')
  const count = await fields.count()
  expect(count).toBeGreaterThan(1)
  for (let index = 0; index < count; index += 1) {
    const field = fields.nth(index)
    await field.fill(`x-api-key: ${key}`)
    await expect(panelOf(page)).toContainText('That looks like an API key.')
    // The editor may have taken the place of the body's field by now.
    const typed = () =>
      field.evaluate((element) => ('value' in element ? element.value : element.textContent))
    await expect.poll(typed).toBe('')
    await panelOf(page).getByRole('button', { name: 'Understood' }).click()
    await field.evaluate((element, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      const event = new ClipboardEvent('paste', {
        clipboardData: data,
        bubbles: true,
        cancelable: true,
      })
      element.dispatchEvent(event)
      if (!event.defaultPrevented) throw new Error('The paste went through.')
    }, key)
    await expect(panelOf(page)).toContainText('That looks like an API key.')
    await panelOf(page).getByRole('button', { name: 'Understood' }).click()
  }
  const everything = await page.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage]),
  )
  expect(everything).not.toContain(key.slice(3))
})

test('T7: a secret is masked, stays out of storage and samples, and comes back from the trip', async ({
  page,
  product,
}) => {
  const secret = 'live_trip_6f1f2d'
  await open(page, `${product.docs}/reference/destinations/create-rtmp-destination/`)
  const field = panelOf(page).getByLabel('rtmpKey')
  await field.fill(secret)
  await expect(field).toHaveCSS('-webkit-text-security', 'disc')
  expect(await page.locator('input[type=password]').count()).toBe(0)
  await panelOf(page).getByRole('button', { name: 'Sign in with Streamloop' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Continue as the demo user' }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(panelOf(page).getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expect(field).toHaveValue(secret)
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
  expect(kept).not.toContain(secret)
  expect(await page.content()).not.toContain(secret)
})

test('T7, T8: no token is in the page, and the token goes to the API alone, by the browser’s own log', async ({
  product,
}) => {
  test.setTimeout(120_000)
  const folder = await mkdtemp(join(tmpdir(), 'docs-netlog-'))
  const log = join(folder, 'net.json')
  const browser = await chromium.launch({
    executablePath: product.chromium,
    args: [
      `--log-net-log=${log}`,
      '--net-log-capture-mode=Everything',
      '--disable-background-networking',
    ],
  })
  const page = await browser.newPage()
  await page.goto(product.docs + list)
  await signIn(page)
  await panelOf(page).getByRole('button', { name: 'Send' }).click()
  await expect(responseOf(page)).toContainText('200 OK')
  const dump = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const cached = await caches.keys()
    const workers = await navigator.serviceWorker.getRegistrations()
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      databases,
      cached,
      workers.length,
      document.cookie,
      history.state,
      location.href,
      document.title,
      document.documentElement.outerHTML,
    ])
  })
  // Every object and text of the page's own heap: the vault's is another.
  const heap: string[] = []
  const debugging = await page.context().newCDPSession(page)
  debugging.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => heap.push(chunk))
  await debugging.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  const held = heap.join('')
  expect(held).toContain('List streams')
  await browser.close()
  const text = await readFile(log, 'utf8')
  await rm(folder, { recursive: true, force: true })
  const tokens = [...text.matchAll(/[Aa]uthorization: Bearer (ey[\w.-]+)/g)].map(
    ([, token = '']) => token,
  )
  expect(tokens.length).toBeGreaterThan(0)
  for (const part of tokens.flatMap((token) => [token, ...token.split('.')])) {
    // The three parts of any token of this server begin alike; what follows is its own.
    if (part.length <= 40) continue
    expect(dump).not.toContain(part.slice(-20))
    expect(held.includes(part.slice(-20)), 'in the heap').toBe(false)
  }
  // The code left the address before anything was asked for from that page.
  const referrers = [...text.matchAll(/referer: (http[^"\\]*)/gi)].map(([, from = '']) => from)
  expect(referrers.length).toBeGreaterThan(0)
  expect(
    referrers.filter((from) => from.startsWith(product.docs) && /[?&](?:code|state)=/.test(from)),
  ).toEqual([])
  // What pages and workers asked for; the browser's own errands have no initiator.
  const { events } = JSON.parse(text) as { events: { params?: NetLogRequest }[] }
  const own = [product.docs, product.issuer, product.api].map((url) => new URL(url).origin)
  const asked = events.flatMap(({ params }) =>
    params?.url && own.includes(params.initiator ?? '') ? [new URL(params.url).origin] : [],
  )
  expect(new Set(asked)).toEqual(new Set(own))
})

/** A request as Chromium's log of its network tells it. */
interface NetLogRequest {
  url?: string
  initiator?: string
}

test('T13: a site that the server has forgotten registers once more, and signs in', async ({
  page,
  product,
}) => {
  await page.goto(product.docs + list)
  const callback = `${product.docs}/oauth/callback/`
  const key = `oauth-client ${product.issuer} ${callback}`
  await page.evaluate((name) => localStorage.setItem(name, '{"clientId":"forgotten"}'), key)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await panelOf(page).getByRole('button', { name: 'Sign in with Streamloop' }).click()
  // The server says so on a page of its own, where no redirect address can be trusted.
  await page.waitForURL(`${product.issuer}/**`)
  await page.goto(product.docs + list)
  await signIn(page)
  expect(await page.evaluate((name) => localStorage.getItem(name), key)).not.toContain('forgotten')
})

test('without shared workers the page itself holds the token, until it goes', async ({
  page,
  product,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  await page.goto(product.docs + list)
  await signIn(page)
  await panelOf(page).getByRole('button', { name: 'Send' }).click()
  await expect(responseOf(page)).toContainText('200 OK')
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
  expect(kept).not.toMatch(/eyJ|verifier|code/)
  await page.reload()
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await panelOf(page).getByRole('button', { name: 'Sign in with Streamloop' }).click()
  // The issuer remembers session and consent: nothing is asked again.
  await expect(panelOf(page).getByRole('button', { name: 'Sign out' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true })

  test('the panel is a sheet that holds the focus and closes with Escape', async ({
    page,
    product,
  }) => {
    const button = page.getByRole('button', { name: 'Try it', exact: true })
    await open(page, product.docs + list)
    const sheet = page.getByRole('dialog', { name: /^Try it/ })
    await expect(sheet).toBeVisible()
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    expect(overflow).toBeLessThanOrEqual(0)
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab')
      const outside = await page.evaluate(
        () =>
          document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
      )
      expect(outside).toBe(false)
    }
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await expect(button).toBeFocused()
    await button.click()
    await expect(sheet).toBeVisible()
  })

  test('signing in comes back to the open sheet', async ({ page, product }) => {
    await page.goto(product.docs + list)
    await signIn(page)
    await expect(page.getByRole('dialog', { name: /^Try it/ })).toBeVisible()
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('axe finds nothing on any state of the panel', async ({ page, product }) => {
      const check = async (state: string) => {
        expect(await axeFindings(page, '.try-panel'), state).toEqual([])
      }
      await open(page, `${product.docs}/reference/destinations/delete-destination/`)
      await check('signed out')
      await panelOf(page).getByRole('button', { name: 'Send' }).click()
      await check('asking')
      await panelOf(page)
        .getByRole('button', { name: /^Yes, / })
        .click()
      await expect(responseOf(page)).toContainText('401')
      await check('refused')
      await page.goto(product.docs + list)
      await signIn(page)
      await panelOf(page).getByRole('button', { name: 'Send' }).click()
      await expect(responseOf(page)).toContainText('200 OK')
      await check('answered')
      await panelOf(page).getByLabel('name').fill('sl_AbCdEf0123456789')
      await check('key refused')
      await open(page, `${product.docs}/reference/streams/create-stream/`)
      await panelOf(page).getByLabel('Body').fill('{')
      await expect(panelOf(page)).toContainText('This is not JSON')
      await check('wrong body')
    })
  })
}
