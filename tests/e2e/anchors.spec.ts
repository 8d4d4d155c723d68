import type { Page } from '@playwright/test'
import { expect, test } from './harness/fixtures.ts'

const create = '/reference/streams/create-stream/'
const apply = '/reference/playlists/apply-playlist-operations/'

/** What is folded when its page opens, and the link that leads there. */
const folded: [what: string, path: string, id: string][] = [
  ['a header', create, 'response-201-header-location'],
  ['an example', create, 'body-*example-createEmptyStream'],
  ['an example of another answer', create, 'response-422-*example-IDEMPOTENCY_KEY_REUSED'],
  ['an internal field', create, 'body-streamStateID'],
  ['a status that most calls answer', create, 'response-429'],
  ['an example of such an answer', create, 'response-429-*example-RATE_LIMITED'],
  [
    'a property in four folds',
    apply,
    'body-operations-ReorderItemsOperation-reorderItems-moves-itemId',
  ],
  ['an alternative', '/reference/schemas/playlist-operation/', 'schema-*UpdateSettingsOperation'],
]

for (const javaScriptEnabled of [false, true]) {
  test.describe(`a link to a folded place, ${javaScriptEnabled ? 'with' : 'without'} script`, () => {
    test.use({ javaScriptEnabled })

    for (const [what, path, id] of folded) {
      test(`unfolds ${what} and brings it into view`, async ({ page, product }) => {
        await page.goto(`${product.docs}${path}`)
        await expect(at(page, id)).toBeHidden()
        await page.goto('about:blank')
        await page.goto(`${product.docs}${path}#${encodeURIComponent(id)}`)
        await expect(at(page, id)).toBeVisible()
        await expect(at(page, id)).toBeInViewport()
        expect(await at(page, id).evaluate((place) => place.matches(':target'))).toBe(true)
      })
    }
  })
}

test('each place has a link of its own that the keyboard reaches, and that is marked', async ({
  page,
  product,
}) => {
  await page.goto(`${product.docs}${create}#response-201-header-location`)
  const link = at(page, 'response-201-header-location').locator('.anchor').first()
  await page.locator('#response-201 > .fold > summary').first().focus()
  await page.keyboard.press('Tab')
  for (let presses = 0; presses < 12; presses += 1) {
    if (await link.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(link).toBeFocused()
  await expect(link).toHaveCSS('opacity', '1')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#response-201-header-location$/)
})

function at(page: Page, id: string) {
  return page.locator(`[id="${id}"]`)
}
