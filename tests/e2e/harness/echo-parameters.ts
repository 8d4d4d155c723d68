/** What a reader types into one parameter, and what of it goes over the wire. */
export interface EchoParameter {
  name: string
  in: 'path' | 'query' | 'querystring' | 'header' | 'cookie'
  /** Further fields of the parameter object. */
  object: object
  typed: Typed
  /** Written by hand from the specification; empty where nothing goes. */
  wire: string
}

export type Typed =
  | string
  /** One of the values that the document knows. */
  | { choose: string }
  /** Several of them, in this order. */
  | { check: readonly string[] }
  /** Values below each other. */
  | { list: readonly string[] }
  /** Members by name. */
  | { members: Readonly<Record<string, Typed>> }
  /** Nothing is typed. */
  | { absent: true }
  /** An empty text, which is not the same. */
  | { empty: true }

const text = { type: 'string' }
const list = { type: 'array', items: text }
const fields = { type: 'object', properties: { R: text, G: text, B: text } }

const blue = 'blue'
const colors = { list: ['blue', 'black', 'brown'] }
const rgb = { members: { R: '100', G: '200', B: '150' } }

type Row = readonly [style: string, explode: boolean, text: string, list: string, fields: string]

/** A row of the style table: the same style for a text, a list and an object. */
function rows(place: EchoParameter['in'], table: readonly Row[]): EchoParameter[] {
  return table.flatMap(([style, explode, asText, asList, asFields]) => {
    const name = (kind: string) => `${style}${explode ? 'Each' : ''}${kind}`
    const shared = { style, explode }
    const all: EchoParameter[] = [
      {
        name: name('Text'),
        in: place,
        object: { ...shared, schema: text },
        typed: blue,
        wire: asText,
      },
      {
        name: name('List'),
        in: place,
        object: { ...shared, schema: list },
        typed: colors,
        wire: asList,
      },
      {
        name: name('Fields'),
        in: place,
        object: { ...shared, schema: fields },
        typed: rgb,
        wire: asFields,
      },
    ]
    // The table has no such thing.
    return all.filter(({ wire }) => wire !== 'n/a')
  })
}

// https://spec.openapis.org/oas/v3.2.0.html#style-examples; the names are those of the parameters.
const path = rows('path', [
  ['simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['label', false, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
  ['label', true, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  [
    'matrix',
    false,
    ';matrixText=blue',
    ';matrixList=blue,black,brown',
    ';matrixFields=R,100,G,200,B,150',
  ],
  [
    'matrix',
    true,
    ';matrixEachText=blue',
    ';matrixEachList=blue;matrixEachList=black;matrixEachList=brown',
    ';R=100;G=200;B=150',
  ],
])

const query = rows('query', [
  [
    'form',
    true,
    'formEachText=blue',
    'formEachList=blue&formEachList=black&formEachList=brown',
    'R=100&G=200&B=150',
  ],
  ['form', false, 'formText=blue', 'formList=blue,black,brown', 'formFields=R,100,G,200,B,150'],
  [
    'spaceDelimited',
    false,
    'n/a',
    'spaceDelimitedList=blue%20black%20brown',
    'spaceDelimitedFields=R%20100%20G%20200%20B%20150',
  ],
  [
    'pipeDelimited',
    false,
    'n/a',
    'pipeDelimitedList=blue%7Cblack%7Cbrown',
    'pipeDelimitedFields=R%7C100%7CG%7C200%7CB%7C150',
  ],
  [
    'deepObject',
    true,
    'n/a',
    'n/a',
    'deepObjectEachFields%5BR%5D=100&deepObjectEachFields%5BG%5D=200&deepObjectEachFields%5BB%5D=150',
  ],
])

/** One parameter that no row of the table has. */
function one(
  place: EchoParameter['in'],
  name: string,
  object: object,
  typed: Typed,
  wire: string,
): EchoParameter {
  return { in: place, name, object, typed, wire }
}

const reserved = ":/?#[]@!$&'()*+,;="
const maybe = { type: ['boolean', 'null'] }
const nested = {
  type: 'object',
  properties: {
    owner: {
      type: 'object',
      properties: { name: text, ids: { type: 'array', items: { type: 'integer' } } },
    },
    tags: list,
  },
}

const values: EchoParameter[] = [
  one(
    'query',
    'reserved',
    { schema: text },
    reserved,
    'reserved=%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D',
  ),
  // What a query cannot hold, or would take for something else, is escaped all the same (3.2,
  // "Appendix E: Percent-Encoding and Form Media Types"), and so is the apostrophe, which browsers
  // escape by themselves.
  one(
    'query',
    'allowed',
    { schema: text, allowReserved: true },
    reserved,
    'allowed=:/?%23%5B%5D@!$%26%27()*%2B,;=',
  ),
  one(
    'query',
    'allowedTriplet',
    { schema: text, allowReserved: true },
    '100%/a%2Fb',
    'allowedTriplet=100%25/a%2Fb',
  ),
  one('query', 'triplet', { schema: text }, 'a b%20c', 'triplet=a%20b%2520c'),
  one(
    'query',
    'unicode',
    { schema: text },
    'Żółć 🎧',
    'unicode=%C5%BB%C3%B3%C5%82%C4%87%20%F0%9F%8E%A7',
  ),
  one('query', 'na me[]', { schema: text }, 'x', 'na%20me%5B%5D=x'),
  one('query', 'absent', { schema: text }, { absent: true }, ''),
  one('query', 'empty', { schema: text }, { empty: true }, 'empty='),
  one('query', 'noList', { schema: list }, { absent: true }, ''),
  one('query', 'emptyItem', { schema: list }, { list: [''] }, 'emptyItem='),
  one('query', 'nothing', { schema: maybe }, { choose: 'null' }, 'nothing=null'),
  one('query', 'no', { schema: maybe }, { choose: 'false' }, 'no=false'),
  one('query', 'zero', { schema: { type: 'integer' } }, '0', 'zero=0'),
  one(
    'query',
    'big',
    { schema: { type: 'integer' } },
    '12345678901234567890',
    'big=12345678901234567890',
  ),
  one(
    'query',
    'known',
    { explode: false, schema: { type: 'array', items: { enum: ['a', 'b,c', 'd'] } } },
    { check: ['d', 'b,c'] },
    'known=d,b%2Cc',
  ),
  one(
    'query',
    'deep',
    { style: 'deepObject', explode: true, schema: nested },
    {
      members: {
        owner: { members: { name: 'a b', ids: { list: ['1', '0'] } } },
        tags: { list: ['x&y'] },
      },
    },
    'deep%5Bowner%5D%5Bname%5D=a%20b&deep%5Bowner%5D%5Bids%5D%5B0%5D=1&deep%5Bowner%5D%5Bids%5D%5B1%5D=0&deep%5Btags%5D%5B0%5D=x%26y',
  ),
  one(
    'query',
    'json',
    { content: { 'application/json': { schema: { type: 'object' } } } },
    '{"n": 12345678901234567890}',
    'json=%7B%22n%22%3A%20%2012345678901234567890%7D'.replace('%20%20', '%20'),
  ),
]

const headers: EchoParameter[] = [
  ...rows('header', [
    ['simple', false, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['simple', true, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ]).map((row) => ({ ...row, name: `X-${row.name}` })),
  one('header', 'X-Chars', { schema: text }, 'a b/c;d="e"%', 'a b/c;d="e"%'),
  one('header', 'X-Zero', { schema: { type: 'integer' } }, '0', '0'),
  one(
    'header',
    'X-Json',
    { content: { 'application/json': { schema: {} } } },
    '{"a":"ü"}',
    '{"a":"\\u00fc"}',
  ),
]

const cookies: EchoParameter[] = [
  ...rows('cookie', [
    ['form', true, 'formEachText=blue', 'n/a', 'n/a'],
    ['form', false, 'formText=blue', 'formList=blue,black,brown', 'formFields=R,100,G,200,B,150'],
    [
      'cookie',
      true,
      'cookieEachText=blue',
      'cookieEachList=blue; cookieEachList=black; cookieEachList=brown',
      'R=100; G=200; B=150',
    ],
  ]),
  one('cookie', 'escaped', { schema: text }, 'a; b', 'escaped=a%3B%20b'),
]

/** Every style of every place, exploded or not, of every type; and what no style is about. */
export const echoParameters = { path, query, values, headers, cookies }
