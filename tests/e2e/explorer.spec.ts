import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'

// The library prints that it has refused a call, which the tests provoke.
test.use({ expectedProblems: [/ExplorerRefusal/] })

/** Opens the explorer at one operation; its library takes a moment. */
async function open(page: Page, place: string): Promise<void> {
  await page.goto(`explorer/${place}`)
  await expect(page.getByRole('button', { name: /^Test Request/ }).first()).toBeVisible()
}

async function openClient(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
  await expect(sendButton(page)).toBeVisible()
}

/** Rules of our own style sheets, by class, that reach into the library: its names are its own. */
function reachingIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const library = [...document.querySelectorAll('.scalar-app *')]
    return [...document.styleSheets]
      .flatMap(({ cssRules }) => [...cssRules])
      .filter((rule) => rule instanceof CSSStyleRule)
      .map(({ selectorText }) => selectorText)
      .filter((selector) =>
        /^\.(?!scalar|light-mode|sr-only|operation-path|main-frame)/.test(selector),
      )
      .filter((selector) => library.some((element) => element.matches(selector)))
  })
}

const sendButton = (page: Page) => page.getByRole('button', { name: /Send \w+ request to/i })

test('the whole API on one page signs in, sends through the vault, asks, and takes no key', {
  tag: '@deep',
}, async ({ page }) => {
  await open(page, '#tag/destinations/GET/destinations')
  await openClient(page, /Test Request.*get \/destinations\)/i)
  await expect(page.getByRole('button', { name: /auth/i })).toHaveCount(0)
  await expect(page.locator('input[type=password]')).toHaveCount(0)
  expect(await reachingIn(page)).toEqual([])

  await sendButton(page).click()
  const question = page.getByRole('dialog', { name: 'This call needs a sign-in' })
  await expect(question).toContainText('streamloop:read')
  await question.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Continue as the demo user' }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Signed in as/ })).toBeVisible()
  await expect(page).toHaveURL(/\/explorer\/#tag\/destinations/)

  await openClient(page, /Test Request.*get \/destinations\)/i)
  await sendButton(page).click()
  await expect(page.getByText('200 OK')).toBeVisible()
  const kept = await page.evaluate(() =>
    [{ ...localStorage }, { ...sessionStorage }].map((one) => JSON.stringify(one)).join(''),
  )
  expect(kept + (await page.content())).not.toMatch(/eyJ[\w-]{10,}\.eyJ/)

  // A key that is typed is wiped as soon as it can be recognised.
  const field = page.locator('.code-input-lite__editor:visible').last()
  await field.click()
  await field.pressSequentially('sl_abcdefgh12345678')
  await expect(page.getByText(/looks like an API key/).first()).toBeAttached()
  await expect(page.getByText('sl_abcdefgh1')).toHaveCount(0)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page with the whole API, in ${scheme}`, {
    tag: '@deep',
  }, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await open(page, '#tag/streams/GET/streams')
    await expect(page.getByRole('main')).toHaveCount(1)
    expect(await axeFindings(page)).toEqual([])
  })
}
