import { describe, expect, test } from 'vitest'
import { readDocument } from '../../src/document/index.ts'
import { isCut } from '../../src/model/cut-schema.ts'
import { readReference } from '../../src/model/index.ts'
import type { JsonSchema } from '../../src/model/operation.ts'
import { checkValue } from '../../src/try-it/answer/check/check-value.ts'
import { writeFiles } from '../document/write-files.ts'

/** Schema of the answer of a document whose components are these; the answer is the first. */
async function answerOf(schemas: Record<string, object>): Promise<JsonSchema | undefined> {
  const [first = ''] = Object.keys(schemas)
  const schema = { $ref: `#/components/schemas/${first}` }
  const content = { 'application/json': { schema } }
  const root = writeFiles({
    'api.json': JSON.stringify({
      openapi: '3.1.1',
      info: { title: 'T', version: '1' },
      paths: { '/a': { get: { responses: { 200: { description: 'ok', content } } } } },
      components: { schemas },
    }),
  })
  const { operations } = readReference(await readDocument(root))
  return operations[0]?.responses[0]?.content[0]?.schema
}

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** A thing that leads to a thing, and so on: some 200 characters each. */
function chain(length: number): Record<string, object> {
  return Object.fromEntries(
    Array.from({ length }, (_, at) => [
      `Thing${at}`,
      {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', maxLength: 20 + at },
          not: { type: 'string', const: 'a property of that name' },
          ...(at + 1 < length && { next: to(`Thing${at + 1}`) }),
        },
      },
    ]),
  )
}

test('a schema that leads to few others is whole', async () => {
  const schema = await answerOf(chain(50))
  expect(isCut(schema)).toBe(false)
  expect(checkValue({ id: 'a', next: { id: 1 } }, schema, undefined, undefined)).not.toHaveProperty(
    'partly',
  )
})

describe('a schema that leads on and on', () => {
  test('holds those nearest, is no longer for ten times as many, and says that it is cut', async () => {
    const [some, many] = [await answerOf(chain(1_000)), await answerOf(chain(10_000))]
    expect([isCut(some), isCut(many)]).toEqual([true, true])
    const lengths = [some, many].map((schema) => JSON.stringify(schema).length)
    expect(Math.abs((lengths[0] ?? 0) - (lengths[1] ?? 0))).toBeLessThan(1_000)
    expect(Math.max(...lengths)).toBeLessThan(80 * 1024)
  })

  test('still finds what is wrong near by, and the panel is told that it did not look deeper', async () => {
    const schema = await answerOf(chain(1_000))
    const outcome = checkValue({ id: 1 }, schema, undefined, undefined)
    expect(outcome).toMatchObject({
      kind: 'checked',
      partly: 'What lies deepest was not checked: the documented schema is very long.',
    })
    expect(JSON.stringify(outcome)).toContain('string')
  })

  test.each([
    ['several that fit', { oneOf: [to('Thing1'), to('Far')] }],
    ['what is forbidden', { not: to('Far') }],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    ['a condition', { if: to('Far'), then: false }],
    ['what nothing else allows', { allOf: [to('Far')], unevaluatedProperties: false }],
  ])('finds no fault where it does not know: %s', async (_what, keywords) => {
    const far = { type: 'object', required: ['far'], properties: { far: { type: 'string' } } }
    const schema = await answerOf({
      Top: { type: 'object', properties: { a: keywords, b: to('Thing0') } },
      ...chain(1_000),
      Far: {
        ...far,
        description: 'x',
        enum: Array.from({ length: 20_000 }, (_, at) => ({ far: `${at}` })),
      },
    })
    expect(isCut(schema)).toBe(true)
    const value = { a: { id: 'a', other: 1 } }
    const outcome = checkValue(value, schema, undefined, undefined)
    expect(outcome.kind === 'checked' && outcome.findings).toEqual(
      (checkValue(value, true, undefined, undefined) as { findings: unknown }).findings,
    )
  })
})
