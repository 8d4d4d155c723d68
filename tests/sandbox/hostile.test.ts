import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { streams } from '../../src/sandbox/seed/ids.ts'
import { describedOperations } from './contract.ts'
import { startApi, type TestApi } from './harness.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const nasty = fc.oneof(
  fc.constantFrom(
    `' OR 1=1 --`,
    `"; DROP TABLE stream; --`,
    '\u0000',
    '\ud800',
    '../../etc/passwd',
    '%00%ff',
    '{{7*7}}',
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    '',
    '-1',
    '1e309',
    '9007199254740993',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const value = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
)

test('S10 whatever is sent is answered as described, and gives nothing of the inside away', async () => {
  const operations = [...(await describedOperations()).values()]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations),
      fc.oneof(nasty, fc.constantFrom(...Object.values(streams))),
      fc.array(
        fc.tuple(fc.oneof(nasty, fc.constantFrom('limit', 'cursor', 'name', 'period')), nasty),
        {
          maxLength: 2,
        },
      ),
      fc.dictionary(
        fc.oneof(
          nasty,
          fc.constantFrom('name', 'quality', 'operations', 'amountCents', 'scheduleStartAt', 'url'),
        ),
        value,
        { maxKeys: 4 },
      ),
      async ({ method, path }, id, query, body) => {
        const search = query.map(([name, text]) => `${encode(name)}=${encode(text)}`).join('&')
        const address = path.replace('{id}', encode(id) || 'x') + (search ? `?${search}` : '')
        // Held against the document by `call`: an undescribed status or body throws.
        const response = await api.call(method, address, {
          body: method === 'GET' ? undefined : body,
        })
        expect(response.status).toBeLessThan(500)
        if (response.status >= 400) {
          const text = await response.text()
          expect(response.headers.get('content-type')).toBe('application/problem+json')
          expect(text).not.toMatch(/SQLITE|node_modules|\.ts:\d|\bat async\b/)
        }
      },
    ),
    { numRuns: 600 },
  )
  expect(api.failures).toEqual([])
  expect((await api.json('GET', '/streams')).data.length).toBeGreaterThan(0)
})

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
