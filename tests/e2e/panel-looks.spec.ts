import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { addFaultField } from './harness/fault-field.ts'
import { expect, test } from './harness/fixtures.ts'
import { openAnswered, pixel, silence } from './harness/open-answered.ts'
import { signIn } from './harness/sign-in.ts'

const list = '/reference/streams/list-streams/'
const create = '/reference/streams/create-stream/'
const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })
const responseOf = (page: Page) => page.getByRole('region', { name: 'Response' })

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await expect(panelOf(page)).toBeVisible()
}

async function check(page: Page, state: string): Promise<void> {
  expect(await axeFindings(page, '.try-panel'), state).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, { tag: '@deep' }, () => {
    test.use({ colorScheme })

    test('axe finds nothing in what a call comes to', async ({ page, product }) => {
      await addFaultField(page)
      await page.goto(product.docs + list)
      await signIn(page)
      const panel = panelOf(page)
      const response = responseOf(page)
      const send = async (fault: string) => {
        await panel.getByLabel('Sandbox-Fault').fill(fault)
        await panel.getByRole('button', { name: 'Send', exact: true }).click()
      }
      await send('delay=60s')
      await expect(response).toContainText('Waiting for the answer.')
      await check(page, 'sending')
      await panel.getByRole('button', { name: 'Cancel' }).click()
      await expect(response).toContainText('Certain')
      await check(page, 'a failure')
      await send('sse')
      await expect(response.locator('.try-rows li').nth(1)).toBeVisible()
      await check(page, 'streaming')
      await panel.getByRole('button', { name: 'Cancel' }).click()
      await send('status=429')
      await expect(response).toContainText('Try again')
      await check(page, 'an error with a wait')
      await send('drift')
      await expect(response).toContainText('1 difference')
      await response.getByText(/\d+ headers/).click()
      await check(page, 'differences and headers')
      await response.getByRole('button', { name: 'Raw' }).click()
      await check(page, 'raw text')
      await send('big=6MiB')
      await expect(response).toContainText('of 6.3 MB')
      await check(page, 'a part of a large text')
      await panel.getByText(/calls in this tab/).click()
      const past = panel.locator('.try-past')
      await past.getByRole('checkbox').nth(1).check()
      await past.getByRole('checkbox').nth(2).check()
      await expect(past.getByRole('region', { name: 'Comparison' })).toContainText('at')
      await check(page, 'history and comparison')
    })

    test('axe finds nothing in what a body is shown as', async ({ page, product }) => {
      const answer = await openAnswered(page, product, list)
      const problem = { title: 'Invalid', errors: [{ parameter: 'limit', detail: 'is too much' }] }
      for (const [state, body] of Object.entries({
        'no body': { status: 204 },
        'a text': { type: 'text/html', body: '<p>a' },
        'an image': { type: 'image/png', body: pixel },
        'no image': { type: 'image/png', body: 'a' },
        'a sound': { type: 'audio/wav', body: silence },
        bytes: { type: 'application/octet-stream', body: 'a' },
        'a tree': { type: 'application/json', body: '{"a":[1,{"b":null}]}' },
        'no JSON': { type: 'application/json', body: '{"a":' },
        'a field that is blamed': {
          status: 422,
          type: 'application/problem+json',
          body: JSON.stringify(problem),
        },
      })) {
        await answer(body)
        await check(page, state)
      }
    })

    test('axe finds nothing in the ways to write a request', async ({ page, product }) => {
      await page.goto(product.docs + list)
      await signIn(page)
      await page.goto(product.docs + create)
      const panel = panelOf(page)
      if (!(await panel.isVisible())) {
        await page.getByRole('button', { name: 'Try it', exact: true }).click()
      }
      await expect(panel.getByRole('button', { name: /^Grant / })).toBeVisible()
      await check(page, 'a scope is missing')
      await panel.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(responseOf(page)).toContainText('and repeat this call')
      await check(page, 'a scope is asked for')
      await panel.getByRole('button', { name: 'Form', exact: true }).click()
      await panel.getByRole('button', { name: /playlistIDs/ }).click()
      await check(page, 'the body as a form')
      await panel.getByRole('button', { name: 'JSON', exact: true }).click()
      await panel.getByRole('textbox', { name: 'Body' }).click()
      await expect(panel.locator('.cm-content')).toBeVisible()
      await check(page, 'the body in its editor')
      await panel.getByRole('button', { name: /^Headers/ }).click()
      await panel.getByRole('button', { name: 'Add a header' }).click()
      await panel.getByLabel('Name of header 1').fill('content-length')
      await check(page, 'a header that is refused')
      await panel.getByRole('button', { name: 'Token', exact: true }).click()
      await expect(panel).toContainText('Signature valid.')
      await check(page, 'the token')
      await panel.getByRole('button', { name: 'Show the flow' }).click()
      await expect(panel).toContainText('Make four secrets')
      await check(page, 'the flow')
    })
  })
}

/** What Tab comes to in the panel: its name, its size, and whether something lies over it. */
async function reachedByKeyboard(page: Page) {
  const reached: { name: string; smallest: number; isCovered: boolean; hasRing: boolean }[] = []
  // The panel itself has the focus once it is open.
  for (let presses = 0; presses < 100; presses += 1) {
    await page.keyboard.press('Tab')
    const control = await page.evaluate(async () => {
      // Where pages scroll smoothly, it takes a while.
      await new Promise((resolve) => setTimeout(resolve, 250))
      const element = document.activeElement
      if (!element?.closest('.try-panel')) return undefined
      const { top, bottom, left, width, height } = element.getBoundingClientRect()
      const isOver = (y: number) => {
        const there = document.elementFromPoint(left + width / 2, y)
        return !there || !(element.contains(there) || there.contains(element))
      }
      return {
        name: element.getAttribute('aria-label') ?? element.textContent ?? '',
        smallest: Math.round(Math.min(width, height)),
        isCovered: isOver(top + 3) || isOver(bottom - 3),
        hasRing: getComputedStyle(element).outlineStyle !== 'none',
      }
    })
    if (control) reached.push(control)
    else if (reached.length > 0) break
  }
  return reached
}

for (const { what, ...use } of [
  { what: 'a phone', viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  { what: 'a window of a laptop', hasTouch: false, viewport: { width: 1280, height: 640 } },
  { what: 'a page beside another window', hasTouch: false, viewport: { width: 960, height: 640 } },
]) {
  test.describe(`on ${what}`, { tag: '@deep' }, () => {
    test.use(use)

    test('whatever has the focus is seen, ringed and not too small', async ({ page, product }) => {
      await open(page, product.docs + create)
      const panel = panelOf(page)
      await panel.getByRole('button', { name: 'Form', exact: true }).click()
      await expect(panel.getByLabel('videoUploadObjectID', { exact: true })).toBeVisible()
      await panel.focus()
      const reached = await reachedByKeyboard(page)
      expect(reached.length).toBeGreaterThan(30)
      const flawed = reached.filter(
        ({ smallest, isCovered, hasRing }) => smallest < 24 || isCovered || !hasRing,
      )
      expect(flawed).toEqual([])
    })

    test('Send is in view however long the form is', async ({ page, product }) => {
      await open(page, product.docs + create)
      const panel = panelOf(page)
      await panel.getByRole('button', { name: 'Form', exact: true }).click()
      await panel.getByLabel('name', { exact: true }).scrollIntoViewIfNeeded()
      const send = panel.getByRole('button', { name: 'Send', exact: true })
      await expect(send).toBeInViewport({ ratio: 1 })
      if (use.hasTouch) {
        const box = await send.boundingBox()
        expect(box?.height).toBeGreaterThanOrEqual(44)
        await expect(panel.getByRole('button', { name: 'Close the panel' })).toBeInViewport()
      }
    })
  })
}
