import { expect, test } from 'vitest'
import { isNear, rank } from '../../src/components/search/rank.ts'

const hits = [
  { title: 'Errors', kind: 'Guide' },
  { title: 'createStreamKey', kind: 'Property', place: 'answer of Get' },
  { title: 'createStream', kind: 'GraphQL' },
  {
    title: 'Create a stream',
    kind: 'Operation',
    method: 'POST',
    path: '/v1/streams',
    names: 'createStream /streams',
  },
  { title: 'STREAM_LIVE', kind: 'Error code' },
]

test.each([
  ['create stream', 'Create a stream'],
  ['CREATE STREAM', 'Create a stream'],
  ['createStream', 'Create a stream'],
  ['post /streams', 'Create a stream'],
  ['/v1/streams', 'Create a stream'],
  ['stream_live', 'STREAM_LIVE'],
  ['create stream key', 'createStreamKey'],
])('for "%s", %s comes first', (term, title) => {
  expect(rank(hits, term)[0]?.title).toBe(title)
})

test('what bears none of the words keeps its order', () => {
  expect(rank(hits, 'nothing').map(({ title }) => title)).toEqual(hits.map(({ title }) => title))
})

test('what only begins with the same letter or two is not near', () => {
  expect(isNear(['zz'], 'zzzzqq')).toBe(false)
  expect(isNear(['streaming'], 'streams')).toBe(true)
  expect(isNear(['rtmpKey'], 'key')).toBe(true)
})
