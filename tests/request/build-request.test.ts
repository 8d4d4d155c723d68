import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRequest } from '../../src/request/build-request.ts'
import { RequestError } from '../../src/request/request-error.ts'
import { array, body, object, operation, parameter, refusal } from './operation-fixture.ts'

const server = 'https://api.example.test/v1'

function urlWith(
  one: Parameters<typeof parameter>[0],
  value: Parameters<typeof buildRequest>[1]['parameters'][string],
): string {
  const described = parameter(one)
  const path = described.in === 'path' ? `/things/{${described.name}}` : '/things'
  const built = buildRequest(
    operation({ path, parameters: [described] }),
    { parameters: { [`${described.in}:${described.name}`]: value } },
    server,
  )
  return built.url.replace(server, '')
}

// The table of https://spec.openapis.org/oas/v3.1.1.html#style-examples, row by row.
describe('parameter styles', () => {
  test.each([
    ['matrix', false, ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ['matrix', true, ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ['label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
    ['simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ])('a path parameter in style %s, explode %s', (style, explode, text, list, fields) => {
    const color = { in: 'path', name: 'color', style, explode } as const
    expect(urlWith(color, 'blue')).toBe(`/things/${text}`)
    expect(urlWith(color, array)).toBe(`/things/${list}`)
    expect(urlWith(color, object)).toBe(`/things/${fields}`)
  })

  test.each([
    ['form', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    ['form', true, 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    [
      'spaceDelimited',
      false,
      'color=blue',
      'color=blue%20black%20brown',
      'color=R%20100%20G%20200%20B%20150',
    ],
    [
      'pipeDelimited',
      false,
      'color=blue',
      'color=blue%7Cblack%7Cbrown',
      'color=R%7C100%7CG%7C200%7CB%7C150',
    ],
    [
      'deepObject',
      true,
      'color=blue',
      'color=blue&color=black&color=brown',
      'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    ],
  ])('a query parameter in style %s, explode %s', (style, explode, text, list, fields) => {
    const color = { in: 'query', name: 'color', style, explode } as const
    expect(urlWith(color, 'blue')).toBe(`/things?${text}`)
    expect(urlWith(color, array)).toBe(`/things?${list}`)
    expect(urlWith(color, object)).toBe(`/things?${fields}`)
  })

  test('an empty query text keeps its name, an empty list leaves nothing', () => {
    expect(urlWith({ in: 'query', name: 'q' }, '')).toBe('/things?q=')
    expect(urlWith({ in: 'query', name: 'q' }, [])).toBe('/things')
  })

  test('a header list is joined with commas and not escaped', () => {
    const built = buildRequest(
      operation({ parameters: [parameter({ in: 'header', name: 'X-Tags' })] }),
      { parameters: { 'header:X-Tags': ['a b', 'c/d'] } },
      server,
    )
    expect(built.headers).toEqual([['X-Tags', 'a b,c/d']])
  })

  test('an empty header text is sent as one, of an empty list nothing is', () => {
    const parameters = ['X-Text', 'X-List'].map((name) => parameter({ in: 'header', name }))
    const values = { parameters: { 'header:X-Text': '', 'header:X-List': [] } }
    expect(buildRequest(operation({ parameters }), values, server).headers).toEqual([
      ['X-Text', ''],
    ])
  })

  test('cookie parameters share one header', () => {
    const parameters = ['a', 'b'].map((name) => parameter({ in: 'cookie', name, style: 'form' }))
    const values = { parameters: { 'cookie:a': '1;2', 'cookie:b': 'x' } }
    expect(buildRequest(operation({ parameters }), values, server).headers).toEqual([
      ['Cookie', 'a=1%3B2; b=x'],
    ])
  })

  test('a parameter described by content goes as its JSON text', () => {
    const filter = { in: 'query', name: 'filter', mediaType: 'application/json' } as const
    expect(urlWith(filter, '{"n":12345678901234567890}')).toBe(
      '/things?filter=%7B%22n%22%3A12345678901234567890%7D',
    )
    expect(urlWith(filter, ['a', 'b'])).toBe('/things?filter=%5B%22a%22%2C%22b%22%5D')
  })

  test('allowReserved keeps what a query can hold and escapes what would cut it', () => {
    const q = { in: 'query', name: 'q', allowReserved: true } as const
    expect(urlWith(q, 'a/b?c=d:e@f')).toBe('/things?q=a/b?c=d:e@f')
    expect(urlWith(q, '#x&y=1+2[3]')).toBe('/things?q=%23x%26y=1%2B2%5B3%5D')
    expect(urlWith(q, '%2F %7e 100%')).toBe('/things?q=%2F%20~%20100%25')
  })

  test('big numbers keep their digits', () => {
    expect(urlWith({ in: 'query', name: 'n' }, '12345678901234567890.10')).toBe(
      '/things?n=12345678901234567890.10',
    )
  })
})

describe('T28: a path value never leaves its segment', () => {
  const get = (id: string) => () => urlWith({ in: 'path', name: 'id' }, id)

  test.each(['.', '..', '', '\ud800'])('%j is refused and the field is named', (id) => {
    expect(refusal(get(id)).field).toBe('path:id')
  })

  test.each([
    ['../me', '..%2Fme'],
    ['..%2f..%2f', '..%252f..%252f'],
    ['%2e%2e', '%252e%252e'],
    ['a/b', 'a%2Fb'],
    ['a\\b', 'a%5Cb'],
    ['a?x=1', 'a%3Fx%3D1'],
    ['a#b', 'a%23b'],
    [' ', '%20'],
    ['🎧', '%F0%9F%8E%A7'],
    ["o'clock!*()", 'o%27clock%21%2A%28%29'],
    [';v=1', '%3Bv%3D1'],
  ])('%j is escaped', (id, escaped) => {
    expect(get(id)()).toBe(`/things/${escaped}`)
  })

  test('two values that make dots together are refused', () => {
    const parameters = ['a', 'b'].map((name) => parameter({ in: 'path', name }))
    const values = { parameters: { 'path:a': '.', 'path:b': '.' } }
    const shape = operation({ path: '/things/{a}{b}/stop', parameters })
    expect(refusal(() => buildRequest(shape, values, server))).toEqual({
      code: 'leaves_its_segment',
      field: 'path:b',
    })
  })

  test('whatever is typed, browsers read the same route', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (id) => {
        const shape = operation({
          path: '/things/{id}/stop',
          parameters: [parameter({ in: 'path', name: 'id' })],
        })
        let url: URL
        try {
          url = new URL(buildRequest(shape, { parameters: { 'path:id': id } }, server).url)
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError)
          return
        }
        const segments = url.pathname.split('/')
        expect(segments).toHaveLength(5)
        expect([segments[2], segments[4]]).toEqual(['things', 'stop'])
        expect(decodeURIComponent(segments[3] ?? '')).toBe(id)
        expect(url.search + url.hash).toBe('')
      }),
      { numRuns: 500, seed: 7 },
    )
  })

  test('a missing value is named', () => {
    const shape = operation({ path: '/things/{id}', parameters: [] })
    expect(refusal(() => buildRequest(shape, { parameters: {} }, server))).toEqual({
      code: 'missing',
      field: 'path:id',
    })
  })
})

describe('T27: headers', () => {
  const send = (name: string, value: string) =>
    buildRequest(
      operation({ parameters: [parameter({ in: 'header', name })] }),
      { parameters: { [`header:${name}`]: value } },
      server,
    ).headers

  test.each(['a\r\nX-Evil: 1', 'a\nb', 'a\rb', 'a\0b', 'é', '🎧', ' a', 'a\t', '\u007f'])(
    'the value %j is refused at its field',
    (value) => {
      expect(refusal(() => send('X-A', value))).toEqual({
        code: 'invalid_header_value',
        field: 'header:X-A',
      })
    },
  )

  test.each(['X A', 'X:A', '', 'X\nA', 'Ünicode', '@file'])(
    'the name %j is refused at its field',
    (name) => {
      expect(refusal(() => send(name, 'a'))).toEqual({
        code: 'invalid_header_name',
        field: `header:${name}`,
      })
    },
  )

  test.each([
    'Host',
    'Content-Length',
    'COOKIE',
    'Origin',
    'X-API-Key',
    'Sec-Fetch-Mode',
    'Proxy-Authorization',
    'Transfer-Encoding',
  ])('%s is refused', (name) => {
    expect(refusal(() => send(name, 'a')).code).toBe('forbidden_header')
  })

  test('Accept, Content-Type and Authorization are no parameters, whatever a document says', () => {
    for (const name of ['Accept', 'content-type', 'Authorization']) {
      expect(send(name, 'a')).toEqual([])
    }
  })

  test('an empty value is a value', () => {
    expect(send('X-Empty', '')).toEqual([['X-Empty', '']])
  })
})

describe('bodies', () => {
  const post = (
    content: Parameters<typeof body>,
    text: string | undefined,
    method = 'POST',
  ): ReturnType<typeof buildRequest> =>
    buildRequest(
      operation({ method, requestBody: body(...content) }),
      { parameters: {}, ...(text !== undefined && { body: text }) },
      server,
    )

  test('JSON goes exactly as it was typed', () => {
    const typed = '{ "n": 12345678901234567890,\r\n\t"s": "a\\u0000b" }\n'
    expect(post(['application/json'], typed)).toMatchObject({
      headers: [['Content-Type', 'application/json']],
      body: { kind: 'text', text: typed },
    })
  })

  test('text that is not JSON goes as typed too: the API is to judge it', () => {
    expect(post(['application/json'], '{"name":').body).toEqual({ kind: 'text', text: '{"name":' })
  })

  test('no body, no Content-Type', () => {
    expect(post(['application/json'], undefined)).toEqual({
      method: 'POST',
      url: `${server}/things`,
      headers: [],
    })
  })

  test('a required body that is missing is named', () => {
    const shape = operation({
      method: 'POST',
      requestBody: { ...body('text/xml'), required: true },
    })
    expect(refusal(() => buildRequest(shape, { parameters: {} }, server))).toEqual({
      code: 'missing',
      field: 'body',
    })
  })

  test('a form is made from a JSON object, digits and null kept, lists repeated', () => {
    const typed = '{"a b":"ü&=+","n":12345678901234567890,"no":null,"l":["1",2],"o":{"x":[1]}}'
    expect(post(['application/x-www-form-urlencoded'], typed)).toMatchObject({
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: {
        text: 'a+b=%C3%BC%26%3D%2B&n=12345678901234567890&no=null&l=1&l=2&o=%7B%22x%22%3A%5B1%5D%7D',
      },
    })
  })

  test("a form follows the document's encoding", () => {
    const encoding = { l: { style: 'pipeDelimited', explode: false }, o: { style: 'deepObject' } }
    const typed = '{"l":["a","b"],"o":{"x":"1"}}'
    expect(post(['application/x-www-form-urlencoded', { encoding }], typed).body).toEqual({
      kind: 'text',
      text: 'l=a%7Cb&o%5Bx%5D=1',
    })
  })

  test('a multipart body is made from a JSON object, files and types by the document', () => {
    const description = {
      files: ['cover'],
      encoding: { cover: { contentType: 'image/png, image/jpeg' } },
    }
    const typed = '{"title":"a\\nb","cover":"PNG","tags":["x","y"],"meta":{"n":1.0}}'
    expect(post(['multipart/form-data', description], typed)).toEqual({
      method: 'POST',
      url: `${server}/things`,
      headers: [],
      body: {
        kind: 'multipart',
        parts: [
          { name: 'title', value: 'a\nb' },
          { name: 'cover', value: 'PNG', fileName: 'cover', contentType: 'image/png' },
          { name: 'tags', value: 'x' },
          { name: 'tags', value: 'y' },
          { name: 'meta', value: '{"n":1.0}', contentType: 'application/json' },
        ],
      },
    })
  })

  test('a part in a style is what a query would hold, one for each pair, and nothing is escaped', () => {
    const encoding = {
      list: { style: 'pipeDelimited', explode: false, contentType: 'text/x-ignored' },
      each: { explode: true },
      deep: { style: 'deepObject' },
      plain: { allowReserved: true },
    }
    const typed =
      '{"list":["a b","c"],"each":["x=y","ü"],"deep":{"k&":{"n":1.0}},"plain":{"p":"/?","q":null}}'
    expect(post(['multipart/form-data', { encoding }], typed).body).toEqual({
      kind: 'multipart',
      parts: [
        { name: 'list', value: 'a b|c' },
        { name: 'each', value: 'x=y' },
        { name: 'each', value: 'ü' },
        { name: 'deep[k&][n]', value: '1.0' },
        { name: 'p', value: '/?' },
        { name: 'q', value: 'null' },
      ],
    })
  })

  test.each([
    ['"text"', '"text"'],
    ['"12"', '"12"'],
    ['null', 'null'],
    // Somebody has written JSON as a text: that is what the part is to hold.
    [String.raw`"{\"a\": 1.0}"`, '{"a": 1.0}'],
    ['"{not closed"', '"{not closed"'],
  ])('a part whose type is JSON holds JSON: %s', (typed, value) => {
    const encoding = { meta: { contentType: 'application/json' } }
    expect(post(['multipart/form-data', { encoding }], `{"meta":${typed}}`).body).toEqual({
      kind: 'multipart',
      parts: [{ name: 'meta', value, contentType: 'application/json' }],
    })
  })

  test.each([
    ['application/x-www-form-urlencoded', '{', 'invalid_json'],
    ['multipart/form-data', '[1]', 'not_an_object'],
    ['multipart/form-data', '{"a":"\\u0000"}', 'nul_character'],
    ['application/x-www-form-urlencoded', '{"a":"\\ud800"}', 'not_unicode'],
    ['text/plain', 'a\0b', 'nul_character'],
    ['text/plain', '\udc00', 'not_unicode'],
  ])('as %s, %j is refused', (mediaType, typed, code) => {
    expect(refusal(() => post([mediaType], typed))).toEqual({ code, field: 'body' })
  })

  test('HEAD has no body, GET may have one', () => {
    expect(refusal(() => post(['text/plain'], 'a', 'HEAD')).code).toBe('body_not_allowed')
    expect(post(['text/plain'], 'a', 'GET').body).toEqual({ kind: 'text', text: 'a' })
  })

  test('a media type that is not offered is refused', () => {
    const shape = operation({ method: 'POST', requestBody: body('text/plain') })
    const values = { parameters: {}, mediaType: 'text/html', body: 'a' }
    expect(refusal(() => buildRequest(shape, values, server)).code).toBe('unknown_media_type')
  })
})

test('T9: a server with a password in it is refused', () => {
  expect(
    refusal(() => buildRequest(operation({}), { parameters: {} }, 'https://a:b@evil.test')),
  ).toEqual({ code: 'invalid_server', field: 'server' })
})

test('T24: parameters called like members of an object are parameters', () => {
  const parameters = ['__proto__', 'constructor'].map((name) => parameter({ in: 'query', name }))
  const values = { parameters: Object.fromEntries([['query:__proto__', 'a']]) }
  expect(buildRequest(operation({ parameters }), values, server).url).toBe(
    `${server}/things?__proto__=a`,
  )
})

test('a path that begins with no slash still lies below its server, not beside it', () => {
  for (const path of ['things', '.evil.example/things', '@evil.example', ':80/x']) {
    const { url } = buildRequest(
      operation({ path }),
      { parameters: {} },
      'https://api.example.test',
    )
    expect(new URL(url).host, path).toBe('api.example.test')
  }
})
