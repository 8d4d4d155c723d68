import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownRootOf, rootOf } from '../../src/try-it/json-tree.ts'
import {
  memberText,
  piecesOf,
  withPieces,
  withValue,
} from '../../src/try-it/request/body/fields/json-edit.ts'
import { blankJson, typedJson } from '../../src/try-it/request/body/fields/typed-json.ts'
import { placeOf } from '../../src/try-it/request/body/text/problem-place.ts'
import { propertiesOf, schemasAt, valuesOf } from '../../src/try-it/request/body/text/schema-at.ts'
import { view } from './fixture.ts'

describe('a form that edits a text', () => {
  test('leaves the digits, escapes and order of everything else', () => {
    const text = '{\n  "big": 12345678901234567890,\n  "price": 0.10,\n  "n": "\\u0041"\n}'
    const pieces = piecesOf(text, knownRootOf(text))
    const price = pieces[1]
    if (!price) throw new Error('No price.')
    expect(withValue(text, price.node, '0.20')).toBe(text.replace('0.10', '0.20'))
  })

  test('lays a new member out like those that are there', () => {
    const text = '{\n  "a": 1\n}'
    const root = knownRootOf(text)
    const raws = [...piecesOf(text, root).map(({ raw }) => raw), memberText('b', '[]')]
    const more = withPieces(text, root, raws)
    expect(more).toBe('{\n  "a": 1,\n  "b": []\n}')
    const list = piecesOf(more, knownRootOf(more))[1]
    if (!list) throw new Error('No list.')
    expect(withPieces(more, list.node, ['1', '2'])).toBe(
      '{\n  "a": 1,\n  "b": [\n    1,\n    2\n  ]\n}',
    )
    expect(withPieces('{"a": 1}', knownRootOf('{"a": 1}'), ['"a": 1', '"b": 2'])).toBe(
      '{"a": 1, "b": 2}',
    )
  })

  test('taking pieces apart and putting them together changes nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const root = rootOf(text)
        if (!root || (root.kind !== 'object' && root.kind !== 'array')) return
        const raws = piecesOf(text, root).map(({ raw }) => raw)
        expect(JSON.parse(withPieces(text, root, raws))).toEqual(JSON.parse(text))
        expect(JSON.parse(withPieces(text, root, raws.toReversed()))).toEqual(
          Array.isArray(value) ? JSON.parse(text).toReversed() : JSON.parse(text),
        )
      }),
    )
  })

  test.each([
    ['12345678901234567890', 'integer', '12345678901234567890'],
    ['0.10', 'number', '0.10'],
    ['abc', 'integer', '"abc"'],
    ['1', 'string', '"1"'],
    ['null', 'string or null', '"null"'],
    ['1', 'any', '1'],
    ['say "x"', 'string', '"say \\"x\\""'],
  ])('%s in a field for %s is %s', (typed, type, json) => {
    expect(typedJson(typed, view({ type }), undefined)).toBe(json)
  })

  test('a new value begins with what the schema knows', () => {
    expect(blankJson(view({ type: 'string', enum: [{ value: '"a"', description: '' }] }))).toBe(
      '"a"',
    )
    expect(blankJson(view({ type: 'boolean' }))).toBe('false')
    expect(
      blankJson(
        view({
          type: 'object',
          properties: [
            { name: 'w', required: true, schema: view({ type: 'integer' }), anchor: 'w' },
            { name: 'h', required: false, schema: view({ type: 'integer' }), anchor: 'h' },
          ],
        }),
      ),
    ).toBe('{"w": 0}')
  })
})

describe('the editor', () => {
  const schema = {
    $ref: '#/$defs/Thing',
    $defs: {
      Thing: {
        properties: {
          kind: { enum: ['a', 'b'] },
          list: { items: { $ref: '#/$defs/Thing' } },
          shape: { oneOf: [{ properties: { r: {} } }, { properties: { side: {} } }] },
        },
      },
    },
  }

  test('proposes names and values through references, lists and alternatives', () => {
    expect([...propertiesOf(schemasAt(schema, [])).keys()]).toEqual(['kind', 'list', 'shape'])
    expect(valuesOf(schemasAt(schema, ['list', 3, 'kind']))).toEqual(['"a"', '"b"'])
    expect([...propertiesOf(schemasAt(schema, ['shape'])).keys()]).toEqual(['r', 'side'])
    expect(schemasAt({ $ref: '#' }, ['x'])).toEqual([])
  })

  test('marks the value that a message is about', () => {
    const text = '{"a": {"b": [1, "x"]}}'
    const { start, end } = placeOf(text, ['a', 'b', '1'], '')
    expect(text.slice(start, end)).toBe('"x"')
    expect(placeOf('{"a":', [], 'Unexpected end')).toEqual({ start: 4, end: 5 })
    expect(placeOf('', [], 'x')).toEqual({ start: 0, end: 0 })
  })
})
