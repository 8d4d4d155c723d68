import { expect, test } from 'vitest'
import {
  answersOf,
  asObject,
  codesOf,
  follow,
  isAuthenticated,
  listOperations,
  readBundle,
} from './description.ts'

const document = await readBundle()
const operations = listOperations(document)
const catalogue = asObject(document['x-problem-codes'])

/** Answered to a request that matches no operation, so no operation can list it. */
const outsideOperations = ['METHOD_NOT_ALLOWED']

const answers = operations.flatMap((operation) =>
  [...answersOf(document, operation)]
    .filter(([status]) => /^[45]/.test(status))
    .map(([status, answer]) => ({
      name: `${operation.id} ${status}`,
      operation,
      status,
      answer,
      codes: codesOf(document, answer),
    })),
)

test.each(Object.entries(catalogue))('%s says what it means and what to do', (code, entry) => {
  expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
  expect(entry).toEqual({
    status: expect.toSatisfy((status: number) => status >= 400 && status < 600),
    title: expect.stringMatching(/^[A-Z][^.]+$/),
    meaning: expect.stringMatching(/^[A-Z].+\.$/),
    remedy: expect.stringMatching(/^[A-Z`].+\.$/),
  })
})

test.each(answers)('$name lists codes of its status', ({ status, codes }) => {
  expect(codes.length).toBeGreaterThan(0)
  for (const code of codes) expect(asObject(catalogue[code]).status, code).toBe(Number(status))
})

test.each(answers)('$name shows an example of each of its codes', ({ answer, codes }) => {
  const content = asObject(asObject(answer.content)['application/problem+json'])
  const examples = asObject(content.examples)
  expect(Object.keys(examples)).toEqual(codes)
  for (const code of codes) {
    const slug = code.toLowerCase().replaceAll('_', '-')
    const entry = asObject(catalogue[code])
    expect(follow(document, examples[code])).toMatchObject({
      value: {
        type: `https://streamloop.app/docs/errors/${slug}/`,
        title: entry.title,
        status: entry.status,
        code,
      },
    })
  }
})

test('has no code that nothing answers', () => {
  const used = new Set([...answers.flatMap(({ codes }) => codes), ...outsideOperations])
  expect([...used].sort()).toEqual(Object.keys(catalogue).sort())
})

test('names the missing scope in the example of each refusal', () => {
  for (const operation of operations.filter(isAuthenticated)) {
    const refusal = asObject(answersOf(document, operation).get('403'))
    const content = asObject(asObject(refusal.content)['application/problem+json'])
    const { value } = follow(document, asObject(content.examples).INSUFFICIENT_SCOPE)
    const scopes = JSON.stringify(operation.value.security).match(/streamloop:\w+/g)
    for (const scope of scopes ?? []) {
      expect(asObject(value).detail, operation.id).toContain(scope)
      expect(refusal.description, operation.id).toContain(scope)
    }
  }
})

test('puts the codes of the life cycle where they belong', () => {
  const codes = (id: string): string[] =>
    answers.filter(({ operation }) => operation.id === id).flatMap((answer) => answer.codes)
  expect(codes('startStream')).toEqual(
    expect.arrayContaining([
      'INSUFFICIENT_CREDITS',
      'STREAM_ILLEGAL_TRANSITION',
      'STREAM_GUARD_FAILED',
    ]),
  )
  expect(codes('updateStream')).toEqual(
    expect.arrayContaining(['IMMUTABLE_WHILE_LIVE', 'STREAM_LIVE', 'DESTINATION_INCOMPATIBLE']),
  )
  expect(codes('publishPlaylist')).toEqual(
    expect.arrayContaining([
      'STALE_DRAFT',
      'NOT_LIVE',
      'EMPTY_PLAYLIST',
      'BROKEN_ITEM',
      'RECIPE_MISMATCH',
    ]),
  )
  expect(codes('applyPlaylistOperations')).toContain('CONFLICT')
  expect(codes('deleteUpload')).toContain('IN_USE')
  expect(codes('deleteDestination')).toContain('IN_USE')
  expect(codes('deleteStream')).toContain('STREAM_LIVE')
  expect(codes('getStatus')).not.toContain('UNAUTHENTICATED')
})
