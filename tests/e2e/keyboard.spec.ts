import type { Locator, Page } from '@playwright/test'
import { expect, test } from './harness/fixtures.ts'

test('the whole path works from the keyboard alone', async ({ page, product }) => {
  await page.goto(`${product.docs}/reference/streams/list-streams/`)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: /skip to content/i })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')

  const panel = page.getByRole('region', { name: 'Try it' })
  await tabTo(page, page.getByRole('button', { name: 'Try it', exact: true }))
  await page.keyboard.press('Enter')
  await expect(panel).toBeVisible()
  await tabTo(page, panel.getByRole('button', { name: 'Sign in with Streamloop' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Continue as the demo user' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^Authorize/ })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Allow', exact: true }))
  await page.keyboard.press('Enter')

  await expect(panel.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await tabTo(page, panel.getByRole('button', { name: 'Send' }))
  await page.keyboard.press('Control+Enter')
  const response = page.getByRole('region', { name: 'Response' })
  await expect(response).toContainText('200 OK')
})

test('arrow keys move through the code samples', async ({ page, product }) => {
  await page.goto(`${product.docs}/reference/streams/list-streams/`)
  const tabs = page.getByRole('tablist', { name: 'Code samples' })
  await tabTo(page, tabs.getByRole('tab', { name: 'cURL' }))
  await page.keyboard.press('ArrowRight')
  const next = tabs.getByRole('tab').nth(1)
  await expect(next).toBeFocused()
  await expect(next).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(tabs.getByRole('tab', { name: 'cURL' })).toHaveAttribute('aria-selected', 'true')
})

test('search opens with a key, closes with Escape, finds an operation and goes there', async ({
  page,
  product,
}) => {
  await page.goto(product.docs)
  const field = page.getByRole('combobox', { name: /^search/i })
  await page.keyboard.press('Control+k')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(field).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('list destinations')
  await expect(page.getByRole('option', { name: /list destinations/i }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/reference\/destinations\/list-destinations\//)
})

/** Presses Tab until it is there, as somebody does who sees where the focus is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 200; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect(target).toBeInViewport()
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}.`)
}
