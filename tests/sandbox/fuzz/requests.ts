import fc, { type Arbitrary } from 'fast-check'
import type { OpenApiDocument } from '../../../src/document/index.ts'
import { nasty, nearly, someId } from './values.ts'

export interface FuzzedRequest {
  operation: string
  method: string
  /** With marks for ids, below the server's path. */
  path: string
  headers: Record<string, string>
  /** With marks for ids. */
  body: string | Uint8Array<ArrayBuffer> | undefined
  caller: 'demo' | 'other' | 'token' | 'nobody' | 'both' | 'garbage'
  /** Milliseconds that pass before it. */
  after: number
}

interface Operation {
  operationId: string
  parameters?: { $ref?: string; name: string; in: string; schema: object }[]
  requestBody?: { $ref?: string; content: Record<string, { schema: object }> }
}

/** Any request to any operation of the document: near to what it asks for, or far from it. */
export function anyRequest(document: OpenApiDocument): Arbitrary<FuzzedRequest> {
  const operations = Object.entries(document.json.paths as object).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>)
      .filter(([, operation]) => operation.operationId)
      .map(([method, operation]) => requestTo(document, path, method.toUpperCase(), operation)),
  )
  return fc.oneof(...operations)
}

function requestTo(
  document: OpenApiDocument,
  path: string,
  method: string,
  operation: Operation,
): { weight: number; arbitrary: Arbitrary<FuzzedRequest> } {
  const parameters = (operation.parameters ?? []).map((parameter) =>
    parameter.$ref ? (document.resolve(parameter.$ref) as typeof parameter) : parameter,
  )
  const known = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) =>
      nearly(document, schema, name).map((value) => [name, String(value)] as const),
    )
  const pair = fc.oneof(...known.map((arbitrary) => ({ weight: 12, arbitrary })), {
    weight: 1,
    arbitrary: fc.tuple(nasty, nasty),
  })
  const query: Arbitrary<readonly (readonly [string, string])[]> = fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.array(pair, { maxLength: 3 }) },
  )
  const id = fc.oneof(
    { weight: 12, arbitrary: someId(prefixes[path.split('/')[1] ?? ''] ?? '') },
    { weight: 1, arbitrary: nasty.map(asSegment) },
  )
  const arbitrary = fc
    .record({
      id,
      query,
      headers: headers(),
      body: bodyOf(document, method, operation),
      caller: fc.oneof(
        { weight: 30, arbitrary: fc.constant('demo' as const) },
        {
          weight: 4,
          arbitrary: fc.constantFrom(
            'other' as const,
            'token' as const,
            'nobody' as const,
            'both' as const,
            'garbage' as const,
          ),
        },
      ),
      after: fc.oneof(
        { weight: 10, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 36 * 3_600_000 }) },
      ),
    })
    .map(({ id, query, ...rest }) => ({
      ...rest,
      operation: operation.operationId,
      method,
      path:
        path.replace('{id}', id) +
        (query.length > 0
          ? `?${query.map(([name, text]) => `${encode(name)}=${encode(text)}`).join('&')}`
          : ''),
    }))
  // The document itself is large and always the same.
  const isDocument = operation.operationId === 'getOpenApiDocument'
  return { weight: isDocument ? 1 : 40, arbitrary }
}

const prefixes: Readonly<Record<string, string>> = {
  destinations: 'dest',
  playlists: 'pl',
  streams: 'stream',
  uploads: 'obj',
}

function headers(): Arbitrary<Record<string, string>> {
  const value = fc.oneof(
    fc.constantFrom('', '*/*', 'text/html', 'en', 'gzip', 'bytes=0-1', '0', 'x'.repeat(300)),
    fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  )
  const name = fc.constantFrom(
    'accept',
    'accept-language',
    'range',
    'if-none-match',
    'x-workspace-id',
    'x-forwarded-for',
    'x-http-method-override',
    'origin',
    'prefer',
  )
  const key = fc.oneof(
    { weight: 3, arbitrary: fc.nat(50).map((n) => `key ${n}`) },
    { weight: 1, arbitrary: value },
  )
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: key.map((text) => ({ 'idempotency-key': text.trim() })) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        name,
        value.map((text) => text.trim()),
        { maxKeys: 2 },
      ),
    },
  )
}

type Body = FuzzedRequest['body']

function bodyOf(
  document: OpenApiDocument,
  method: string,
  { requestBody }: Operation,
): Arbitrary<Body> {
  if (method === 'GET') return fc.constant(undefined)
  const described = requestBody?.$ref
    ? (document.resolve(requestBody.$ref) as typeof requestBody)
    : requestBody
  const schema = described?.content['application/json']?.schema
  const good: Arbitrary<Body> = schema
    ? nearly(document, schema).map((value) => JSON.stringify(value))
    : fc.constant(undefined)
  const bad: Arbitrary<Body> = fc.oneof(
    fc.constantFrom(
      undefined,
      '',
      '{',
      'null',
      '[]',
      '{}',
      '"text"',
      '{"a":1,"a":2}',
      '{"__proto__":{"polluted":true}}',
      '\ufeff{}',
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
    ),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
    fc.json({ maxDepth: 4 }),
    good.map((text) => (typeof text === 'string' ? text.slice(0, -2) : text)),
  )
  return fc.oneof({ weight: 14, arbitrary: good }, { weight: 1, arbitrary: bad })
}

/** Neither empty nor a step that an address folds away: these lead to another operation. */
function asSegment(text: string): string {
  const segment = encode(text)
  return /^(%2e|\.)*$/i.test(segment) ? 'x' : segment
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
