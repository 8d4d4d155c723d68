import { describe, expect, test } from 'vitest'
import { corrected, plainWords, vocabularyOf } from '../../src/search/words.ts'

test('a name in any spelling is the same words', () => {
  for (const name of ['createStream', 'create_stream', 'Create a stream', 'create-stream']) {
    expect(plainWords(name)).toEqual(['create', 'stream'])
  }
})

test('the vocabulary has every longer word once, the most frequent first', () => {
  expect(vocabularyOf(['Create a stream', 'List streams. Stop a stream, id 1234'])).toEqual([
    'stream',
    'create',
    'list',
    'stop',
    'streams',
  ])
})

describe('a typing mistake', () => {
  const vocabulary = ['stream', 'create', 'playlist', 'playlists', 'crate', 'destination', 'list']

  test.each([
    ['craete stream', 'create stream'],
    ['playlst', 'playlist'],
    ['destinatoins', 'destination'],
    ['xreate', 'create'],
    ['Playlsit', 'playlist'],
    ['creates stream', 'create stream'],
  ])('%s is read as %s', (typed, meant) => {
    expect(corrected(typed, vocabulary)).toBe(meant)
  })

  test.each(['create stream', 'playl', 'dest', 'zzzzqq', 'id', 'lits2', ''])(
    'is not seen in "%s"',
    (typed) => {
      expect(corrected(typed, vocabulary)).toBeUndefined()
    },
  )
})
