import { expect, test } from 'vitest'
import { referenceRecords } from '../../src/search/reference-records.ts'
import { readFixture } from '../model/read-odd.ts'

const records = referenceRecords(await readFixture('odd.yaml'))
const named = (title: string) => records.filter((record) => record.title === title)

test('an operation is found by summary, path, method and operationId', () => {
  expect(named('search')).toMatchObject([
    {
      kind: 'Operation',
      method: 'POST',
      path: '/v2/search/{missing}',
      names: 'search /search/{missing}',
    },
  ])
})

test('a parameter and a property say where they belong, and lead there', () => {
  expect(named('fields')[0]).toMatchObject({
    kind: 'Parameter',
    place: 'query parameter of getThing',
    text: 'Restated.',
  })
  expect(named('secret')[0]).toMatchObject({ kind: 'Property', place: 'body of search' })
  expect(named('secret')[0]?.href).toBe('/reference/other/search/#body-secret')
})

test('schemas and error codes are found by their names', () => {
  expect(named('Owner')).toMatchObject([{ kind: 'Schema', href: '/reference/schemas/owner/' }])
  expect(named('GONE')).toMatchObject([{ kind: 'Error code', place: 'Gone' }])
})

test('a name that stands everywhere is found in a few places', () => {
  expect(named('id').length).toBeLessThanOrEqual(6)
})
