import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileName } from '../../src/try-it/answer/file-name.ts'
import { findNextPage } from '../../src/try-it/answer/next-page.ts'
import { readProblem } from '../../src/try-it/answer/problem.ts'
import { readText } from '../../src/try-it/answer/read-text.ts'
import { retryAfter } from '../../src/try-it/answer/retry-after.ts'
import { mostRows, StreamRows } from '../../src/try-it/answer/stream-rows.ts'

describe('the name under which a body is saved', () => {
  test.each([
    ['attachment; filename="invoice 7.pdf"', 'invoice 7.pdf'],
    ['attachment; filename=plain.txt', 'plain.txt'],
    ["attachment; filename=a.txt; filename*=UTF-8''na%C3%AFve%20plan.txt", 'naïve plan.txt'],
    ["attachment; filename*=ISO-8859-1''caf%E9.txt", 'café.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="..\\\\..\\\\run.exe"', 'run.exe'],
    ['attachment; filename="a\\"b.txt"', 'ab.txt'],
    ['attachment; filename="gpj.\u202eexe"', 'gpj.exe'],
    ['attachment; filename="..."', 'answer.pdf'],
    ['inline', 'answer.pdf'],
    [undefined, 'answer.pdf'],
  ])('of %s is %s', (disposition, name) => {
    expect(fileName(disposition, 'application/pdf')).toBe(name)
  })
  test('comes from the media type where nothing else names it', () => {
    expect(fileName(undefined, 'application/vnd.api+json')).toBe('answer.json')
    expect(fileName(undefined, '')).toBe('answer.bin')
  })
  test.each([
    ['text/plain', 'txt'],
    ['text/event-stream', 'txt'],
    ['image/svg+xml', 'svg'],
    ['application/x-ndjson', 'ndjson'],
    ['application/octet-stream', 'bin'],
    ['application/vnd.ms-excel', 'bin'],
    ['text/../../x', 'bin'],
  ])('ends as files of %s do', (mediaType, extension) => {
    expect(fileName(undefined, mediaType)).toBe(`answer.${extension}`)
  })
})

describe('a long text that is read in parts', () => {
  const parts = async (text: string, length: number) => {
    const blob = new Blob([text])
    let read = ''
    for (let from = 0; from < blob.size; from += length) {
      read += await readText(blob, from, length, 'utf-8')
    }
    return read
  }
  test('loses no character at their edges, and has none twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 4, max: 9 }),
        async (text, length) => {
          // A mark at the very beginning says how to read, and is no text.
          fc.pre(!text.includes('\ufeff'))
          expect(await parts(text, length)).toBe(text)
        },
      ),
    )
  })
  test('is read in its own charset', async () => {
    expect(
      await readText(new Blob([new Uint8Array([0x61, 0xe9, 0x62])]), 0, 2, 'windows-1252'),
    ).toBe('aé')
  })
})

describe('a stream', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const read = (kind: 'events' | 'lines', ...pieces: string[]) => {
    const stream = new StreamRows(kind, 'utf-8')
    for (const piece of pieces) stream.add(bytes(piece), 1)
    stream.end(2)
    return stream.rows.map(({ label, text }) => [label, text])
  }
  test('of events is cut at empty lines, with fields joined as browsers do', () => {
    expect(
      read('events', ': hello\n\nevent: tick\ndata: a\ndata:  b\n\n', 'data\n\nid: 1\n\ndata: c'),
    ).toEqual([
      ['tick', 'a\n b'],
      ['', ''],
      ['', 'c'],
    ])
  })
  test('ends its lines with CR, LF or both, also across pieces', () => {
    expect(read('events', 'data: a\r', '\n\r\ndata: b\r\rdata: c\n', '\n')).toEqual([
      ['', 'a'],
      ['', 'b'],
      ['', 'c'],
    ])
  })
  test('of lines gives one row each, empty ones aside', () => {
    expect(read('lines', '{"a":1}\n\n{"b"', ':2}\r\n\u001e3')).toEqual([
      ['', '{"a":1}'],
      ['', '{"b":2}'],
      ['', '3'],
    ])
  })
  test('is the same however it is cut into pieces', () => {
    const whole = 'event: é\r\ndata: ünï\n\ndata: 1\rdata: 2\r\r\n: x\n\ndata: 😀\n\n'
    const all = bytes(whole)
    fc.assert(
      fc.property(fc.array(fc.nat(all.length), { maxLength: 8 }), (cuts) => {
        const stream = new StreamRows('events', 'utf-8')
        const places = [0, ...cuts.toSorted((a, b) => a - b), all.length]
        for (const [index, from] of places.entries()) {
          stream.add(all.subarray(from, places[index + 1]), 0)
        }
        stream.end(0)
        expect(stream.rows.map(({ text }) => text)).toEqual(['ünï', '1\n2', '😀'])
      }),
    )
  })
  test('without end keeps its newest rows, and counts all', () => {
    const stream = new StreamRows('lines', 'utf-8')
    for (let at = 0; at < 3 * mostRows; at += 1) stream.add(bytes(`${at}\n`), at)
    expect(stream.count).toBe(3 * mostRows)
    expect(stream.rows).toHaveLength(mostRows)
    expect(stream.rows.at(-1)?.text).toBe(String(3 * mostRows - 1))
    expect(stream.rate(3 * mostRows)).toBeCloseTo(1000, -2)
  })
  test.each([
    ['line', 'lines', 'x'.repeat(1_000_000)],
    ['event', 'events', `data: ${'x'.repeat(999_000)}\n`],
  ] as const)('of one endless %s holds little', (_what, kind, piece) => {
    const stream = new StreamRows(kind, 'utf-8')
    const megabyte = bytes(piece)
    for (let count = 0; count < 10; count += 1) stream.add(megabyte, count)
    expect(stream.rows.length).toBeGreaterThan(0)
    const held = stream.rows.reduce((sum, { text }) => sum + text.length, 0)
    expect(held).toBeLessThan(4_000_000)
  })
  test('that comes in many small pieces takes no longer for it', () => {
    const stream = new StreamRows('lines', 'utf-8')
    const piece = bytes('xxxx')
    for (let count = 0; count < 200_000; count += 1) stream.add(piece, count)
    stream.end(1)
    expect(stream.rows[0]?.text).toHaveLength(800_000)
  })
})

describe('the next page', () => {
  const none = new URLSearchParams()
  test.each([
    [
      'a cursor in the page',
      { data: [], page: { hasMore: true, nextCursor: 'abc' } },
      ['limit', 'cursor'],
      [['cursor', 'abc']],
    ],
    ['a token', { next_page_token: 't' }, ['pageToken'], [['pageToken', 't']]],
    ['a bare next', { meta: { next: 'c2' } }, ['after'], [['after', 'c2']]],
    ['an address', { next: 'https://api.example/x?page=3&evil=1' }, ['page'], [['page', '3']]],
    [
      'an address in links',
      { _links: { next: { href: '/x?offset=20' } } },
      ['offset'],
      [['offset', '20']],
    ],
    ['a number', { nextPage: 4 }, ['page'], [['page', '4']]],
    ['more, by pages', { hasMore: true, items: [1] }, ['page'], [['page', '2']]],
    ['more, by offset', { has_more: true, items: [1, 2] }, ['offset'], [['offset', '2']]],
  ])('is found by %s', (_how, answer, parameters, query) => {
    expect(findNextPage(answer, undefined, parameters, none)?.query).toEqual(query)
  })
  test('is found by a Link header, which may hold several', () => {
    const link = '<https://a/x?page=1>; rel="prev", <https://a/x?page=3&per_page=5>; rel="next"'
    expect(findNextPage([], link, ['page', 'per_page'], none)?.query).toEqual([
      ['page', '3'],
      ['per_page', '5'],
    ])
  })
  test.each([
    ['the last one', { page: { hasMore: false, nextCursor: null } }],
    ['a cursor for which there is no parameter', { nextToken: 'x' }],
    ['no list at all', 7],
  ])('is not offered after %s', (_what, answer) => {
    expect(findNextPage(answer, undefined, ['cursor', 'limit'], none)).toBeUndefined()
  })
})

test('Retry-After is read as seconds or as a date, and as nothing else', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(retryAfter('120', now)).toBe(120)
  expect(retryAfter('Thu, 01 Jan 2026 00:01:30 GMT', now)).toBe(90)
  expect(retryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0)
  for (const odd of ['-1', '1e9', 'soon', '', undefined])
    expect(retryAfter(odd, now)).toBeUndefined()
})

test('a problem names fields by pointer or by name', () => {
  const errors = [
    { pointer: '#/a/0', detail: 'too long' },
    { parameter: 'limit', detail: 'too large' },
    { field: 'name', message: 'missing' },
    { detail: 7 },
    null,
  ]
  expect(readProblem('application/problem+json', JSON.stringify({ errors }), '/')?.fields).toEqual([
    { pointer: '/a/0', detail: 'too long' },
    { parameter: 'limit', detail: 'too large' },
    { parameter: 'name', detail: 'missing' },
  ])
})
