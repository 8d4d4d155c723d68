import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ExactNumbers } from '../../src/document/exact-number.ts'
import { jsonText } from '../../src/document/json-text.ts'
import { parseJson } from '../../src/document/parse-json.ts'
import { parseYaml } from '../../src/document/parse-yaml.ts'

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text, new ExactNumbers())).toEqual(JSON.parse(text))
    }),
  )
})

test('YAML reads what is JSON the same way', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      expect(parseYaml(text, new ExactNumbers())).toEqual(JSON.parse(text))
    }),
    { numRuns: 50 },
  )
})

test('what JSON.parse refuses is refused', () => {
  const broken = [
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '01',
    '1.',
    '+1',
    '"\\x"',
    '"\n"',
    'nul',
    '[1] 2',
    "{'a':1}",
    '"\\',
  ]
  for (const text of broken) {
    expect(() => JSON.parse(text), text).toThrow()
    expect(() => parseJson(text, new ExactNumbers()), text).toThrow()
  }
})

test.each(['9007199254740993', '-9223372036854775808', '0.12345678901234567890'])(
  'the digits of %s are kept',
  (text) => {
    const numbers = new ExactNumbers()
    expect(jsonText(parseJson(text, numbers), numbers)).toBe(text)
    const ofYaml = new ExactNumbers()
    expect(jsonText({ a: parseYaml(text, ofYaml) }, ofYaml)).toBe(`{"a":${text}}`)
  },
)

test('ordinary numbers are written as usual', () => {
  const numbers = new ExactNumbers()
  expect(jsonText(parseJson('[1, 1.50, 1e3, 0]', numbers), numbers)).toBe('[1,1.5,1000,0]')
})
