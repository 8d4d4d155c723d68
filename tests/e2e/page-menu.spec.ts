import { expect, test } from './harness/fixtures.ts'

test.describe('the menu by the title', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('is worked by keyboard, copies the page as Markdown and says so', async ({
    page,
    product,
  }) => {
    await page.goto('guides/quickstart/')
    const menu = page.locator('.page-menu')
    await menu.locator('summary').focus()
    await page.keyboard.press('ArrowDown')
    await expect(menu).toHaveAttribute('open')
    const copy = page.getByRole('button', { name: 'Copy page as Markdown' })
    await expect(copy).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('link', { name: 'Connect the MCP server' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).not.toHaveAttribute('open')
    await expect(menu.locator('summary')).toBeFocused()

    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status')).toHaveText('Copied the page as Markdown.')
    await expect(menu).not.toHaveAttribute('open')
    const twin = await fetch(`${product.docs}/guides/quickstart.md`)
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(await twin.text())
    // Assistants cannot read a page of this machine.
    await expect(page.getByText('Open in')).toHaveCount(0)
  })
})

test.describe('the menu without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('opens, and shows the page as Markdown', async ({ page }) => {
    await page.goto('reference/streams/list-streams/')
    await page.getByText('Page menu').click()
    await expect(page.getByRole('button', { name: 'Copy page' })).toBeHidden()
    await page.getByRole('link', { name: 'View as Markdown' }).click()
    await expect(page.locator('body')).toContainText('# List streams')
  })
})
