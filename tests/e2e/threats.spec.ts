import type { Page } from '@playwright/test'
import { startStaticServer } from '../../src/hosting/static-server.ts'
import { freePorts } from '../free-ports.ts'
import { startEvilSite } from './harness/evil.ts'
import { expect, test } from './harness/fixtures.ts'
import { signIn } from './harness/sign-in.ts'

const list = '/reference/streams/list-streams/'
const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })
const responseOf = (page: Page) => page.getByRole('region', { name: 'Response' })

// Someone else's pages are visited on purpose, and their tries are complained about.
test.use({
  expectedProblems: [
    /request to a foreign host: http:\/\/(?:127\.0\.0\.1|localhost):|frame-ancestors|X-Frame-Options|Refused to (?:frame|display)|Framing|postMessage/i,
  ],
})

test('T10, T11: a page that opens the docs has no hold on them, and is not heard', {
  tag: '@deep',
}, async ({ page, context, product }) => {
  const evil = await startEvilSite()
  evil.pages.set('/', '<!doctype html><title>Evil</title><button>Open</button>')
  await page.goto(evil.origin)
  const opening = context.waitForEvent('page')
  await page.evaluate((url) => {
    const opened = window.open(url, 'docs')
    Object.assign(window, { opened })
  }, product.docs + list)
  const docs = await opening
  await docs.waitForLoadState('networkidle')
  expect(await docs.evaluate(() => [window.opener, window.name])).toEqual([null, ''])
  const before = await docs.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  const held = await page.evaluate(() => {
    const { opened } = window as unknown as { opened: Window }
    const words = ['signed-out', '{"ready":true}', 'oauth', '{"environment":"Sandbox"}']
    for (let round = 0; round < 1000; round += 1) opened.postMessage(words[round % 4], '*')
    let reached = ''
    try {
      reached = String(opened.location.href)
    } catch (cause) {
      reached = String(cause)
    }
    return { closed: opened.closed, reached }
  })
  // Cut off by Cross-Origin-Opener-Policy: to whoever opened it, the window is gone.
  expect(held.closed).toBe(true)
  expect(held.reached).not.toContain(product.docs)
  expect(docs.url()).toBe(product.docs + list)
  expect(await docs.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe(
    before,
  )
  await evil.close()
})

test('T19: framed, the docs are not shown, and where a host sends no headers the panel is not offered', {
  tag: '@deep',
}, async ({ page, product }) => {
  const evil = await startEvilSite()
  evil.pages.set(
    '/',
    `<!doctype html><iframe width="900" height="700" src="${product.docs}${list}">`,
  )
  await page.goto(evil.origin)
  await page.waitForLoadState('networkidle')
  const [, framed] = page.frames()
  expect(await framed?.locator('h1').count()).toBe(0)

  // The same files on a host that sends no header of its own.
  const { docs: port } = await freePorts()
  const bare = await startStaticServer({
    directory: product.directory,
    base: '/',
    port,
    documents: new Map(),
  })
  const address = `http://localhost:${port}`
  await page.route(`${address}/**`, async (route) => {
    const response = await route.fetch()
    const headers = response.headers()
    delete headers['content-security-policy']
    delete headers['x-frame-options']
    await route.fulfill({ response, headers })
  })
  evil.pages.set(
    '/bare',
    `<!doctype html><iframe width="900" height="700" src="${address}${list}">`,
  )
  await page.goto(`${evil.origin}/bare`)
  const inner = page.frameLocator('iframe')
  await expect(inner.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(inner.getByRole('button', { name: 'Try it', exact: true })).toBeHidden()
  await bare.close()
  await evil.close()
})

test('T1: Back, Forward and pages kept for them bring no answer and no session back', {
  tag: '@deep',
}, async ({ page, context, product }) => {
  await page.goto(product.docs + list)
  await signIn(page)
  // Back to the consent page of the issuer, and its button once more.
  await page.goBack()
  expect(new URL(page.url()).origin).toBe(new URL(product.issuer).origin)
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  if (await allow.isVisible()) {
    await allow.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      /You are not signed in|expired/i,
    )
  }
  await page.goto(product.docs + list)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await expect(panelOf(page).getByRole('button', { name: 'Sign out' })).toBeVisible()

  // T38: signed out in another tab, the page that was kept for Back knows it.
  await page.goto(`${product.docs}/guides/introduction/`)
  const other = await context.newPage()
  await other.goto(product.docs + list)
  await other.getByRole('button', { name: 'Try it', exact: true }).click()
  await panelOf(other).getByRole('button', { name: 'Sign out' }).click()
  await expect(panelOf(other)).toContainText('Signed out')
  await page.goBack()
  const tryIt = page.getByRole('button', { name: 'Try it', exact: true })
  const signInButton = panelOf(page).getByRole('button', { name: 'Sign in with Streamloop' })
  await expect(tryIt.or(signInButton)).toBeVisible()
  if (await tryIt.isVisible()) await tryIt.click()
  await expect(signInButton).toBeVisible()
  await expect(page.locator('[data-access]')).toHaveCount(0)
})

test('T1: of two tabs each takes its own answer, and none of the other', {
  tag: '@deep',
}, async ({ page, context, product }) => {
  const other = await context.newPage()
  await other.goto(product.docs + list)
  await other.getByRole('button', { name: 'Try it', exact: true }).click()
  await panelOf(other).getByRole('button', { name: 'Sign in with Streamloop' }).click()
  await other.waitForURL(`${product.issuer}/**`)
  const callback = page.waitForRequest((request) => request.url().includes('/oauth/callback/?'))
  await page.goto(product.docs + list)
  await signIn(page)
  await other.goto((await callback).url())
  await expect(other.getByRole('main')).toContainText('not started from this tab')
  // Neither the other tab's try nor its end touches who is signed in here.
  await panelOf(page).getByRole('button', { name: 'Send', exact: true }).click()
  await expect(responseOf(page)).toContainText('200 OK')
  await other.getByRole('link', { name: 'Back to where you were' }).click()
  await expect(panelOf(other).getByRole('button', { name: 'Sign out' })).toBeVisible()
})

const withoutShared = () => Reflect.deleteProperty(window, 'SharedWorker')
/** A browser that has shared workers, and has never heard of a longer life. */
const withoutLongLife = () => {
  const Real = window.SharedWorker
  class Short {
    constructor(url: string, { type, name }: { type: 'module'; name: string }) {
      // biome-ignore lint/correctness/noConstructorReturn: what `new` gives is the browser's own
      return new Real(url, { type, name })
    }
  }
  Object.assign(window, { SharedWorker: Short })
}
/** A clock that is off. */
const turnClock = (hours: number) => {
  const Real = Date
  const ahead = hours * 3_600_000
  class Turned extends Real {
    constructor(...given: [] | [number]) {
      super(...((given.length === 0 ? [Real.now() + ahead] : given) as [number]))
    }
    static override now() {
      return Real.now() + ahead
    }
  }
  Object.assign(window, { Date: Turned })
}

for (const [name, lack, hours] of [
  ['no shared workers', withoutShared, 3],
  ['shared workers that end with the page', withoutLongLife, -3],
] as const) {
  test(`T32: with ${name} and a clock ${hours} hours off, sign-in, step-up, sending and the inspector work`, {
    tag: '@deep',
  }, async ({ page, product }) => {
    await page.addInitScript(lack)
    await page.addInitScript(turnClock, hours)
    await page.goto(product.docs + list)
    await signIn(page)
    const panel = panelOf(page)
    await expect(panel).toContainText(/Demo user\s*· read · 5\d min/)
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(responseOf(page)).toContainText('200 OK')
    await panel.getByRole('button', { name: 'Token' }).click()
    await expect(panel).toContainText('Signature valid.')
    await panel.getByRole('button', { name: 'Show the flow' }).click()
    await expect(panel).toContainText('Exchange the code for a token')
    await expect(panel).toContainText('Send the person to sign in')
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    )
    expect(kept).not.toMatch(/eyJ|verifier|"code"/)

    // The next page asks again: nothing of the session was stored.
    await page.goto(`${product.docs}/reference/streams/update-stream/`)
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
    const renamed = `Renamed ${hours}`
    await panel
      .getByLabel('Body')
      .first()
      .fill(JSON.stringify({ name: renamed }))
    await panel.getByRole('button', { name: 'Sign in with Streamloop' }).click()
    await page.getByRole('button', { name: 'Deny', exact: true }).click()
    // What was typed is there again, and the "no" is told on the page itself.
    await expect(panel.getByRole('alert').first()).toContainText('You declined the request.')
    await expect(panel.getByLabel('Body').first()).toHaveValue(new RegExp(renamed))
    await panel.getByRole('button', { name: 'Sign in with Streamloop' }).click()
    await page.getByRole('button', { name: 'Allow', exact: true }).click()
    await expect(panel.getByRole('button', { name: 'Sign out' })).toBeVisible()
    await panel.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(responseOf(page)).toContainText('200 OK')
    await panel.getByRole('button', { name: 'Sign out' }).click()
    await expect(panel).toContainText('Signed out')
  })
}

test('T38: after a sign-out nothing of it is left in the browser', { tag: '@deep' }, async ({
  page,
  product,
}) => {
  await page.goto(product.docs + list)
  await signIn(page)
  await panelOf(page).getByRole('button', { name: 'Send', exact: true }).click()
  await expect(responseOf(page)).toContainText('200 OK')
  await panelOf(page).getByRole('button', { name: 'Sign out' }).click()
  await expect(panelOf(page)).toContainText('Signed out')
  const dump = await page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      await indexedDB.databases(),
      await caches.keys(),
      document.cookie,
      history.state,
    ]),
  )
  expect(dump).not.toMatch(
    /oauth-client|oauth-transaction|try-it-return|session-hint|Demo user|eyJ/,
  )
  expect(await panelOf(page).locator('form').getAttribute('autocomplete')).toBe('off')
})
