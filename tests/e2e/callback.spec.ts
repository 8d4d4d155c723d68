import type { Page } from '@playwright/test'
import { expect, test } from './harness/fixtures.ts'
import type { Running } from './harness/running.ts'

const endpoint = '/reference/streams/list-streams/'

interface Pending {
  state: string
  issuer: string
  [field: string]: unknown
}

/** Leaves for the authorization server, and comes back without its answer. */
async function interruptSignIn(
  page: Page,
  product: Running,
  opensItself = false,
): Promise<Pending> {
  await page.goto(product.docs + endpoint)
  // An interrupted sign-in opens the panel by itself.
  if (!opensItself) await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in with Streamloop' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
  await page.goto(`${product.docs}/guides/introduction/`)
  const text = await page.evaluate(() => sessionStorage.getItem('oauth-transaction'))
  return JSON.parse(text ?? 'null') as Pending
}

/** The refusal is told, the address is clean, nobody is signed in. */
async function expectRefusal(page: Page, product: Running, words: RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /You are not signed in|Sign-in declined/,
  )
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('main')).toContainText(words)
  expect(page.url()).toBe(`${product.docs}/oauth/callback/`)
  expect(await page.evaluate(() => sessionStorage.getItem('oauth-transaction'))).toBeNull()
}

const refusals: [
  name: string,
  words: RegExp,
  query: (pending: Pending) => Record<string, string>,
][] = [
  [
    'another state',
    /not started from this tab/,
    ({ issuer }) => ({ code: 'a', state: 'x', iss: issuer }),
  ],
  ['no state', /not started from this tab/, ({ issuer }) => ({ code: 'a', iss: issuer })],
  ['no iss', /does not say which/, ({ state }) => ({ code: 'a', state })],
  [
    'a foreign iss',
    /another authorization server/,
    ({ state }) => ({ code: 'a', state, iss: 'https://evil.example' }),
  ],
  ['no code', /holds no code/, ({ state, issuer }) => ({ state, iss: issuer })],
  [
    'a made-up code',
    /did not take the code/,
    ({ state, issuer }) => ({ code: 'made-up', state, iss: issuer }),
  ],
  [
    'a failed server',
    /server failed/,
    ({ state, issuer }) => ({ error: 'server_error', state, iss: issuer }),
  ],
]

for (const [name, words, query] of refusals) {
  test(`T1, T2: an answer with ${name} ends in a clear message and no session`, async ({
    page,
    product,
  }) => {
    const pending = await interruptSignIn(page, product)
    const answer = new URLSearchParams(query(pending))
    await page.goto(`${product.docs}/oauth/callback/?${answer}`)
    await expectRefusal(page, product, words)
    await page.getByRole('link', { name: 'Back to where you were' }).click()
    // The form and the panel are there again, and nobody is signed in.
    const panel = page.getByRole('region', { name: 'Try it' })
    await expect(panel.getByRole('button', { name: 'Sign in with Streamloop' })).toBeVisible()
    expect(page.url()).toBe(product.docs + endpoint)
  })
}

test('T1: a callback that nobody asked for says so', async ({ page, product }) => {
  await page.goto(`${product.docs}/oauth/callback/?code=a&state=b&iss=${product.issuer}`)
  await expectRefusal(page, product, /no sign-in of this tab to finish/)
  await page.getByRole('link', { name: 'Back to the docs' }).click()
  await expect(page).toHaveURL(`${product.docs}/`)
})

test('T3: a code twice and a code in the fragment are no answers', async ({ page, product }) => {
  const { state, issuer } = await interruptSignIn(page, product)
  const good = `state=${state}&iss=${encodeURIComponent(issuer)}`
  await page.goto(`${product.docs}/oauth/callback/?code=a&code=b&${good}`)
  await expectRefusal(page, product, /names "code" more than once/)
  const again = await interruptSignIn(page, product, true)
  await page.goto(`${product.docs}/oauth/callback/#code=a&state=${again.state}&iss=${issuer}`)
  await expectRefusal(page, product, /holds no code/)
})

test('T1: an answer works once: the same address again is refused', async ({ page, product }) => {
  await page.goto(product.docs + endpoint)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in with Streamloop' }).click()
  await page.getByRole('button', { name: 'Continue as the demo user' }).click()
  const callback = page.waitForRequest((request) => request.url().includes('/oauth/callback/?'))
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  const used = (await callback).url()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await page.goto(used)
  await expectRefusal(page, product, /no sign-in of this tab to finish/)
})

test('T1: a transaction of eleven minutes is refused', async ({ page, product }) => {
  const pending = await interruptSignIn(page, product)
  const old = { ...pending, createdAt: Date.now() - 11 * 60_000 }
  await page.evaluate(
    (text) => sessionStorage.setItem('oauth-transaction', text),
    JSON.stringify(old),
  )
  const answer = new URLSearchParams({ code: 'a', state: pending.state, iss: pending.issuer })
  await page.goto(`${product.docs}/oauth/callback/?${answer}`)
  await expectRefusal(page, product, /longer than ten minutes/)
})

test('the reader who declines is back at the filled form, and told so there', async ({
  page,
  product,
}) => {
  await page.goto(product.docs + endpoint)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Try it' })
  await panel.getByLabel('limit').fill('7')
  await panel.getByRole('button', { name: 'Sign in with Streamloop' }).click()
  await page.getByRole('button', { name: 'Continue as the demo user' }).click()
  await page.getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(panel.getByRole('alert').first()).toContainText('You declined the request.')
  await expect(page).toHaveURL(product.docs + endpoint)
  await expect(panel.getByLabel('limit')).toHaveValue('7')
  await expect(panel.getByRole('button', { name: 'Sign in with Streamloop' })).toBeVisible()
  // Nothing was sent, and nothing is left of the trip.
  await expect(page.getByRole('region', { name: 'Response' })).toContainText('Nothing sent yet.')
  const left = await page.evaluate(() => Object.keys(sessionStorage))
  expect(left.filter((key) => /oauth|return/.test(key))).toEqual([])
})

test('T5: the words of a server are text, short, and lead nowhere', async ({ page, product }) => {
  const { state, issuer } = await interruptSignIn(page, product)
  const answer = new URLSearchParams({
    error: 'server_error',
    error_description: `<img src=x onerror="document.title='hit'"> \u202e https://evil.example ${'a'.repeat(5000)}`,
    state,
    iss: issuer,
  })
  await page.goto(`${product.docs}/oauth/callback/?${answer}`)
  await expectRefusal(page, product, /server failed/)
  expect(await page.locator('img').count()).toBe(0)
  const words = (await page.locator('q').textContent()) ?? ''
  expect(words.length).toBeLessThanOrEqual(200)
  expect(words).not.toContain('evil.example')
  expect(words).not.toContain('\u202e')
  expect(await page.title()).not.toContain('hit')
})

test.describe('T6: a way back that was tampered with', () => {
  for (const path of [
    '//evil.example/',
    '/\\evil.example/',
    'javascript:alert(1)',
    'https:evil.example',
  ]) {
    test(`${path} leads to the start of this site`, async ({ page, product }) => {
      const pending = await interruptSignIn(page, product)
      const changed = JSON.stringify({ ...pending, returnPath: path })
      await page.evaluate((text) => sessionStorage.setItem('oauth-transaction', text), changed)
      const answer = new URLSearchParams({
        error: 'access_denied',
        state: pending.state,
        iss: pending.issuer,
      })
      await page.goto(`${product.docs}/oauth/callback/?${answer}`)
      await page.getByRole('link', { name: 'Back to the docs' }).click()
      await expect(page).toHaveURL(`${product.docs}/`)
    })
  }
})

test('T37: whatever lies in the storage or in the hash, the pages load', async ({
  page,
  product,
}) => {
  await page.goto(`${product.docs}${endpoint}#%E0%A4%A`)
  for (const text of [
    'null',
    '[]',
    '{"version":1}',
    'not json',
    '"x"',
    '{"version":1,"path":"/reference/"}',
  ]) {
    await page.evaluate((value) => {
      for (const key of ['oauth-transaction', 'try-it-return']) sessionStorage.setItem(key, value)
      for (const key of ['environment', 'session-hint']) localStorage.setItem(key, value)
    }, text)
    await page.goto(product.docs + endpoint)
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
    await page.goto(`${product.docs}/oauth/callback/?code=a&state=b`)
    await expectRefusal(page, product, /no sign-in of this tab/)
    await page.goto(product.docs + endpoint)
  }
})
