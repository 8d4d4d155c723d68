import { expect, test } from 'vitest'
import { creditsOf, priceInWords } from '../../src/components/guide/price.ts'
import { monthTable } from '../../src/guides/tables.ts'
import { loadDocument, loadReference } from '../../src/model/load.ts'

test('thirty days of 1080p at 30 frames are what the rate card makes of them', async () => {
  const credits = creditsOf({ creditsPerMinute: 231, hoursADay: 24, days: 30 })
  expect(credits).toBe(9_979_200)
  expect(priceInWords(credits, 1_000_000)).toBe('9,979,200 credits, $9.98')
  const source = { document: await loadDocument(), reference: await loadReference() }
  const month = monthTable(new Map([['tag', 'billing']]), source)
  const rows = month.kind === 'table' ? month.rows : []
  expect(rows[1]?.[3]).toBe('$9.98')
})

test('half an hour counts, and credits are whole', () => {
  expect(creditsOf({ creditsPerMinute: 93, hoursADay: 0.5, days: 1 })).toBe(2_790)
  expect(creditsOf({ creditsPerMinute: 97, hoursADay: 0.0083, days: 1 })).toBe(48)
})
