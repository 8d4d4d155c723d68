import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExactNumbers } from '../../src/document/exact-number.ts'
import { yamlText } from '../../src/document/yaml-text.ts'
import '../property-seed.ts'

const write = (value: unknown): string => yamlText(value, new ExactNumbers())

test('a document is written in blocks, with quotes only where YAML needs them', () => {
  expect(
    write({
      openapi: '3.1.1',
      paths: { '/streams/{id}': { get: { tags: ['Streams'], responses: { '200': {} } } } },
      description: 'First line.\n\n  - second\n',
      servers: [{ url: 'https://api.example', variables: {} }, []],
      yes: 'no',
      list: [['a'], [1, true, null]],
    }),
  ).toBe(`openapi: "3.1.1"
paths:
  /streams/{id}:
    get:
      tags:
        - Streams
      responses:
        "200": {}
description: |
  First line.

    - second
servers:
  - url: https://api.example
    variables: {}
  - []
"yes": "no"
list:
  - - a
  - - 1
    - true
    - null
`)
})

test('digits that a number cannot hold are kept', () => {
  const numbers = new ExactNumbers()
  numbers.note(9007199254740992, '9007199254740993')
  expect(yamlText({ maximum: 9007199254740992 }, numbers)).toBe('maximum: 9007199254740993\n')
})

test('a key too long for a line of its own is told apart', () => {
  const key = 'k'.repeat(2000)
  expect(parse(write({ [key]: { a: 1 }, b: [{ [key]: 2 }] }))).toEqual({
    [key]: { a: 1 },
    b: [{ [key]: 2 }],
  })
})

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', ':', '#', '-', "'", '"', '|', '\r') }),
  fc.constantFrom('true', 'No', 'null', '~', '1e3', '0x1f', '2020-01-01', '<<', '=', 'a: b', '---'),
)
const tree = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
})).value

test.each(['1.2', '1.1'] as const)('what is written reads back the same as YAML %s', (version) => {
  fc.assert(
    fc.property(tree, (value) => {
      const text = write(value)
      expect(parse(text, { version, merge: false })).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 300 },
  )
})
