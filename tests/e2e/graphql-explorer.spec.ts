import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'

test('the GraphQL explorer completes, signs in, sends, and asks before it deletes', {
  tag: '@deep',
}, async ({ page }) => {
  await page.goto('graphql/explorer/')
  const query = page.getByRole('textbox', { name: 'Query' })
  await query.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('query { m')
  const options = page.getByRole('listbox')
  await expect(options.getByRole('option', { name: 'me', exact: false }).first()).toBeVisible()
  await page.keyboard.press('Escape')

  await page.goto('graphql/')
  await page.getByRole('link', { name: 'Open the explorer' }).click()
  const send = page.getByRole('button', { name: 'Send', exact: true })
  await send.click()
  const question = page.getByRole('dialog', { name: 'This query needs a sign-in' })
  await question.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Continue as the demo user' }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(page.getByText('Signed in as').first()).toBeVisible()
  await send.click()
  await expect(page.getByRole('status').filter({ hasText: '200' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Response' })).toContainText('"me"')
  await expect(page.locator('.try-children').first()).not.toHaveCSS('padding-inline-start', '0px')
  expect(await axeFindings(page)).toEqual([])

  await page.goto('graphql/mutations/delete-destination/')
  await page.getByRole('link', { name: 'Open in the explorer' }).click()
  await send.click()
  await expect(page.getByRole('dialog')).toContainText('streamloop:destructive')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Nothing sent yet.')).toBeVisible()

  await page.getByRole('textbox', { name: 'Query' }).click()
  await page.keyboard.type('sl_abcdefgh12345678')
  await expect(page.getByRole('alert').filter({ hasText: 'looks like an API key' })).toBeVisible()
  await expect(page.getByText('sl_abcdefgh1')).toHaveCount(0)
})
