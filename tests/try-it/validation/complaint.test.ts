import { Validator } from '@cfworker/json-schema'
import { describe, expect, test } from 'vitest'
import { complaint } from '../../../src/try-it/validation/complaint.ts'

/** What is said of a value by the one keyword it fails. */
function said(value: unknown, schema: object): string {
  const { errors } = new Validator(schema, '2020-12', false).validate(value)
  const [unit] = errors
  return unit ? complaint(unit) : 'fits'
}

describe('a value that does not fit', () => {
  test.each<[words: string, value: unknown, schema: object]>([
    ['is a string; documented is integer', 'a', { type: 'integer' }],
    ['is null; documented is string or number', null, { type: ['string', 'number'] }],
    ['is an array; documented is object', [], { type: 'object' }],
    ['is an object; documented is boolean', {}, { type: 'boolean' }],
    ['is a number; documented is integer', 1.5, { type: 'integer' }],
    ['lacks a "b", which is required', {}, { required: ['a "b"'] }],
    ['has a and so must have b', { a: 1 }, { dependentRequired: { a: ['b'] } }],
    ['is none of the documented values: 1, "a,b", null', 2, { enum: [1, 'a,b', null] }],
    ['is none of the documented values', 'x', { enum: Array.from({ length: 99 }, (_, n) => n) }],
    ['is not the documented value "on"', 'off', { const: 'on' }],
    ['is not the documented value', 'off', { const: 'o'.repeat(300) }],
    ['does not have the documented pattern', 'a', { pattern: '^b' }],
    ['is not in the documented format date', 'a', { format: 'date' }],
    [
      'is like none of the documented alternatives',
      1,
      { oneOf: [{ type: 'string' }, { minimum: 2 }] },
    ],
    [
      'is like 2 of the documented alternatives; it may be like one',
      1,
      { oneOf: [{ type: 'number' }, { minimum: 1 }] },
    ],
    ['is like none of the documented alternatives', 1, { anyOf: [{ type: 'string' }] }],
    ['is what the documentation rules out', 1, { not: { type: 'number' } }],
    ['is -1; documented is 0 or more', -1, { minimum: 0 }],
    ['is 11; documented is 10.5 or less', 11, { maximum: 10.5 }],
    ['is 5; documented is more than 5', 5, { exclusiveMinimum: 5 }],
    ['is 5; documented is less than 5', 5, { exclusiveMaximum: 5 }],
    ['is 7; documented are multiples of 2', 7, { multipleOf: 2 }],
    ['has 1 character; documented are 2 or more', 'a', { minLength: 2 }],
    ['has 3 characters; documented are 2 or fewer', 'abc', { maxLength: 2 }],
    ['has 0 items; documented are 1 or more', [], { minItems: 1 }],
    ['has 2 items; documented are 1 or fewer', [1, 2], { maxItems: 1 }],
    ['has fewer than the documented 2 properties', { a: 1 }, { minProperties: 2 }],
    ['has more than the documented 1 properties', { a: 1, b: 1 }, { maxProperties: 1 }],
    ['has the same item twice, at 0 and 2', [1, 2, 1], { uniqueItems: true }],
    ['has no item of the kind that one must be', [1], { contains: { type: 'string' } }],
    [
      'has too few items of a documented kind',
      ['a'],
      { contains: { type: 'string' }, minContains: 2 },
    ],
    [
      'has too many items of a documented kind',
      ['a', 'b'],
      { contains: { type: 'string' }, maxContains: 1 },
    ],
    ['has A, which no property may be called', { A: 1 }, { propertyNames: { pattern: '^[a-z]' } }],
  ])('%s', (words, value, schema) => {
    expect(said(value, schema)).toBe(words)
  })
})
