import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCursor, writeCursor } from '../../src/sandbox/domain/page.ts'
import { demo, type Json, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

/** Reads a list to its end, doing something between the pages. */
async function readAll(path: string, between: () => Promise<unknown> = async () => {}) {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const next: string = cursor ? `${path}&cursor=${cursor}` : path
    const { data, page }: Json = await api.json('GET', next)
    ids.push(...data.map(({ id }: Json) => id))
    expect(page.hasMore).toBe(page.nextCursor !== null)
    cursor = page.nextCursor
    await between()
  } while (cursor)
  return ids
}

test.each([
  ['/streams', 8],
  ['/uploads', 6],
  ['/playlists', 16],
  ['/destinations', 4],
  ['/billing/invoices', 3],
])('%s read by ones, threes and at once are the same', async (path, count) => {
  const whole = await readAll(`${path}?limit=100`)
  expect(whole).toHaveLength(count)
  expect(await readAll(`${path}?limit=1`)).toEqual(whole)
  expect(await readAll(`${path}?limit=3`)).toEqual(whole)
})

test('what is added and deleted between pages neither repeats nor hides anything', async () => {
  for (let i = 0; i < 25; i += 1) {
    // Several within a millisecond: the id decides between equals.
    if (i % 5 === 0) api.clock.advance(0.001)
    await api.json('POST', '/streams', { body: { name: `Row ${i}` } })
  }
  const before = await readAll('/streams?limit=100')
  let round = 0
  const read = await readAll('/streams?limit=4', async () => {
    round += 1
    api.clock.advance(1)
    await api.json('POST', '/streams', { body: { name: 'New' } })
    // One that was read already.
    if (round === 2) await api.call('DELETE', `/streams/${before[1]}`)
  })
  expect(read).toEqual(before)
})

test('filters hold on every page', async () => {
  for (let i = 0; i < 5; i += 1) {
    await api.json('POST', '/streams', { body: { name: `Café ${i}` } })
  }
  const read = await readAll(`/streams?limit=2&state=draft&name=${encodeURIComponent('caf')}`)
  expect(read).toHaveLength(5)
})

test('twenty is a page unless said otherwise', async () => {
  for (let i = 0; i < 15; i += 1) await api.json('POST', '/streams', { body: {} })
  const { data, page } = await api.json('GET', '/streams')
  expect(data).toHaveLength(20)
  expect(page.hasMore).toBe(true)
  expect(page.nextCursor).toMatch(/^eyJ/)
})

test('a cursor of no page is refused', async () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const bad = [
    'x',
    encode(null),
    encode({ id: 'a' }),
    encode({ createdAt: '1', id: 'a' }),
    encode({ createdAt: 1, id: 'a', more: 1 }),
    encode({ id: `' OR 1=1 --${'x'.repeat(80)}`, createdAt: 1 }),
    '%00',
  ]
  for (const cursor of bad) {
    const problem = await api.problem('GET', `/streams?cursor=${encodeURIComponent(cursor)}`)
    expect(problem, cursor).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ parameter: 'cursor' }],
    })
  }
  const position = { createdAt: 5, id: `' OR "customerId" = '${demo}` }
  expect(readCursor(writeCursor(position))).toEqual(position)
  expect((await api.json('GET', `/streams?cursor=${writeCursor(position)}`)).data).toEqual([])
})
