import fc, { type Arbitrary } from 'fast-check'
import type { OpenApiDocument } from '../../../src/document/index.ts'

/** The part of a schema that values can be made from. */
interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  format?: string
  pattern?: string
}

/** Stands for the id of something that the sandbox holds by the time the request is sent. */
export const idMark = /@id(\d+)-(\w*)@/g

/** @param prefix Of the kind of thing; often enough, something of another kind is taken. */
export function someId(prefix: string): Arbitrary<string> {
  const kind = fc.constantFrom(prefix, prefix, prefix, prefix, '')
  return fc.tuple(fc.nat({ max: 100_000 }), kind).map(([n, text]) => `@id${n}-${text}@`)
}

/** The prefix of what a field of this name points to. */
const prefixes: Readonly<Record<string, string>> = {
  destinationId: 'dest',
  fromPlaylistId: 'pl',
  itemId: 'plitm',
  objectId: 'obj',
  afterItemId: 'plitm',
  playlistId: 'pl',
  targetPlaylistId: 'pl',
  uploadId: 'obj',
}

/** Texts that have broken servers before. */
export const nasty: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    `' OR 1=1 --`,
    `"; DROP TABLE stream; --`,
    `') UNION SELECT key FROM apikey --`,
    '\u0000',
    '\ud800',
    '\ufeff',
    '\u202e',
    '../../etc/passwd',
    '..',
    '.',
    '%00%ff',
    '%',
    '{{7*7}}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what an attacker types.
    '${7*7}',
    '__proto__',
    'constructor',
    'toString',
    '<script>alert(1)</script>',
    '',
    ' ',
    '-1',
    '0',
    '1e309',
    'NaN',
    'null',
    '9007199254740993',
    '2026-02-30T25:61:61Z',
    '+275760-09-13T00:00:00.001Z',
    '2026-08-03T10:20:30+99:99',
    'rtmp://',
    'rtmp://[::1]:99999/x',
    'http://169.254.169.254/latest',
    'javascript:alert(1)',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant('x').map((x) => x.repeat(10_000)),
)

/** Any JSON, and numbers that are none. */
const anything: Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.constantFrom(null, true, false, 0, -0, -1, 1.5, 2 ** 53, 1e308, [], {}, [[]], [null]),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(null).map(() => nested(80)),
)

function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let i = 0; i < depth; i += 1) value = i % 2 ? [value] : { a: value }
  return value
}

/** Mostly what the schema asks for, now and then something else, at any level. */
export function nearly(document: OpenApiDocument, schema: Schema, name = ''): Arbitrary<unknown> {
  return value(document, schema, name, 0)
}

function value(
  document: OpenApiDocument,
  given: Schema,
  name: string,
  depth: number,
): Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null)
  const schema = flatten(document, given)
  return fc.oneof(
    { weight: 30, arbitrary: fitting(document, schema, name, depth) },
    { weight: 1, arbitrary: anything },
  )
}

function fitting(
  document: OpenApiDocument,
  schema: Schema,
  name: string,
  depth: number,
): Arbitrary<unknown> {
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) return fc.oneof(...choices.map((one) => value(document, one, name, depth + 1)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.type)) {
    return fc.oneof(
      ...schema.type.map((type) => fitting(document, { ...schema, type }, name, depth)),
    )
  }
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return number(schema)
    case 'array':
      return fc.array(value(document, schema.items ?? {}, name.replace(/s$/, ''), depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, Math.max(4, schema.minItems ?? 0)),
      })
    case 'object':
      return object(document, schema, depth)
    case 'string':
      return text(schema, name)
    default:
      return schema.properties ? object(document, schema, depth) : anything
  }
}

function object(document: OpenApiDocument, schema: Schema, depth: number): Arbitrary<unknown> {
  const entries = Object.entries(schema.properties ?? {}).map(
    ([key, property]) => [key, value(document, property, key, depth + 1)] as const,
  )
  const required = (schema.required ?? []).filter((key) => schema.properties?.[key])
  const whole = fc.record(Object.fromEntries(entries), { requiredKeys: required })
  const broken = fc.record(Object.fromEntries(entries), { requiredKeys: [] })
  const extended = fc
    .tuple(whole, nasty, anything)
    .map(([known, key, extra]) => Object.fromEntries([...Object.entries(known), [key, extra]]))
  return fc.oneof(
    { weight: 20, arbitrary: whole },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: extended },
  )
}

function number({ minimum = 0, maximum = 100_000, type }: Schema): Arbitrary<number> {
  const edges = [minimum, maximum, minimum - 1, maximum + 1]
  const inside = fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) })
  return fc.oneof(
    { weight: 8, arbitrary: inside },
    { weight: 1, arbitrary: fc.constantFrom(...edges) },
    { weight: 1, arbitrary: type === 'number' ? fc.double({ noNaN: true }) : fc.constant(0.5) },
  )
}

/** Around the instant that the clock of the tests starts at. */
const start = Date.parse('2026-08-03T10:20:30.400Z')

function text(schema: Schema, name: string): Arbitrary<string> {
  if (/(^id|Id)$/.test(name))
    return fc.oneof({ weight: 9, arbitrary: someId(prefixes[name] ?? '') }, nasty)
  if (schema.format === 'date-time') {
    return fc
      .integer({ min: -86_400_000, max: 20 * 86_400_000 })
      .map((offset) => new Date(start + offset).toISOString())
  }
  if (schema.pattern?.includes('rtmp')) {
    return fc.nat(9999).map((n) => `rtmp://live.twitch.tv/app${n}`)
  }
  if (schema.pattern?.includes('http') || schema.format === 'uri') {
    return fc.nat(9999).map((n) => `https://media.example/${n}.${n % 2 ? 'mp4' : 'mp3'}`)
  }
  return fc.string({
    minLength: schema.minLength ?? 0,
    maxLength: Math.min(schema.maxLength ?? 30, Math.max(30, schema.minLength ?? 0)),
    unit: 'grapheme',
  })
}

/** References followed and the parts of `allOf` put together. */
function flatten(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref) return flatten(document, document.resolve(schema.$ref) as Schema)
  if (!schema.allOf) return schema
  const { allOf, ...rest } = schema
  const parts = [...allOf.map((part) => flatten(document, part)), rest]
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  }
}
