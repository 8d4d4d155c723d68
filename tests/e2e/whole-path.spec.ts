import { expect, test } from './harness/fixtures.ts'
import { pasteIntoBash } from './harness/shell.ts'
import { signIn } from './harness/sign-in.ts'
import { curlPanel } from './harness/snippets.ts'

test('read an endpoint, sign in, send, copy the curl, get the same answer with a key', async ({
  page,
  context,
  product,
  apiKey,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product.docs })
  await page.goto(product.docs)
  await page
    .getByRole('link', { name: /reference/i })
    .first()
    .click()
  await page
    .getByRole('link', { name: /list destinations/i })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/list destinations/i)

  await signIn(page)
  await expect(page).toHaveURL(`${product.docs}/reference/destinations/list-destinations/`)
  const panel = page.getByRole('region', { name: 'Try it' })
  await panel.getByRole('button', { name: 'Send' }).click()
  const response = page.getByRole('region', { name: 'Response' })
  await expect(response).toContainText('200 OK')
  await expect(response).toContainText('Lofi channel')

  await curlPanel(page).getByRole('button', { name: 'Copy' }).click()
  const curl = await page.evaluate(() => navigator.clipboard.readText())
  expect(curl).toMatch(/^curl /)
  const answer = await pasteIntoBash(curl, apiKey)
  expect(answer.status).toBe(200)
  const shown = await response.textContent()
  const { data } = JSON.parse(answer.body) as { data: { id: string; name: string }[] }
  expect(data.length).toBeGreaterThan(3)
  for (const { id, name } of data) {
    expect(shown).toContain(id)
    expect(shown).toContain(name)
  }
})
