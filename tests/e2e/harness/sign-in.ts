import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/**
 * Signs in from an endpoint's page as the demo user, as a reader does, and comes back to the page
 * with its panel open.
 */
export async function signIn(page: Page): Promise<void> {
  const panel = page.getByRole('region', { name: 'Try it' })
  if (!(await panel.isVisible())) {
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
  }
  await panel.getByRole('button', { name: 'Sign in with Streamloop' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Continue as the demo user' }).click()
  await expect(page.getByRole('heading', { name: /^Authorize/ })).toBeVisible()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(panel.getByRole('button', { name: 'Sign out' })).toBeVisible()
}
