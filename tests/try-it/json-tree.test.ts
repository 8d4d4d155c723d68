import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  childrenOf,
  find,
  type JsonNode,
  replaceAt,
  rootOf,
  textOf,
} from '../../src/try-it/json-tree.ts'

/** Puts a value together again from the places in its text. */
function rebuild(text: string, node: JsonNode): unknown {
  const children = childrenOf(text, node)
  if (node.kind === 'array') return children.map((child) => rebuild(text, child.node))
  if (node.kind === 'object') {
    const entries = children.map(({ key, node: child }) => [
      JSON.parse(textOf(text, key ?? child)),
      rebuild(text, child),
    ])
    return Object.fromEntries(entries)
  }
  expect(children).toEqual([])
  return JSON.parse(textOf(text, node))
}

/** Everything but space, as the panel prints it. */
function print(text: string, node: JsonNode): string {
  if (node.kind !== 'object' && node.kind !== 'array') return textOf(text, node)
  const [first, last] = node.kind === 'object' ? '{}' : '[]'
  const parts = childrenOf(text, node).map(
    ({ key, node: child }) => (key ? `${textOf(text, key)}:` : '') + print(text, child),
  )
  return first + parts.join(',') + last
}

const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n', '  \n ')

test('a tree of places holds the same value as the text, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), space, fc.nat(8), (value, around, indent) => {
      const text = around + JSON.stringify(value, null, indent) + around
      const root = rootOf(text)
      expect(root && rebuild(text, root)).toEqual(JSON.parse(text))
      expect(root && print(text, root)).toBe(JSON.stringify(JSON.parse(text)))
    }),
    { numRuns: 2000 },
  )
})

test('digits, escapes, order and double keys stay as they are', () => {
  const text =
    '{ "big": 12345678901234567890, "e": 1.0E+2, "neg": -0.10, "u": "\\u00e9\\/", "a": 1, "a": 2 }'
  const root = rootOf(text)
  expect(root && print(text, root)).toBe(text.replaceAll(/(?<=[{,:]) | (?=})/g, ''))
})

test('names that mean something to JavaScript are names like others', () => {
  const text = '{"__proto__":{"polluted":true},"constructor":1,"toString":2}'
  const root = rootOf(text)
  const names = root && childrenOf(text, root).map(({ key }) => key && textOf(text, key))
  expect(names).toEqual(['"__proto__"', '"constructor"', '"toString"'])
  expect('polluted' in {}).toBe(false)
})

test.each(['', ' ', '{', '[1,]', '{"a":}', "{'a':1}", '01', 'NaN', '"\n"', '1 2', '{"a":1}}'])(
  '%j is not JSON',
  (text) => {
    expect(rootOf(text)).toBeUndefined()
  },
)

test('a hundred thousand levels do not end the stack', () => {
  const depth = 100_000
  const text = '['.repeat(depth) + ']'.repeat(depth)
  const root = rootOf(text)
  if (!root) return // A browser's own reader may refuse; then the text is shown.
  expect(childrenOf(text, root)).toHaveLength(1)
})

describe('replacing a value', () => {
  test('touches nothing but the value', () => {
    const text = '{ "a" : {"b":"x"} , "n": 1.00 }'
    expect(replaceAt(text, ['a', 'b'], '"y"')).toBe('{ "a" : {"b":"y"} , "n": 1.00 }')
  })
  test('leaves a text alone in which the path leads nowhere', () => {
    expect(replaceAt('{"a":[1]}', ['a', 'b'], '2')).toBe('{"a":[1]}')
    expect(replaceAt('not json', ['a'], '2')).toBe('not json')
  })
  test('takes the last of double keys, as readers of JSON do', () => {
    const text = '{"a":1,"a":2}'
    const root = rootOf(text)
    const node = root && find(text, root, ['a'])
    expect(node && textOf(text, node)).toBe('2')
  })
})
