import type { Page } from '@playwright/test'
import { scriptSizes } from '../../src/commands/check-size.ts'
import { expect, test } from './harness/fixtures.ts'
import { signIn } from './harness/sign-in.ts'

/** Shown beside a sign-in once it is there, or beside a panel once it is used. */
const afterwards = /^(signed-in|marks|access|HistoryBar|share-link)\./

/** Names of the scripts that a page asks for from now on. */
function watchScripts(page: Page): Set<string> {
  const names = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() !== 'script') return
    names.add(new URL(request.url()).pathname.replace(/^.*\//, ''))
  })
  return names
}

test('opening a panel and signing in load no script that the check of sizes does not weigh', async ({
  page,
  product,
}) => {
  const sizes = await scriptSizes(product.directory)
  const filesOf = (what: string) => sizes.find((size) => size.what === what)?.files ?? []
  const opening = filesOf('opening the panel where a body holds secrets')
  const signingIn = filesOf('signing in')

  const loaded = watchScripts(page)
  await page.goto(`${product.docs}/reference/streams/create-stream/`)
  await page.waitForLoadState('networkidle')
  const ofThePage = new Set(loaded)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const ofThePanel = [...loaded].filter((name) => !ofThePage.has(name) && !afterwards.test(name))
  expect(ofThePanel.length).toBeGreaterThan(3)
  expect(ofThePanel.filter((name) => !opening.includes(name))).toEqual([])

  // A body that comes back with its secrets is built and checked like one that was typed.
  await page.goto(`${product.docs}/reference/streams/list-streams/`)
  await signIn(page)
  await page.waitForLoadState('networkidle')
  const ofTheSignIn = [...loaded].filter(
    (name) => !ofThePage.has(name) && !opening.includes(name) && !afterwards.test(name),
  )
  expect(ofTheSignIn.length).toBeGreaterThan(3)
  expect(ofTheSignIn.filter((name) => !signingIn.includes(name))).toEqual([])
})
