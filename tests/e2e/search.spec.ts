import { axeFindings } from './harness/axe.ts'
import { expect, test } from './harness/fixtures.ts'

/** What is typed, what the first hit is called, and what it says it is. */
const obvious: [term: string, title: string, what: string | RegExp][] = [
  ['create stream', 'POST Create a stream', 'Operation · Streams'],
  ['POST /streams', 'POST Create a stream', 'Operation · Streams'],
  ['POST /v1/streams', 'POST Create a stream', 'Operation · Streams'],
  ['GET /streams/{id}', 'GET Get a stream', 'Operation · Streams'],
  ['createStream', 'POST Create a stream', 'Operation · Streams'],
  ['list streams', 'GET List streams', 'Operation · Streams'],
  ['delete stream', 'DELETE Delete a stream', 'Operation · Streams'],
  ['rtmpKey', 'rtmpKey', /^Property · body of /],
  ['scheduleStartAt', 'scheduleStartAt', /^Property · body of /],
  ['STREAM_LIVE', 'STREAM_LIVE', 'Error code · Stream is live'],
  ['rate_limited', 'RATE_LIMITED', 'Error code · Too many requests'],
  ['limit', 'limit', /^Parameter · query parameter of /],
  ['Idempotency-Key', 'Idempotency-Key', /^Parameter · header of /],
  ['StreamState', 'StreamState', 'Schema'],
  ['pagination', 'Pagination to the end', 'Guide'],
  ['quickstart', 'Quickstart', 'Guide'],
  ['api keys', 'API keys', 'Guide · Authentication'],
  ['craete stream', 'POST Create a stream', 'Operation · Streams'],
  ['get playlst', 'GET Get a playlist', 'Operation · Playlists'],
  ['destinatoin', 'destination', /^(?:Property|Parameter|GraphQL)/],
  ['STREAM_LVIE', 'STREAM_LIVE', 'Error code · Stream is live'],
]

test('the search shows what each hit is, the obvious one first, and says when there is none', async ({
  page,
  product,
}) => {
  await page.goto(`${product.docs}/reference/`)
  await page.keyboard.press('/')
  const field = page.getByRole('combobox', { name: /^search/i })
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('option')).toHaveCount(0)
  for (const [term, title, what] of obvious) {
    await field.fill(term)
    const first = dialog.getByRole('option').first()
    await expect(first.locator('b'), term).toHaveText(title)
    await expect(first.locator('small'), term).toHaveText(what)
  }
  await field.fill('craete stream')
  await expect(dialog.getByRole('status')).toHaveText(/results for “create stream”$/)
  expect(await axeFindings(page)).toEqual([])
  await field.fill('zzzzqq')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing found' })).toBeVisible()
  await field.fill('')
  await expect(dialog.getByRole('option')).toHaveCount(0)
})
