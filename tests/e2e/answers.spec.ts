import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeFindings } from './harness/axe.ts'
import { addFaultField } from './harness/fault-field.ts'
import { expect, test } from './harness/fixtures.ts'
import { openAnswered, pixel, silence } from './harness/open-answered.ts'
import { signIn } from './harness/sign-in.ts'

const list = '/reference/streams/list-streams/'
const panelOf = (page: Page) => page.getByRole('region', { name: 'Try it' })
const responseOf = (page: Page) => page.getByRole('region', { name: 'Response' })

async function sendWith(page: Page, fault: string): Promise<void> {
  await panelOf(page).getByLabel('Sandbox-Fault').fill(fault)
  await panelOf(page).getByRole('button', { name: 'Send', exact: true }).click()
}

async function expectAccessible(page: Page, state: string): Promise<void> {
  expect(await axeFindings(page, '.try-panel'), state).toEqual([])
}

test('T30: whatever the sandbox answers is shown as what it is, and kept for this tab', {
  tag: '@deep',
}, async ({ page, product }) => {
  await addFaultField(page)
  await page.goto(product.docs + list)
  await signIn(page)
  const response = responseOf(page)

  await test.step('a success is as documented, with what was measured', async () => {
    await sendWith(page, '')
    await expect(response).toContainText('as documented')
    await response.getByText(/\d+ headers · HTTP\/1\.1/).click()
    await expect(response).toContainText(/\d ms to the headers, .* in all/)
    await expect(response).toContainText(/on the wire, .* decoded/)
    await expect(response).toContainText('content-type')
    await expectAccessible(page, 'answered')
  })

  await test.step('the next page is one click away', async () => {
    await panelOf(page).getByLabel('limit').fill('2')
    await sendWith(page, '')
    const first = await response
      .getByText(/^"stream_/)
      .first()
      .textContent()
    await response.getByRole('button', { name: 'Next page' }).click()
    await expect(panelOf(page).getByLabel('cursor')).not.toHaveValue('')
    await expect(response.getByText(/^"stream_/).first()).not.toHaveText(first ?? '')
    await panelOf(page).getByLabel('cursor').fill('')
  })

  await test.step('a drifted value is marked, and leads to its property', async () => {
    await sendWith(page, 'drift')
    await expect(response).toContainText('1 difference')
    await expect(response.locator('.try-json')).toContainText('is a number; documented is string')
    await response.getByRole('link', { name: 'Reference' }).click()
    await expect(page).toHaveURL(/#response-200-data-id$/)
    await expect(page.locator('#response-200-data-id')).toBeInViewport()
    await expectAccessible(page, 'with differences')
  })

  await test.step('an error says what to do, an undocumented status that it is one', async () => {
    await sendWith(page, 'status=429')
    await expect(response.getByRole('link', { name: 'RATE_LIMITED' })).toBeVisible()
    await expect(response.getByRole('button', { name: 'Try again' })).toBeEnabled()
    await sendWith(page, 'status=418')
    await expect(response).toContainText('The status 418 is not documented.')
    await expectAccessible(page, 'an error')
  })

  await test.step('broken JSON is said to be broken, and shown', async () => {
    await sendWith(page, 'malformed')
    await expect(response).toContainText('The answer says it is JSON, but it is not')
    await expect(response).toContainText('{"data":[{"id":')
  })

  await test.step('streams come live, and can be cancelled', async () => {
    await sendWith(page, 'sse')
    await expect(response.locator('.try-rows li').nth(4)).toBeVisible()
    await expect(response).toContainText(/\d+ came, [\d.]+ a second/)
    await panelOf(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(response).toContainText('Cancelled while the answer was coming.')
    await sendWith(page, 'jsonl=3')
    await expect(response).toContainText('3 came')
    await expect(response.locator('.try-rows li')).toHaveCount(3)
    await expectAccessible(page, 'a stream')
  })

  await test.step('what is too large for a tree is a window on its text, and can be saved', async () => {
    await sendWith(page, 'big=6MiB')
    await expect(response).toContainText('of 6.3 MB')
    await response.getByRole('button', { name: 'End' }).click()
    await expect(response.locator('pre')).toContainText(/\}\s*$/)
    const saved = page.waitForEvent('download')
    await response.getByRole('link', { name: /^Save as/ }).click()
    const file = await readFile(await (await saved).path())
    expect(file.byteLength).toBe(6 * 1024 * 1024)
  })

  await test.step('the calls of this tab can be compared, and taken away without a credential', async () => {
    const past = panelOf(page).locator('.try-past')
    await past.getByText(/calls in this tab/).click()
    await past.getByRole('checkbox').nth(-1).check()
    await past.getByRole('checkbox').nth(-4).check()
    await expect(
      past.getByRole('region', { name: 'Comparison' }).locator('ins').first(),
    ).toBeVisible()
    await expectAccessible(page, 'the history')
    const saved = page.waitForEvent('download')
    await past.getByRole('button', { name: 'Save as HAR' }).click()
    const har = await readFile(await (await saved).path(), 'utf8')
    expect(JSON.parse(har).log.entries.length).toBeGreaterThan(8)
    expect(har).not.toMatch(/authorization|Bearer|eyJhbGciOi/i)
  })

  await test.step('ids of this tab are offered elsewhere, and an old answer opens again', async () => {
    await page.goto(`${product.docs}/reference/streams/get-stream/`)
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
    const offered = panelOf(page).locator('datalist option')
    await expect(offered.first()).toHaveAttribute('value', /^stream_/)
    const past = panelOf(page).locator('.try-past')
    await past.getByText(/calls in this tab/).click()
    await past
      .getByRole('button', { name: /^Open GET/ })
      .last()
      .click()
    await page.waitForURL(product.docs + list)
    await expect(responseOf(page)).toContainText('kept from')
    await expect(responseOf(page)).toContainText('200 OK')
  })

  await test.step('signing out forgets all of it', async () => {
    await panelOf(page).getByRole('button', { name: 'Sign out' }).click()
    await expect(panelOf(page)).toContainText('Signed out')
    await expect(panelOf(page).getByText(/calls in this tab/)).toHaveCount(0)
    await page.reload()
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
    await expect(panelOf(page)).toContainText('Not signed in')
    await expect(panelOf(page).getByText(/calls? in this tab/)).toHaveCount(0)
  })
})

test('T17: nothing in an answer runs, every kind of it is shown or saved, fields it blames are marked', async ({
  page,
  context,
  product,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, { __hits: 0, __hit: () => Object.assign(window, { __hits: 1 }) })
  })
  const answer = await openAnswered(page, product, list)
  const response = responseOf(page)
  const script = '<script>__hit()</script><img src=x onerror=__hit()>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="__hit()">${script}</svg>`
  for (const [type, body] of [
    ['text/html', `<title>x</title>${script}`],
    ['image/svg+xml', svg],
    ['application/xhtml+xml', `<html xmlns="http://www.w3.org/1999/xhtml">${svg}</html>`],
    ['text/xml; charset=utf-8', `<?xml version="1.0"?><?xml-stylesheet href="x"?>${svg}`],
    ['text/javascript', `__hit() // ${script}`],
    ['application/json, text/html', script],
    ['multipart/mixed; boundary=x', `--x\r\n\r\n${script}\r\n--x--`],
    ['application/pdf', `%PDF ${script}`],
    ['', script],
  ] as const) {
    await answer({ type, body })
    const isShown = !/pdf|multipart/.test(type)
    if (isShown) await expect(response.locator('pre')).toContainText('onerror=__hit()')
    else await expect(response).toContainText('not shown')
  }
  const text =
    '{"__proto__":{"polluted":1},"n":12345678901234567890,"n":1.10,"a":"\\u003cscript>__hit()","<b onclick=__hit()>":{}}'
  await answer({ type: 'application/json', body: text })
  await expect(response.locator('.try-json')).toContainText('"n": 12345678901234567890')
  await expect(response.locator('.try-json')).toContainText('"n": 1.10')
  await expect(response.locator('.try-json')).toContainText('"\\u003cscript>__hit()"')
  await response.getByRole('button', { name: 'Raw' }).click()
  await expect(response.locator('pre')).toHaveText(text)

  await answer({ type: 'image/png', body: pixel })
  await expect(response.locator('img')).toHaveJSProperty('naturalWidth', 1)
  await answer({ type: 'image/png', body: 'no image' })
  await expect(response).toContainText('but no image shows')
  await answer({ type: 'audio/wav', body: silence })
  await expect(response.locator('audio')).toHaveJSProperty('duration', 0.1)
  await answer({ type: 'video/mp4', body: 'no video' })
  await expect(response).toContainText('This browser cannot play video/mp4. Save it instead.')
  await answer({
    type: 'application/octet-stream',
    body: 'x',
    headers: { 'content-disposition': 'attachment; filename="../plan.html"' },
  })
  await expect(response.getByRole('link', { name: 'Save as plan.html' })).toBeVisible()
  await answer({ status: 204 })
  await expect(response).toContainText('No body.')

  await answer({
    status: 422,
    type: 'application/problem+json',
    body: JSON.stringify({
      title: 'Invalid',
      errors: [{ parameter: 'limit', detail: `is ${script}` }],
    }),
  })
  const field = panelOf(page).getByLabel('limit')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/onerror=__hit\(\)/)

  const seen = await page.evaluate(() => {
    const { __hits, polluted } = window as unknown as Record<string, unknown>
    return { hits: __hits, polluted, frames: window.frames.length }
  })
  expect(seen).toEqual({ hits: 0, polluted: undefined, frames: 0 })
  expect(context.pages()).toHaveLength(1)
})

test('T30: what is wide or deep beyond all measure is shown in part, and opens step by step', {
  tag: '@deep',
}, async ({ page, product }) => {
  const answer = await openAnswered(page, product, list)
  const response = responseOf(page)
  const nodes = () => response.locator('*').count()

  const keys = Array.from({ length: 300_000 }, (_, index) => `"k${index}":${index}`)
  await answer({ type: 'application/json', body: `{${keys.join(',')}}` })
  await expect(response.locator('.try-json')).toContainText('"k99": 99')
  expect(await nodes()).toBeLessThan(2000)
  await response.getByRole('button', { name: 'Show 100 of 299,900 more' }).click()
  await expect(response.locator('.try-json')).toContainText('"k199": 199')

  const depth = 200_000
  await answer({ type: 'application/json', body: '['.repeat(depth) + ']'.repeat(depth) })
  const closed = response.locator('details.try-node:not([open]) > summary')
  await expect(closed).toHaveCount(1)
  for (let level = 0; level < 5; level += 1) await closed.click()
  await expect(closed).toHaveCount(1)
  expect(await nodes()).toBeLessThan(2000)

  await answer({ type: 'text/plain', body: 'x'.repeat(4_900_000) })
  await expect(response).toContainText('Characters 1 to 20,000 of 4,900,000.')
})

test('T26: a pattern that takes for ever is given up, and the page goes on', {
  tag: '@deep',
}, async ({ page, product }) => {
  await page.route(/\/answers\.json$/, (route) =>
    route.fulfill({
      json: {
        answers: [
          {
            ...{ status: '200', anchor: 'response-200', headers: [] },
            content: [
              {
                mediaType: 'application/json',
                schema: {
                  type: 'object',
                  properties: { a: { pattern: '^(a+)+$' }, b: { type: 'string' } },
                },
              },
            ],
          },
        ],
      },
    }),
  )
  const answer = await openAnswered(page, product, list)
  await answer({
    type: 'application/json',
    body: JSON.stringify({ a: `${'a'.repeat(50)}!`, b: 1 }),
  })
  await expect(responseOf(page)).toContainText('Patterns were not checked')
  await expect(responseOf(page)).toContainText('b is a number; documented is string')
})

test('a link to a request fills in what was typed, sends nothing and carries no secret', {
  tag: '@deep',
}, async ({ page, context, product }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${product.docs}/reference/destinations/create-rtmp-destination/`)
  await page.getByRole('button', { name: 'Try it', exact: true }).click()
  await panelOf(page).getByLabel('rtmpKey').fill('live_secret_1')
  await panelOf(page).getByLabel('Body').fill('{"name":"Shared","rtmpKey":"live_secret_2"}')
  await panelOf(page).getByRole('button', { name: 'Copy a link to this request' }).click()
  await expect(panelOf(page)).toContainText('Copied.')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const carried = Buffer.from(link.split('#try=')[1] ?? '', 'base64url').toString()
  expect(carried).toContain('Shared')
  expect(carried).not.toContain('live_secret')

  const other = await context.newPage()
  await other.goto(link)
  await expect(panelOf(other).getByLabel('Body')).toHaveValue(/Shared/)
  await expect(responseOf(other)).toContainText('Nothing sent yet.')
  expect(other.url()).not.toContain('#try')
})
