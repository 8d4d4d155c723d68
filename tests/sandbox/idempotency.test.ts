import { afterEach, beforeEach, expect, test } from 'vitest'
import { streams, uploads } from '../../src/sandbox/seed/ids.ts'
import { type Json, other, startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
})
afterEach(() => api.close())

const withKey = (key: string) => ({ 'idempotency-key': key })
const names = async (as?: string) =>
  (await api.json('GET', '/streams?limit=100', { as })).data.map(({ name }: Json) => name)

test('S21 the same key and body answer the same thing, and do it once', async () => {
  const request = { body: { name: 'Once' }, headers: withKey('a') }
  const first = await api.call('POST', '/streams', request)
  const again = await api.call('POST', '/streams', request)
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(again.status).toBe(201)
  expect(again.headers.get('location')).toBe(first.headers.get('location'))
  expect(await again.json()).toEqual(await first.json())
  expect((await names()).filter((name: string) => name === 'Once')).toHaveLength(1)
})

test('S21 fifty at the same time make one stream', async () => {
  const request = { body: { name: 'Together' }, headers: withKey('b') }
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => api.json('POST', '/streams', request)),
  )
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect((await names()).filter((name: string) => name === 'Together')).toHaveLength(1)
})

test('S21 another body under the same key is refused, and changes nothing', async () => {
  const path = `/streams/${streams.studyBeats}`
  await api.json('PATCH', path, { body: { name: 'One' }, headers: withKey('c') })
  const problem = await api.problem('PATCH', path, { body: { name: 'Two' }, headers: withKey('c') })
  expect(problem).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
  expect((await api.json('GET', path)).name).toBe('One')
})

test('a refusal is replayed as well, even when it would now succeed', async () => {
  const path = `/uploads/${uploads.newVisual}/complete`
  const first = await api.call('POST', path, { headers: withKey('d') })
  expect(first.status).toBe(409)
  const again = await api.call('POST', path, { headers: withKey('d') })
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  const [before, after] = [(await first.json()) as Json, (await again.json()) as Json]
  expect(after).toEqual({ ...before, requestId: again.headers.get('x-request-id') })
})

test('S21 a key belongs to its account, method and path', async () => {
  const request = { body: { name: 'Mine' }, headers: withKey('e') }
  await api.json('POST', '/streams', request)
  const theirs = await api.call('POST', '/streams', { ...request, as: other })
  expect(theirs.headers.get('idempotency-replayed')).toBeNull()
  expect(await names(other)).toEqual(['Mine'])
  const elsewhere = await api.call('PATCH', `/streams/${streams.studyBeats}`, {
    body: { name: 'Mine' },
    headers: withKey('e'),
  })
  expect(elsewhere.headers.get('idempotency-replayed')).toBeNull()
})

test('an answer is kept for a day', async () => {
  const request = { body: { name: 'Daily' }, headers: withKey('f') }
  await api.json('POST', '/streams', request)
  api.clock.advance(24 * 3600 - 1)
  const late = await api.call('POST', '/streams', request)
  expect(late.headers.get('idempotency-replayed')).toBe('true')
  api.clock.advance(2)
  const tooLate = await api.call('POST', '/streams', request)
  expect(tooLate.headers.get('idempotency-replayed')).toBeNull()
})

test('a token that lacks the scope gets no replay', async () => {
  const request = { body: { name: 'Secret' }, headers: withKey('g') }
  await api.json('POST', '/streams', request)
  const response = await api.call('POST', '/streams', { ...request, scopes: ['streamloop:read'] })
  expect(response.status).toBe(403)
})

test('a key that is empty or too long is refused', async () => {
  for (const key of ['', 'k'.repeat(201)]) {
    const problem = await api.problem('POST', '/streams', { body: {}, headers: withKey(key) })
    expect(problem).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ parameter: 'Idempotency-Key' }],
    })
  }
})

test('a failure of the sandbox is not kept', async () => {
  const request = { body: { name: 'Later' }, headers: withKey('h') }
  api.store.limitPages(1)
  // Fill what room the file has left, so that the next row needs a page.
  const filler = { body: { name: 'x'.repeat(200_000) } }
  expect((await api.call('POST', '/streams', filler)).status).toBe(503)
  api.store.limitPages(0)
  expect((await api.call('POST', '/streams', request)).status).toBe(201)
})
