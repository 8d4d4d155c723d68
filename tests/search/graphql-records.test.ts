import { expect, test } from 'vitest'
import { readSchema } from '../../src/graphql/read-schema.ts'
import { graphqlRecords } from '../../src/search/graphql-records.ts'

const sdl = `
type Query { "Every stream. Newest first." streams(limit: Int): [Stream!]! }
"A stream of video." type Stream { id: ID! title: String }
type Bare { id: ID! }
`
const reference = readSchema({
  file: 'schema.graphql',
  sdl,
  path: '/graphql',
  operationIds: new Set(),
})
const named = (title: string) =>
  graphqlRecords(reference, false).find((record) => record.title === title)

test('a query is shown with its first sentence and found by its arguments', () => {
  expect(named('streams')).toEqual({
    kind: 'GraphQL',
    href: '/graphql/queries/streams/',
    title: 'streams',
    place: 'query',
    text: 'Every stream.',
    words: 'limit',
  })
})

test('a type is shown with its first sentence and found by its fields', () => {
  expect(named('Stream')).toMatchObject({
    place: 'object',
    text: 'A stream of video.',
    words: 'id title',
  })
  expect(named('Bare')).toMatchObject({ text: '' })
})

test('without a schema there is nothing to find', () => {
  expect(graphqlRecords(undefined, true)).toEqual([])
})
