import { describe, expect, test } from 'vitest'
import type { ParameterValue } from '../../src/request/api-request.ts'
import { buildRequest } from '../../src/request/build-request.ts'
import { parameterValue } from '../../src/request/example-request.ts'
import { parameterText } from '../../src/request/parameter-text.ts'
import { array, body, object, operation, parameter, refusal } from './operation-fixture.ts'

type Place = Parameters<typeof parameter>[0]['in']

function textOf(
  place: Place,
  style: string,
  explode: boolean,
  value: ParameterValue,
  more: { allowReserved?: boolean; mediaType?: string; name?: string } = {},
): string {
  return parameterText({ in: place, name: 'color', style, explode, ...more }, value)
}

// The table of https://spec.openapis.org/oas/v3.2.0.html#style-examples: every style, exploded or
// not, of every place it may stand in; `undefined` where the table says n/a and the test does not.
describe('every style of every place', () => {
  test.each<[Place, string, boolean, string, string, string]>([
    ['path', 'matrix', false, ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    [
      'path',
      'matrix',
      true,
      ';color=blue',
      ';color=blue;color=black;color=brown',
      ';R=100;G=200;B=150',
    ],
    ['path', 'label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['path', 'label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
    ['path', 'simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['path', 'simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ['header', 'simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['header', 'simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ['query', 'form', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    [
      'query',
      'form',
      true,
      'color=blue',
      'color=blue&color=black&color=brown',
      'R=100&G=200&B=150',
    ],
    [
      'query',
      'spaceDelimited',
      false,
      'color=blue',
      'color=blue%20black%20brown',
      'color=R%20100%20G%20200%20B%20150',
    ],
    [
      'query',
      'pipeDelimited',
      false,
      'color=blue',
      'color=blue%7Cblack%7Cbrown',
      'color=R%7C100%7CG%7C200%7CB%7C150',
    ],
    [
      'query',
      'deepObject',
      true,
      'color=blue',
      'color=blue&color=black&color=brown',
      'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    ],
    ['cookie', 'form', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    [
      'cookie',
      'form',
      true,
      'color=blue',
      'color=blue; color=black; color=brown',
      'R=100; G=200; B=150',
    ],
    ['cookie', 'cookie', false, 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    [
      'cookie',
      'cookie',
      true,
      'color=blue',
      'color=blue; color=black; color=brown',
      'R=100; G=200; B=150',
    ],
  ])('%s, %s, explode %s', (place, style, explode, text, list, fields) => {
    expect(textOf(place, style, explode, 'blue')).toBe(text)
    expect(textOf(place, style, explode, array)).toBe(list)
    expect(textOf(place, style, explode, object)).toBe(fields)
  })

  test.each<[Place, string, boolean, string]>([
    ['path', 'matrix', false, ';color'],
    ['path', 'matrix', true, ';color'],
    ['path', 'label', true, '.'],
    ['header', 'simple', false, ''],
    ['query', 'form', true, 'color='],
    ['query', 'form', false, 'color='],
    ['cookie', 'form', true, 'color='],
  ])('an empty text: %s, %s, explode %s', (place, style, explode, text) => {
    if (place === 'path') {
      expect(refusal(() => textOf(place, style, explode, '')).code).toBe('empty_path_value')
    } else expect(textOf(place, style, explode, '')).toBe(text)
  })

  test.each<[Place, string]>([
    ['query', 'form'],
    ['query', 'deepObject'],
    ['query', 'pipeDelimited'],
    ['header', 'simple'],
    ['cookie', 'form'],
  ])('an empty list or object leaves nothing: %s, %s', (place, style) => {
    expect(textOf(place, style, true, [])).toBe('')
    expect(textOf(place, style, true, { entries: [] })).toBe('')
  })

  test('null, false and 0 are values, and an empty item is one too', () => {
    const read = (text: string) =>
      parameterValue({ schema: { type: 'array' }, style: 'form' }, text)
    expect(textOf('query', 'form', true, read('[null,false,0,"",""]'))).toBe(
      'color=null&color=false&color=0&color=&color=',
    )
    expect(textOf('query', 'form', false, read('[0,""]'))).toBe('color=0,')
    for (const text of ['null', 'false', '0']) {
      expect(textOf('query', 'form', true, text)).toBe(`color=${text}`)
    }
  })
})

// https://spec.openapis.org/oas/v3.1.1.html#appendix-e-percent-encoding-and-form-media-types
describe('percent-encoding', () => {
  const reserved = ":/?#[]@!$&'()*+,;="
  const escaped = '%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D'

  test.each<[Place, string, boolean, ParameterValue, string]>([
    ['query', 'form', false, reserved, `color=${escaped}`],
    ['path', 'simple', false, reserved, escaped],
    ['query', 'form', false, 'a b%20c', 'color=a%20b%2520c'],
    ['query', 'form', false, 'A-Z.a_z~0', 'color=A-Z.a_z~0'],
    ['query', 'form', false, 'Żółć 🎧', 'color=%C5%BB%C3%B3%C5%82%C4%87%20%F0%9F%8E%A7'],
    ['query', 'form', false, ['a,b', 'c'], 'color=a%2Cb,c'],
    ['query', 'pipeDelimited', false, ['a|b', 'c'], 'color=a%7Cb%7Cc'],
    ['query', 'spaceDelimited', false, ['a b', 'c'], 'color=a%20b%20c'],
    ['query', 'deepObject', true, { entries: [['a b', '[c]']] }, 'color%5Ba%20b%5D=%5Bc%5D'],
    ['header', 'simple', false, ['a b', 'c/d;e'], 'a b,c/d;e'],
    ['cookie', 'form', true, '"a; b"', 'color=%22a%3B%20b%22'],
    ['cookie', 'cookie', true, 'a%20b/c=d', 'color=a%20b/c=d'],
  ])('%s in style %s, explode %s: %j', (place, style, explode, value, text) => {
    expect(textOf(place, style, explode, value)).toBe(text)
  })

  test.each<[Place, ParameterValue, string]>([
    // `[`, `]` and `#` cannot stand in a query; `&` and `+` would mean something else in it.
    ['query', reserved, 'color=:/?%23%5B%5D@!$%26%27()*%2B,;='],
    ['query', '%2f%41%zz', 'color=%2FA%25zz'],
    ['path', reserved, ':%2F%3F%23%5B%5D@!$%26%27()*%2B,;='],
    ['path', 'a%2Fb', 'a%2Fb'],
    // What stands between items must not come out of one, nor a segment end inside it.
    ['path', ['a/b?c', 'd,e;f=g'], 'a%2Fb%3Fc,d%2Ce%3Bf%3Dg'],
    ['query', ['a,b', 'c;d=e/f?g'], 'color=a%2Cb,c%3Bd%3De/f?g'],
  ])('allowReserved in a %s: %j', (place, value, text) => {
    const style = place === 'path' ? 'simple' : 'form'
    expect(textOf(place, style, false, value, { allowReserved: true })).toBe(text)
  })

  test.each(['..', '.', '%2e%2e', '%2E', '.%2e'])(
    'allowReserved lets no path value leave its segment: %j',
    (value) => {
      const id = parameter({ in: 'path', name: 'id', allowReserved: true })
      const shape = operation({ path: '/things/{id}/stop', parameters: [id] })
      const values = { parameters: { 'path:id': value } }
      expect(refusal(() => buildRequest(shape, values, 'https://api.example.test'))).toEqual({
        code: 'leaves_its_segment',
        field: 'path:id',
      })
    },
  )

  test.each(['a;b', 'a b', 'a"b', 'ü', 'a\\b', 'a\nb'])(
    'a cookie that is sent as it is cannot hold %j',
    (value) => {
      expect(refusal(() => textOf('cookie', 'cookie', true, value))).toEqual({
        code: 'invalid_cookie_value',
        field: 'cookie:color',
      })
    },
  )
})

describe('what lies deeper', () => {
  const typed =
    '{"owner":{"name":"a b","ids":[1,2]},"tags":["x",{"k":null}],"n":12345678901234567890}'

  test('a deepObject nests in brackets, items of a list by their place', () => {
    const value = parameterValue({ schema: { type: 'object' }, style: 'deepObject' }, typed)
    expect(decodeURIComponent(textOf('query', 'deepObject', true, value, { name: 'f' }))).toBe(
      [
        'f[owner][name]=a b',
        'f[owner][ids][0]=1',
        'f[owner][ids][1]=2',
        'f[tags][0]=x',
        'f[tags][1][k]=null',
        'f[n]=12345678901234567890',
      ].join('&'),
    )
  })

  test('in any other style it stays JSON', () => {
    const value = parameterValue({ schema: { type: 'object' }, style: 'form' }, typed)
    expect(textOf('query', 'form', true, value).split('&').map(decodeURIComponent)).toEqual([
      'owner={"name":"a b","ids":[1,2]}',
      'tags=["x",{"k":null}]',
      'n=12345678901234567890',
    ])
  })
})

describe('parameters described by content', () => {
  const json = { mediaType: 'application/json' }

  test.each<[Place, string, string]>([
    ['query', '{"a": [1.10]}', 'color=%7B%22a%22%3A%20%5B1.10%5D%7D'],
    ['path', '[1]', '%5B1%5D'],
    ['header', '{"a":"ü🎧"}', '{"a":"\\u00fc\\ud83c\\udfa7"}'],
    ['header', '{\n  "a": 1\n}', '{ "a": 1 }'],
    ['cookie', '{"a":1}', 'color=%7B%22a%22%3A1%7D'],
    // https://spec.openapis.org/oas/v3.2.0.html#parameter-object-examples
    [
      'querystring',
      '{"numbers":[1,2],"flag":null}',
      '%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D',
    ],
  ])('JSON in a %s', (place, typed, text) => {
    expect(textOf(place, 'form', false, typed, json)).toBe(text)
  })

  test('a whole query as a form, and as text', () => {
    const form = { mediaType: 'application/x-www-form-urlencoded' }
    expect(textOf('querystring', 'form', true, '{"foo":"a + b","bar":true}', form)).toBe(
      'foo=a+%2B+b&bar=true',
    )
    expect(refusal(() => textOf('querystring', 'form', true, 'foo=1', form))).toEqual({
      code: 'invalid_json',
      field: 'querystring:color',
    })
    const path = { mediaType: 'application/jsonpath' }
    expect(textOf('querystring', 'form', true, '$.a.b[1:1]', path)).toBe('%24.a.b%5B1%3A1%5D')
  })

  test('a whole query follows the path', () => {
    const whole = parameter({ in: 'querystring', name: 'q', mediaType: 'text/plain' })
    const shape = operation({ parameters: [whole] })
    const values = { parameters: { 'querystring:q': 'a=b' } }
    expect(buildRequest(shape, values, 'https://api.example.test').url).toBe(
      'https://api.example.test/things?a%3Db',
    )
  })
})

describe('what the document does not name', () => {
  const build = (headers: [string, string][], accept?: string) =>
    buildRequest(
      operation({}),
      { parameters: {}, headers, ...(accept !== undefined && { accept }) },
      'https://api.example.test',
    ).headers

  test('headers go as they are typed, after Accept', () => {
    expect(
      build(
        [
          ['X-A', '1'],
          ['X-A', ''],
        ],
        'text/csv',
      ),
    ).toEqual([
      ['Accept', 'text/csv'],
      ['X-A', '1'],
      ['X-A', ''],
    ])
  })

  test.each([
    ['X-A', 'a\r\nX-Evil: 1', 'invalid_header_value'],
    ['X A', '1', 'invalid_header_name'],
    ['', '1', 'invalid_header_name'],
    ['Cookie', 'a=1', 'forbidden_header'],
    ['x-api-key', '1', 'forbidden_header'],
    ['authorization', 'Bearer 1', 'forbidden_header'],
    ['Sec-Fetch-Site', 'none', 'forbidden_header'],
    ['Content-Type', 'text/plain', 'forbidden_header'],
  ])('%j: %j is refused at its field', (name, value, code) => {
    expect(
      refusal(() =>
        build([
          ['X-Fine', '1'],
          [name, value],
        ]),
      ),
    ).toEqual({ code, field: 'extra:1' })
  })
})

describe('what is missing', () => {
  const shape = operation({
    method: 'POST',
    path: '/things/{id}',
    parameters: [
      parameter({ in: 'path', name: 'id' }),
      parameter({ in: 'query', name: 'q', required: true }),
      parameter({ in: 'header', name: 'X-A', required: true }),
    ],
    requestBody: { ...body('application/json'), required: true },
  })

  test('can be left out on purpose, but for the path', () => {
    const options = { allowMissing: true }
    const server = 'https://api.example.test'
    const values = { parameters: { 'path:id': 'a' } }
    expect(buildRequest(shape, values, server, options)).toEqual({
      method: 'POST',
      url: `${server}/things/a`,
      headers: [],
    })
    expect(refusal(() => buildRequest(shape, { parameters: {} }, server, options)).field).toBe(
      'path:id',
    )
  })
})

describe('files', () => {
  const cover = { name: 'cover "1".png', type: 'image/png' }

  test('of a form come after its fields, with name and type', () => {
    const shape = operation({ method: 'POST', requestBody: body('multipart/form-data') })
    const values = {
      parameters: {},
      body: '{"cover":"not this","title":"a","none":null}',
      files: { cover: [cover, { name: 'b', type: '' }] },
    }
    expect(buildRequest(shape, values, 'https://api.example.test').body).toEqual({
      kind: 'multipart',
      parts: [
        { name: 'title', value: 'a' },
        { name: 'none', value: 'null' },
        { name: 'cover', value: '', fileName: cover.name, contentType: 'image/png', file: cover },
        {
          name: 'cover',
          value: '',
          fileName: 'b',
          contentType: 'application/octet-stream',
          file: { name: 'b', type: '' },
        },
      ],
    })
  })

  test.each([
    ['application/octet-stream', 'application/octet-stream'],
    ['image/*', 'image/png'],
    ['*/*', 'image/png'],
  ])('as the whole body: %s', (mediaType, contentType) => {
    const shape = operation({ method: 'PUT', requestBody: body(mediaType) })
    const values = { parameters: {}, files: { '': [cover] } }
    expect(buildRequest(shape, values, 'https://api.example.test')).toMatchObject({
      headers: [['Content-Type', contentType]],
      body: { kind: 'file', file: cover },
    })
  })
})
