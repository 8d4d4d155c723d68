import { describe, expect, test } from 'vitest'
import {
  answerRepeats,
  commonAnswers,
  statusInWords,
} from '../../src/components/operation/answers.ts'
import { pathParts } from '../../src/components/operation/path.ts'
import { describeAlternatives } from '../../src/components/operation/security.ts'
import { firstSentence, plainText } from '../../src/markdown/first-sentence.ts'
import type {
  Reference,
  ResponseDescription,
  SchemaView,
  SecurityAlternative,
} from '../../src/model/operation.ts'
import { joinBase } from '../../src/site-path.ts'

describe('an address of the site', () => {
  test.each([
    ['/', '/reference/', '/reference/'],
    ['/docs', '/reference/', '/docs/reference/'],
    ['/docs/', '/reference/', '/docs/reference/'],
    ['/docs', '/', '/docs/'],
  ])('with the base %s: %s → %s', (base, href, expected) => {
    expect(joinBase(base, href)).toBe(expected)
  })

  test.each(['https://example.com/', '//example.com/', '#body', 'mailto:a@example.com'])(
    'is not made of %s',
    (href) => {
      expect(joinBase('/docs', href)).toBe(href)
    },
  )
})

describe('the path of a call', () => {
  test('begins with the path of the server and is cut at its parameters', () => {
    expect(pathParts({ server: 'https://api.example.com/v1/', path: '/a/{id}/b' })).toEqual([
      { text: '/v1/a/', variable: false },
      { text: '{id}', variable: true },
      { text: '/b', variable: false },
    ])
  })

  test('takes a relative server, or none', () => {
    expect(pathParts({ server: '/v2', path: '/a' })).toEqual([{ text: '/v2/a', variable: false }])
    expect(pathParts({ server: '', path: '/a' })).toEqual([{ text: '/a', variable: false }])
    expect(pathParts({ server: '/', path: '/a' })).toEqual([{ text: '/a', variable: false }])
  })
})

describe('the first sentence', () => {
  test('ends at a full stop before a capital, not within an abbreviation', () => {
    expect(firstSentence('Lists streams, e.g. live ones.\nNewest first.')).toBe(
      'Lists streams, e.g. live ones.',
    )
  })

  test('is the whole paragraph where nothing ends it', () => {
    expect(firstSentence('Lists\nstreams\n\nMore.')).toBe('Lists streams')
  })

  test('is not made of a list, a table or a heading', () => {
    expect(firstSentence('- one\n- two')).toBe('')
    expect(firstSentence('| a | b |')).toBe('')
    expect(firstSentence('# Title')).toBe('')
  })

  test('loses its Markdown for a meta', () => {
    expect(plainText('See [the `state`](/x/) **now**.')).toBe('See the state now.')
  })
})

describe('what a call needs, in words', () => {
  const scope = (name: string) => ({ name, description: '', dangerous: false })
  const scheme = { name: 'x', scopes: [], description: '' }
  const texts = (...ways: SecurityAlternative[]) =>
    describeAlternatives(ways).map((way) => way.map((part) => part.text).join(''))
  const text = (...parts: SecurityAlternative) => texts(parts)[0]

  test('names scopes, and schemes that must come together', () => {
    expect(text({ ...scheme, type: 'oauth2', scopes: [scope('a'), scope('b')] })).toBe('a and b')
    expect(
      text(
        { ...scheme, type: 'apiKey', in: 'query', parameterName: 'key' },
        { ...scheme, type: 'http', httpScheme: 'basic' },
      ),
    ).toBe('an API key in the query parameter key with a user name and password')
  })

  test('tells schemes of the same kind apart by their names', () => {
    const oauth = { ...scheme, name: 'oauth', type: 'oauth2' } as const
    const login = { ...scheme, name: 'login', type: 'openIdConnect' } as const
    const key = { ...scheme, type: 'apiKey', in: 'header', parameterName: 'key' } as const
    expect(texts([oauth], [login], [key], [oauth, key])).toEqual([
      'an access token (oauth)',
      'an access token (login)',
      'an API key',
      'an access token (oauth) with an API key',
    ])
  })
})

test('a status has its name beside it, where it has one', () => {
  expect(statusInWords('404')).toBe('404 Not Found')
  expect(statusInWords('4XX')).toBe('4XX')
  expect(statusInWords('default')).toBe('Any other')
})

describe('answers that repeat', () => {
  const view = (type: string, anchor: string): SchemaView => ({
    type,
    description: '',
    nullable: false,
    facts: [],
    examples: [],
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    internal: false,
    secret: false,
    properties: anchor
      ? [{ name: 'code', required: true, anchor, schema: view('string', '') }]
      : [],
  })
  const answer = (status: string, type: string, codes: string[] = []): ResponseDescription => ({
    status,
    description: '',
    headers: [
      {
        name: 'RateLimit',
        required: false,
        deprecated: false,
        description: '',
        view: view('string', ''),
        anchor: `response-${status}-header`,
      },
    ],
    content: [
      { mediaType: 'application/json', view: view(type, `response-${status}-code`), examples: [] },
    ],
    problems: codes.map((code) => ({ code, meaning: '', href: '' })),
    anchor: `response-${status}`,
  })

  test('name the first of their kind; a success keeps its own fields', () => {
    const [ok, missing, refused] = [
      answer('200', 'Stream'),
      answer('404', 'Problem'),
      answer('422', 'Problem'),
    ]
    const repeats = answerRepeats([ok, missing, refused])
    expect(repeats.get(ok)).toEqual({})
    expect(repeats.get(missing)).toEqual({ headers: 'response-200' })
    expect(repeats.get(refused)).toEqual({ headers: 'response-200', fields: 'response-404' })
  })

  test('are common where most operations give them with the same codes', () => {
    const operations = Array.from({ length: 5 }, (_, index) => ({
      responses: [answer('401', 'Problem', ['A']), answer('409', 'Problem', [`B${index}`])],
    }))
    const reference = { operations } as Reference
    const common = commonAnswers(reference)
    expect(common.has(answer('401', 'Problem', ['A']))).toBe(true)
    expect(common.has(answer('401', 'Problem', ['B']))).toBe(false)
    expect(common.has(answer('409', 'Problem', ['B0']))).toBe(false)
  })
})
