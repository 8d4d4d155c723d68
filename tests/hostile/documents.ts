import type { DocumentErrorCode } from '../../src/document/index.ts'

/** A document that someone made to do harm, or that went wrong in making. */
export interface HostileDocument {
  /** Texts by file name, the root first. */
  files: Record<string, string>
  /** Why it has to be refused; without it, the document is built. */
  refused?: DocumentErrorCode
  /** Names of files in its folder that lead to others, which may lie anywhere. */
  links?: Record<string, string>
}

/** What one answers with, refers to, or is made of. */
type Json = Record<string, unknown>

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const answer = (schema: Json): Json => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
})
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
const named = <T>(count: number, make: (at: number) => T, name = 'n'): Record<string, T> =>
  Object.fromEntries(times(count, (at) => [`${name}${at}`, make(at)]))

/** One operation, whose answer is the schema `A` where there are schemas. */
function document(operation: Json, components: Json = {}, more: Json = {}): HostileDocument {
  const whole = {
    openapi: '3.1.1',
    info: { title: 'Hostile', version: '1' },
    paths: { '/a': { post: { operationId: 'call', ...operation } } },
    components,
    ...more,
  }
  return { files: { 'api.json': JSON.stringify(whole) } }
}

const answering = (schemas: Record<string, unknown>): HostileDocument =>
  document({ responses: answer(ref('A')) }, { schemas })

const sending = (schema: Json): HostileDocument =>
  document({
    requestBody: { content: { 'application/json': { schema } } },
    responses: answer(schema),
  })

/** A chain of schemas from `A`, each made of the next. */
function chain(count: number, link: (next: Json) => Json, last: Json): Record<string, unknown> {
  const links = times(count, (at) => [at === 0 ? 'A' : `A${at}`, link(ref(`A${at + 1}`))] as const)
  return { ...Object.fromEntries(links), [`A${count}`]: last }
}

const yamlHead = "openapi: 3.1.1\ninfo: { title: Hostile, version: '1' }\n"

/** Names that every object of JavaScript has already. */
const inherited = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

function inheritedKeys<T>(make: (name: string) => T): Record<string, T> {
  const all: Record<string, T> = Object.create(null)
  for (const name of inherited) all[name] = make(name)
  return all
}

function inheritedNames(): HostileDocument {
  const polluted = { polluted: true }
  const schema = {
    type: 'object',
    required: inherited,
    properties: inheritedKeys((name) => ({ type: 'string', description: name, enum: inherited })),
    patternProperties: inheritedKeys(() => ({ type: 'string' })),
    dependentRequired: inheritedKeys(() => inherited),
    discriminator: { propertyName: '__proto__', mapping: inheritedKeys(() => 'constructor') },
    examples: [inheritedKeys(() => 1)],
    'x-own': inheritedKeys(() => polluted),
  }
  const media = {
    schema: ref('__proto__'),
    examples: inheritedKeys((name) => ({ summary: name, value: inheritedKeys(() => polluted) })),
    encoding: inheritedKeys(() => ({ contentType: 'text/plain' })),
  }
  const responses = {
    200: {
      description: 'ok',
      headers: inheritedKeys(() => ({ schema: { type: 'string' } })),
      links: inheritedKeys(() => ({ operationId: 'toString', parameters: inheritedKeys(() => 1) })),
      content: { 'application/json': media, ...inheritedKeys(() => media) },
    },
    ...inheritedKeys(() => ({ description: 'odd' })),
  }
  const operations = inherited.map((name) => [
    `/${name}`,
    {
      post: {
        operationId: name,
        tags: [name],
        parameters: inherited.flatMap((parameter) =>
          ['query', 'header', 'cookie'].map((place) => ({
            name: parameter,
            in: place,
            schema: ref(name),
            examples: inheritedKeys(() => ({ value: 'x' })),
          })),
        ),
        requestBody: { content: { 'multipart/form-data': media, 'application/json': media } },
        responses,
        callbacks: inheritedKeys(() => ({ '{$url}': { post: { responses } } })),
        security: inherited.map((scheme) => ({ [scheme]: inherited })),
      },
    },
  ])
  const whole = {
    openapi: '3.1.1',
    info: { title: '__proto__', version: 'constructor', ...inheritedKeys(() => polluted) },
    tags: inherited.map((name) => ({ name, description: name, parent: '__proto__' })),
    servers: [
      { url: 'https://{__proto__}.example', variables: inheritedKeys(() => ({ default: 'x' })) },
    ],
    paths: Object.fromEntries(operations),
    webhooks: inheritedKeys(() => ({ post: { responses } })),
    components: {
      schemas: inheritedKeys(() => schema),
      securitySchemes: inheritedKeys(() => ({
        type: 'oauth2',
        flows: {
          clientCredentials: {
            tokenUrl: 'https://a.example',
            scopes: inheritedKeys(() => 'words'),
          },
        },
      })),
    },
  }
  return { files: { 'api.json': JSON.stringify(whole) } }
}

/** An alias of aliases: ten times as many values at every level. */
function aliasBomb(levels: number): string {
  const lines = times(levels, (level) => {
    const inside = level === 0 ? 'l' : `*a${level - 1}`
    return `  x${level}: &a${level} [${times(10, () => inside).join()}]`
  })
  return `${yamlHead}x-bomb:\n${lines.join('\n')}\npaths: { /a: { get: {} } }\n`
}

const refused = (
  refusal: DocumentErrorCode,
  made: HostileDocument,
  links?: Record<string, string>,
): HostileDocument => ({ ...made, refused: refusal, ...(links && { links }) })

const escaping = (target: string): HostileDocument =>
  document({ responses: answer({ $ref: target }) })

/**
 * Hostile documents by name.
 *
 * @param n How much there is of whatever there is much of.
 */
export function hostileDocuments(n: number): Record<string, () => HostileDocument> {
  const text = 'words '.repeat(n * 10)
  const word = 'w'.repeat(n * 50)
  const object = { type: 'object' }
  return {
    'chain of references': () => answering(chain(n, (next) => next, { type: 'integer' })),
    'loop of references': () => answering(chain(n, (next) => next, ref('A'))),
    'chain of bases': () =>
      answering(chain(n, (next) => ({ allOf: [next] }), { properties: { id: {} } })),
    'loop of bases': () =>
      answering(chain(n, (next) => ({ allOf: [next] }), { allOf: [ref('A')] })),
    'chain of properties': () =>
      answering(chain(n, (next) => ({ properties: { next } }), { type: 'integer' })),
    'loop of alternatives': () =>
      answering(chain(n, (next) => ({ oneOf: [next, { type: 'string' }] }), ref('A'))),
    'heirs of one base': () =>
      answering({
        A: { ...object, discriminator: { propertyName: 'kind' }, properties: { kind: {} } },
        ...named(n, (at) => ({ allOf: [ref('A'), { properties: { [`p${at}`]: {} } }] }), 'H'),
      }),
    'schemas that double': () =>
      answering(
        chain(60, (next) => ({ properties: named(4, () => next) }), {
          properties: named(n, () => ({ type: 'string' })),
        }),
      ),
    'schemas that each hold all others': () =>
      answering({
        A: ref('S0'),
        ...named(100, () => ({ properties: named(100, (at) => ref(`S${at}`)) }), 'S'),
      }),
    'a chain of files': () => ({
      files: {
        ...document({ responses: answer({ $ref: 'f0.json' }) }).files,
        ...Object.fromEntries(
          times(n, (at) => [`f${at}.json`, JSON.stringify({ $ref: `f${at + 1}.json` })]),
        ),
        [`f${n}.json`]: '{"type":"string"}',
      },
    }),
    'path items that refer to one another': () =>
      refused('ref_loop', {
        files: {
          'api.json': JSON.stringify({
            openapi: '3.1.1',
            info: {},
            paths: named(n, (at) => ({ $ref: `#/paths/~1n${(at + 1) % n}` }), '/n'),
          }),
        },
      }),
    'names that objects have': inheritedNames,
    'a YAML bomb': () => refused('too_many_values', { files: { 'api.yaml': aliasBomb(9) } }),
    'a small YAML bomb': () => ({ files: { 'api.yaml': aliasBomb(4) } }),
    'endless nesting in JSON': () =>
      refused('too_deep', {
        files: { 'api.json': `{"x-a":${'['.repeat(n)}${']'.repeat(n)},"openapi":"3.1.1"}` },
      }),
    'endless nesting in YAML': () =>
      refused('too_deep', {
        files: { 'api.yaml': `${yamlHead}x-a: ${'['.repeat(n)}${']'.repeat(n)}\n` },
      }),
    'endless nesting in YAML blocks': () =>
      refused('too_deep', {
        files: {
          'api.yaml': `${yamlHead}x-a:\n${times(2000, (at) => `${' '.repeat(at + 1)}a:`).join('\n')}\n`,
        },
      }),
    'endless nesting of schemas': () => {
      let nested = '{"type":"string"}'
      for (let at = 0; at < n; at += 1) nested = `{"properties":{"a":${nested}}}`
      const { files } = answering({ A: {} })
      const json = files['api.json'] ?? ''
      return refused('too_deep', {
        files: { 'api.json': json.replace('"A":{}', `"A":${nested}`) },
      })
    },
    'nesting up to the limit': () => {
      let nested: Json = { type: 'string' }
      for (let at = 0; at < 45; at += 1) nested = { properties: { a: { oneOf: [nested] } } }
      return answering({ A: nested })
    },
    'many operations': () => ({
      files: {
        'api.json': JSON.stringify({
          openapi: '3.1.1',
          info: {},
          paths: named(n / 10, (at) => ({ get: { operationId: `get${at}` } }), '/n'),
        }),
      },
    }),
    'many properties': () =>
      sending({ ...object, properties: named(n, () => ({ type: 'string' })) }),
    'many required properties': () =>
      sending({
        ...object,
        required: times(n, (at) => `n${at}`),
        properties: named(n, (at) => ({ type: 'integer', description: `Words ${at}.` })),
      }),
    'many patterns': () => sending({ ...object, patternProperties: named(n, () => ({})) }),
    'many dependencies': () =>
      sending({
        ...object,
        dependentRequired: named(n, () => ['a', 'b']),
        dependentSchemas: named(n, () => ({ properties: { a: {} } })),
      }),
    'a large enum': () => sending({ type: 'string', enum: times(n * 10, (at) => `value-${at}`) }),
    'a large enum of a parameter': () =>
      document({
        parameters: [
          { name: 'q', in: 'query', schema: { enum: times(n * 10, (at) => `value-${at}`) } },
        ],
      }),
    'a large tuple': () =>
      sending({ type: 'array', prefixItems: times(n, () => ({ type: 'string' })) }),
    'many types': () => sending({ type: times(n, (at) => `type${at}`) }),
    'many alternatives': () =>
      sending({
        oneOf: times(n, (at) => ({ title: `Option ${at}`, properties: { [`p${at}`]: {} } })),
      }),
    'many alternatives of alternatives': () =>
      sending({
        anyOf: times(100, () => ({
          oneOf: times(100, (at) => ({ properties: { [`p${at}`]: {} } })),
        })),
      }),
    'many bases': () =>
      sending({ allOf: times(n, (at) => ({ properties: { [`p${at}`]: { type: 'string' } } })) }),
    'bases that restate their alternatives': () =>
      sending({
        allOf: times(n / 10, () => ({
          oneOf: times(10, (at) => ({ properties: { [`p${at}`]: {} } })),
        })),
      }),
    'a large mapping': () =>
      answering({
        A: {
          oneOf: [ref('B'), ref('C')],
          discriminator: { propertyName: 'kind', mapping: named(n, () => 'B') },
        },
        B: object,
        C: object,
      }),
    'many parameters': () =>
      document({
        parameters: times(n, (at) => ({ name: `q${at}`, in: 'query', schema: { type: 'string' } })),
      }),
    'many examples': () =>
      document({
        requestBody: {
          content: { 'application/json': { examples: named(n, (at) => ({ value: { at } })) } },
        },
      }),
    'many examples of a schema': () => sending({ type: 'integer', examples: times(n, (at) => at) }),
    'a large example': () =>
      document({
        requestBody: {
          content: { 'application/json': { example: times(n, (at) => ({ at, words: 'words' })) } },
        },
      }),
    'many media types': () =>
      document({
        requestBody: {
          content: named(n, () => ({ schema: { properties: { a: {} } } }), 'application/vnd.'),
        },
      }),
    'many answers': () => document({ responses: named(n, () => ({ description: 'ok' }), 'x') }),
    'many headers': () =>
      document({
        responses: { 200: { description: 'ok', headers: named(n, () => ({ schema: {} })) } },
      }),
    'many links': () =>
      document({
        responses: {
          200: { description: 'ok', links: named(n, () => ({ operationId: 'call' })) },
        },
      }),
    'many servers': () =>
      document({}, {}, { servers: times(n, (at) => ({ url: `https://${at}.example` })) }),
    'many variables of a server': () =>
      document(
        {},
        {},
        {
          servers: [
            {
              url: `https://a.example${times(n, (at) => `/{n${at}}`).join('')}`,
              variables: named(n, () => ({ default: 'a', enum: ['a', 'b'] })),
            },
          ],
        },
      ),
    'many ways to sign in': () =>
      document(
        { security: times(n, (at) => ({ [`n${at}`]: [] })) },
        { securitySchemes: named(n, (at) => ({ type: 'apiKey', in: 'header', name: `X-${at}` })) },
      ),
    'many scopes': () =>
      document(
        { security: [{ oauth: times(n, (at) => `n${at}`) }] },
        {
          securitySchemes: {
            oauth: {
              type: 'oauth2',
              flows: {
                clientCredentials: {
                  tokenUrl: 'https://a.example',
                  scopes: named(n, () => 'Words.'),
                },
              },
            },
          },
        },
      ),
    'many code samples': () =>
      document({
        'x-codeSamples': times(n, (at) => ({ lang: 'sh', label: `l${at}`, source: 'echo' })),
      }),
    'many tags': () =>
      document(
        { tags: times(n, (at) => `t${at}`) },
        {},
        { tags: times(n, (at) => ({ name: `t${at}`, description: 'Words.' })) },
      ),
    'tags deep inside one another': () =>
      document(
        { tags: [`t${n - 1}`] },
        {},
        { tags: times(n, (at) => ({ name: `t${at}`, ...(at > 0 && { parent: `t${at - 1}` }) })) },
      ),
    'tags in a circle': () =>
      document(
        { tags: ['t0'] },
        {},
        { tags: times(n, (at) => ({ name: `t${at}`, parent: `t${(at + 1) % n}` })) },
      ),
    'many groups of tags': () =>
      document(
        { tags: ['t0'] },
        {},
        { 'x-tagGroups': times(n, (at) => ({ name: `g${at}`, tags: ['t0', `t${at}`] })) },
      ),
    'many operations of one id': () => ({
      files: {
        'api.json': JSON.stringify({
          openapi: '3.1.1',
          info: {},
          paths: named(n / 10, () => ({ get: { operationId: 'same' } }), '/n'),
        }),
      },
    }),
    'schemas whose names differ in what no address has': () =>
      answering({ A: {}, ...Object.fromEntries(times(n / 10, (at) => ['!'.repeat(at + 1), {}])) }),
    'long texts': () =>
      document(
        {
          summary: text,
          description: text,
          tags: ['long'],
          parameters: [{ name: 'q', in: 'query', description: text, schema: { default: text } }],
          requestBody: {
            description: text,
            content: { 'application/json': { schema: { title: text, enum: [text] } } },
          },
          responses: { 200: { description: text } },
        },
        {},
        {
          info: { title: text, version: text, summary: text, description: text },
          tags: [{ name: 'long', description: text }],
        },
      ),
    'long words': () =>
      document(
        {
          operationId: word,
          tags: [word],
          parameters: [{ name: word, in: 'query', schema: { default: word, pattern: word } }],
          requestBody: {
            content: {
              [`application/${word}`]: { schema: { properties: { [word]: { enum: [word] } } } },
            },
          },
          responses: {
            [word]: { description: word, headers: { [word]: { schema: { type: word } } } },
          },
        },
        { schemas: { [word]: { title: word, format: word } } },
        { servers: [{ url: `https://a.example/${word}` }] },
      ),
    'a text above the limit': () =>
      refused('too_many_values', document({ description: 'x'.repeat(1024 * 1024 + 1) })),
    'Markdown that nests': () =>
      document({
        description: times(8, (at) => ['> ', '- ', '* ', '[', '*a ', '`', '<a>', '| '][at])
          .map(
            (mark) =>
              `${mark?.repeat(n)}\n\n${times(300, (at) => ' '.repeat(at) + mark).join('\n')}`,
          )
          .join('\n\n'),
      }),
    'Markdown of many links': () =>
      document({ description: times(n, (at) => `[a${at}][b]`).join(' ') }),
    'a table of many cells': () =>
      document({
        description: `| a | b |\n| - | - |\n${times(n, (at) => `| ${at} | *x* |`).join('\n')}`,
      }),
    'patterns that take for ever': () =>
      sending({
        ...object,
        properties: named(n / 10, () => ({ type: 'string', pattern: '^(a+)+$', minLength: 1e9 })),
        minItems: 1e12,
        minProperties: 1e12,
      }),
    'a large schema on many pages': () => ({
      files: {
        'api.json': JSON.stringify({
          openapi: '3.1.1',
          info: {},
          paths: named(n / 100, () => ({ get: { responses: answer(ref('A')) } }), '/n'),
          components: {
            schemas: { A: { properties: named(n, () => ({ type: 'string' })) } },
          },
        }),
      },
    }),
    'a reference out of the folder': () => refused('ref_outside', escaping('../../etc/passwd')),
    'a reference out of the folder, escaped': () =>
      refused('ref_outside', escaping('%2e%2e/%2e%2e/etc/passwd')),
    'a reference to file:': () => refused('ref_scheme', escaping('file:///etc/passwd')),
    'a reference to the network': () =>
      refused('ref_scheme', escaping('http://127.0.0.1:9/schema.json')),
    'a reference to another host': () => refused('ref_scheme', escaping('//127.0.0.1/schema.json')),
    'a link out of the folder': () =>
      refused('ref_outside', escaping('link.json'), { 'link.json': '/etc/passwd' }),
    'a link to a folder outside': () =>
      refused('ref_outside', escaping('link/passwd'), { link: '/etc' }),
    'a device instead of a file': () =>
      refused('ref_outside', escaping('zero.json'), { 'zero.json': '/dev/zero' }),
  }
}
