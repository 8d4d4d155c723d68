import type { Browser } from '@playwright/test'

/** What is typed, and what the first hit is called. */
export type SearchCase = readonly [term: string, title: string]

/** Types each into the search of a site; a line for every one whose obvious hit is not the first. */
export async function searchFindings(
  browser: Browser,
  root: string,
  cases: readonly SearchCase[],
): Promise<string[]> {
  if (cases.length === 0) return []
  const findings: string[] = []
  const page = await browser.newPage()
  await page.goto(`${root}reference/`)
  await page.keyboard.press('/')
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('combobox')
  await field.waitFor()
  for (const [term, title] of cases) {
    await field.fill('')
    await dialog.getByRole('option').first().waitFor({ state: 'detached' })
    await field.fill(term)
    const first = dialog.getByRole('option').first().locator('b')
    const shown = await first.textContent().catch(() => 'nothing')
    if (shown !== title) findings.push(`search "${term}": first is "${shown}", not "${title}"`)
  }
  await page.close()
  return findings
}
