import fc from 'fast-check'
import type { ApiRequest, BodyFile, BodyPart, RequestBody } from '../../src/request/api-request.ts'
import { encodeComponent, encodeForm, encodeReserved } from '../../src/request/percent-encoding.ts'

/** What breaks printers of code: ends of strings, expansions, options, comments, odd characters. */
function nastyWords(canary: string): string[] {
  const touch = `touch ${canary}`
  return [
    `$(${touch})`,
    `\`${touch}\``,
    `'; ${touch}; '`,
    `"; ${touch}; "`,
    `\n${touch}\n`,
    `' + require('fs').writeFileSync('${canary}', '') + '`,
    `\${require('fs').writeFileSync('${canary}', '')}`,
    `''' + open('${canary}', 'w').name + '''`,
    '{__import__("os").getcwd()}',
    '@/etc/hostname',
    '</etc/hostname',
    '$HOME',
    '$' + '{HOME}',
    '!!',
    '!$',
    "'",
    "''",
    "'''",
    '"',
    '"""',
    '\\',
    '\\\\',
    "\\'",
    '\\n',
    '`',
    '$',
    '$$',
    '%',
    '%s',
    '%41',
    '%00',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\u0001',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '‘',
    '’',
    '“',
    'é',
    'e\u0301',
    '🎧',
    '日本語',
    '\u{10ffff}',
    '12345678901234567890',
    '1e400',
    '-0.10',
    '[1-3]',
    '{a,b}',
    '*',
    '?',
    '~',
    '#',
    ';type=text/plain',
    ';',
    '=',
    '&',
    '|',
    '<',
    '>',
    '(',
    '-d',
    '--',
    ' ',
    'null',
    '<<EOF',
    '-->',
    '</script>',
    '?>',
    'R"(',
  ]
}

/** Ways in which languages differ in what they can send at all. */
export interface Limits {
  /** A name may come twice, which maps cannot hold. */
  repeatedHeaders: boolean
  /** Brackets and braces in a query, which some clients rewrite. */
  rawBrackets: boolean
  /** A header called `__proto__`, which Node's `fetch` loses. */
  protoHeader: boolean
}

/**
 * Random requests, each to `<origin>/c/<key>/…`-like addresses so that their echoes can be told
 * apart. No NUL and no lone surrogate: `buildRequest` lets none through.
 */
export function arbitraryRequest(canary: string, limits: Limits): fc.Arbitrary<ApiRequest> {
  const word = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...nastyWords(canary)) },
    { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  )
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join('').replaceAll('\0', ''))
  const json = fc
    .tuple(fc.json(), text, fc.constantFrom('', '12345678901234567890', '1.10'))
    .map(([value, typed, digits]) =>
      JSON.stringify({ value, typed, digits: '@' }, undefined, 2).replace('"@"', digits || '0'),
    )
  const headerValue = text.map((value) => value.replaceAll(/[^\x20-\x7e]/g, '').trim())
  const headerName = fc.constantFrom(
    'X-Plain',
    'x-lower',
    'X_Under_Score',
    "X-It's",
    'X-$HOME',
    'X-`id`',
    'X-!#%&*+.^|~',
    limits.protoHeader ? '__proto__' : 'toString',
    'constructor',
    '1-Digit',
  )
  const headers = fc
    .array(fc.tuple(headerName, headerValue), { maxLength: 4 })
    .map((list) => (limits.repeatedHeaders ? list : [...new Map(list)]))

  const segment = text.map((value) => encodeComponent(value === '' ? 'a' : value))
  const queryPair = fc.tuple(
    text,
    text,
    fc.constantFrom(encodeComponent, encodeReserved, encodeForm),
  )
  const query = fc
    .array(queryPair, { maxLength: 3 })
    .map((pairs) =>
      pairs.map(([name, value, encode]) => `${encodeComponent(name)}=${encode(value)}`),
    )
    .map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''))
  const brackets = fc.constantFrom('', '', '?r=[1-3]', '?r={a,b}&d[x]=1')
  const target = fc
    .tuple(segment, query, limits.rawBrackets ? brackets : fc.constant(''))
    .map(([path, pairs, raw]) => `/${path}${raw === '' ? pairs : raw}`)

  const name = text.map((value) => (value === '' ? 'field' : value))
  const contentType = fc.constantFrom(
    'application/json',
    'image/png',
    'text/plain; charset=utf-8',
    'Application/X.Odd+json; a="b;c,d"',
  )
  // What a file system can hold as a name.
  const file: fc.Arbitrary<BodyFile> = text.map((typed) => ({
    name: `${typed.replaceAll('/', '').slice(0, 30)}.bin`.toWellFormed(),
    type: 'image/png',
  }))
  const filePart = fc
    .record({ name, file, contentType })
    .map((one): BodyPart => ({ ...one, value: '', fileName: one.file.name }))
  const part: fc.Arbitrary<BodyPart> = fc.oneof(
    filePart,
    fc.record({ name, value: text }),
    fc.record({ name, value: text, contentType }),
    fc.record({ name, value: text, fileName: text, contentType }),
  )
  const typedBody = (type: string, content: fc.Arbitrary<string>) =>
    content.map((value) => ({ type, body: { kind: 'text', text: value } as RequestBody }))
  const untyped = text.map((value) => ({
    type: undefined,
    body: { kind: 'text', text: value } as RequestBody,
  }))
  const multipart = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => ({
    type: undefined,
    body: { kind: 'multipart', parts } as RequestBody,
  }))
  const whole = file.map((one) => ({
    type: 'image/png',
    body: { kind: 'file', file: one } as RequestBody,
  }))
  const content = fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: typedBody('application/json', json) },
    { weight: 2, arbitrary: typedBody('application/json', text) },
    {
      weight: 1,
      arbitrary: typedBody(
        'application/x-www-form-urlencoded',
        fc.tuple(text, text).map(([a, b]) => `${encodeForm(a)}=${encodeForm(b)}`),
      ),
    },
    { weight: 1, arbitrary: typedBody('text/xml', text) },
    { weight: 1, arbitrary: untyped },
    { weight: 2, arbitrary: multipart },
    { weight: 1, arbitrary: whole },
  )
  const method = fc.constantFrom(
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'QUERY',
  )
  return fc
    .record({ method, target, headers, content })
    .map(({ method: verb, target: url, headers: list, content: sent }): ApiRequest => {
      if (!sent || verb === 'HEAD') return { method: verb, url, headers: list }
      const type = sent.type === undefined ? [] : [['Content-Type', sent.type] as const]
      return { method: verb, url, headers: [...list, ...type], body: sent.body }
    })
}
