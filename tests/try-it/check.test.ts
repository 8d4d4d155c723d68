import { describe, expect, test } from 'vitest'
import type { PanelAnswers } from '../../src/model/panel-answers.ts'
import { checkAnswer } from '../../src/try-it/answer/check/check-answer.ts'
import { checkValue } from '../../src/try-it/answer/check/check-value.ts'
import { findDifferences } from '../../src/try-it/answer/check/differences.ts'
import { answerFor, contentFor } from '../../src/try-it/answer/check/documented-answer.ts'
import { inWords } from '../../src/try-it/answer/check/json-pointer.ts'
import { withoutPatterns } from '../../src/try-it/answer/check/without-patterns.ts'

/** The words of every difference, each after its place. */
function said(value: unknown, schema: unknown, places?: unknown): string[] {
  return findDifferences(value, schema as never, places as never, 'response-200').differences.map(
    ({ pointer, text, anchor }) =>
      `${inWords(pointer) || 'body'} ${text}${anchor ? ` #${anchor}` : ''}`,
  )
}

const schema = {
  type: 'object',
  required: ['id', 'tags'],
  properties: {
    id: { type: 'string' },
    age: { type: ['integer', 'null'], minimum: 0 },
    state: { enum: ['on', 'off'] },
    tags: {
      type: 'array',
      items: { type: 'object', required: ['a-b'], properties: { 'a-b': { type: 'string' } } },
    },
  },
}
const places = {
  p: [
    ['id', 'response-200-id', 0],
    ['age', 'response-200-age', 0],
    ['state', 'response-200-state', 0],
    ['tags', 'response-200-tags', 0, { i: { p: [['a-b', 'response-200-tags-a~b', 1]] } }],
  ],
}

describe('an answer without a body', () => {
  const text = { mediaType: 'text/plain' }
  const answers: PanelAnswers = {
    answers: [
      {
        status: '200',
        anchor: 'response-200',
        headers: [],
        content: [{ mediaType: 'application/json' }, text],
      },
      { status: '204', anchor: 'response-204', headers: [], content: [] },
    ],
  }
  const notes = async (status: number, mediaType: string, method = 'GET') => {
    const check = await checkAnswer({ method, status, mediaType, bytes: 0 }, answers, () => {})
    return check.notes.map(({ text }) => text)
  }
  test('is not as documented where a body is, whatever type it names', async () => {
    const missing = ['A body is documented for this status; none came.']
    expect(await notes(200, 'application/json')).toEqual(missing)
    expect(await notes(200, 'application/pdf')).toEqual(missing)
    expect(await notes(200, '')).toEqual(missing)
  })
  test('is an empty text where text is documented', async () => {
    expect(await notes(200, 'text/plain')).toEqual([])
  })
  test('is as documented where none is, and after HEAD, which never gets one', async () => {
    expect(await notes(204, '')).toEqual([])
    expect(await notes(200, 'application/json', 'HEAD')).toEqual([])
  })
})

describe('an answer', () => {
  test('as documented has no difference', () => {
    expect(
      said({ id: 'a', age: null, state: 'on', tags: [{ 'a-b': 'x' }] }, schema, places),
    ).toEqual([])
  })
  test('with differences has each at its place, with the property it is about', () => {
    const value = { id: 7, age: -1, state: 'away', tags: [{ 'a-b': 'x' }, { more: 1 }], new: true }
    expect(said(value, schema, places)).toEqual([
      'id is a number; documented is string #response-200-id',
      'age is -1; documented is 0 or more #response-200-age',
      'state is none of the documented values: "on", "off" #response-200-state',
      'tags[1] lacks a-b, which is documented as always there #response-200-tags-a~b',
      'new is not documented',
      'tags[1].more is not documented #response-200-tags',
    ])
  })
  test('of another type is said to be one', () => {
    expect(said([], schema, places)).toEqual(['body is an array; documented is object'])
    expect(said({ id: 'a', age: 'old', tags: [] }, schema, places)).toEqual([
      'age is a string; documented is integer or null #response-200-age',
    ])
  })
  test('that fits no alternative is blamed once', () => {
    const choice = { oneOf: [{ type: 'string' }, { type: 'object', required: ['a'] }] }
    expect(said(1, choice)).toEqual(['body is like none of the documented alternatives'])
  })
  test('whose objects may hold any name is not blamed for one', () => {
    const open = { p: [['map', 'm', 0, { a: { p: [['x', 'm-x', 0]] } }]] }
    expect(said({ map: { any: { x: 1 }, other: { y: 1 } } }, true, open)).toEqual([
      'map.other.y is not documented #m',
    ])
  })
  test('that holds itself again is followed all the way', () => {
    const again = {
      p: [
        ['name', 'n', 0],
        ['kids', 'k', 0, { i: { to: 'response-200' } }],
      ],
    }
    expect(said({ name: 'a', kids: [{ name: 'b', kids: [{ nme: 'c' }] }] }, true, again)).toEqual([
      'kids[0].kids[0].nme is not documented #k',
    ])
  })
  test('tells where the document marks a value secret', () => {
    const { secrets } = findDifferences({ tags: [{ 'a-b': 's' }] }, true, places as never)
    expect(secrets).toEqual(['/tags/0/a-b'])
  })
  test('T24: with the names of built-ins has nothing but strange names', () => {
    const value = JSON.parse('{"__proto__":{"x":1},"constructor":1,"id":"a","tags":[]}')
    expect(said(value, schema, places)).toEqual([
      '__proto__ is not documented',
      'constructor is not documented',
    ])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
  test('nested very deep ends in an error, not in a crash', () => {
    const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))
    const self = {
      $ref: '#/$defs/a',
      $defs: { a: { type: 'array', items: { $ref: '#/$defs/a' } } },
    }
    expect(() => findDifferences(deep, self, undefined)).toThrow(RangeError)
    expect(findDifferences(deep, { type: 'array' }, undefined).differences).toEqual([])
    expect(checkValue(deep, self, undefined, undefined)).toEqual({
      kind: 'failed',
      reason: 'it is nested too deep',
    })
  })
  test('that differs in more places than can be held is checked in part, its secrets found in whole', () => {
    const item = { a: 1, b: 1, c: 1, d: 1, key: 'secret' }
    const text = { type: 'string' }
    const items = { type: 'object', properties: { a: text, b: text, c: text, d: text } }
    const inside = { p: ['a', 'b', 'c', 'd', 'key'].map((name) => [name, name, +(name === 'key')]) }
    const outcome = checkValue(
      { data: Array.from({ length: 60_000 }, () => item) },
      { type: 'object', properties: { data: { type: 'array', items } } },
      { p: [['data', 'data', 0, { i: inside }]] } as never,
      undefined,
    )
    if (outcome.kind !== 'checked') throw new Error(outcome.reason)
    expect(outcome.partly).toBe('Of each long list, only the first 200 items were checked.')
    expect(outcome.findings.differences).toHaveLength(200)
    expect(outcome.findings.secrets).toHaveLength(60_000)
  })
})

describe('what the document says of an answer', () => {
  const documented = {
    answers: [
      {
        status: '200',
        anchor: 'a',
        headers: [],
        content: [{ mediaType: 'application/json; charset=utf-8' }, { mediaType: 'image/*' }],
      },
      { status: '4XX', anchor: 'b', headers: [], content: [] },
    ],
  } satisfies PanelAnswers
  test('is found by status, by its range, or not at all', () => {
    expect(answerFor(documented, 200)?.anchor).toBe('a')
    expect(answerFor(documented, 418)?.anchor).toBe('b')
    expect(answerFor(documented, 500)).toBeUndefined()
  })
  test('is found by media type, ranges included', () => {
    const [ok] = documented.answers
    expect(ok && contentFor(ok, 'application/json')?.mediaType).toContain('charset')
    expect(ok && contentFor(ok, 'image/png')?.mediaType).toBe('image/*')
    expect(ok && contentFor(ok, 'text/html')).toBeUndefined()
  })
})

test('T26: patterns can be left out, properties of that name stay', () => {
  expect(
    withoutPatterns({
      pattern: '^(a+)+$',
      properties: { pattern: { type: 'string', pattern: 'x' } },
    }),
  ).toEqual({ properties: { pattern: { type: 'string' } } })
})
