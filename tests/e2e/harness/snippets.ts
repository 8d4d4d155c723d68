import type { Locator, Page } from '@playwright/test'

/** The cURL sample of the page that is open, as a reader selects it. */
export async function readCurl(page: Page): Promise<string> {
  return ((await curlPanel(page).locator('pre').textContent()) ?? '').trim()
}

export function curlPanel(page: Page): Locator {
  return page.getByRole('tabpanel', { name: 'cURL' })
}
