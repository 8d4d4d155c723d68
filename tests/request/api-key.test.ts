import { describe, expect, test } from 'vitest'
import { looksLikeApiKey } from '../../src/request/api-key.ts'

const key = 'sl_aBcDeFgHiJkLmNoP'

describe('T15: a key is seen', () => {
  test.each([
    ['bare', key],
    ['with eight characters', 'sl_abcdefgh'],
    ['in upper case', key.toUpperCase()],
    ['in mixed case', `Sl_${key.slice(3)}`],
    ['with spaces around', `  ${key}\n`],
    ['after Bearer', `Bearer ${key}`],
    ['in a header', `x-api-key: ${key}`],
    ['in a header without a space', `x-api-key:${key}`],
    ['in double quotes', `"${key}"`],
    ['in single quotes', `'${key}'`],
    ['in curly quotes', `“${key}”`],
    ['in backticks', `\`${key}\``],
    ['as a shell variable', `STREAMLOOP_API_KEY=${key}`],
    ['in a curl line', `curl -H "x-api-key: ${key}" https://api.example.test`],
    ['in JSON', `{"key":"${key}"}`],
    ['with a zero-width space inside', `sl_\u200baBcDeFg\u200dHiJkLmNoP`],
    ['with a soft hyphen and a byte order mark', `\ufeffs\u00adl_aBcDeFgHiJ`],
    ['in full-width letters', 'ｓｌ＿ａｂｃｄｅｆｇｈｉｊ'],
    ['percent-encoded in a URL', `https://a.test/?k=${encodeURIComponent(`"${key}`)}`],
    ['with an encoded underscore', 'sl%5FaBcDeFgHiJkL'],
    ['with a JSON escape', 'sl\\u005faBcDeFgHiJkL'],
    ['with an HTML escape', 'sl&#95;aBcDeFgHiJkL'],
    ['with an environment in it', 'sl_live_abcdefghijkl'],
    ['inside Japanese text', `キー${key}です`],
  ])('%s', (_how, text) => {
    expect(looksLikeApiKey(text)).toBe(true)
  })
})

describe('a name is left alone', () => {
  test.each([
    'sl_title',
    'hls_url',
    'hls_url_template_long',
    'the prefix sl_ in prose',
    'keys begin with sl_\nFollowed by letters',
    'xsl_transformation',
    'https://example.test/hls_variants/',
    'sl-abcdefghijkl',
    '',
    'stream_01KT1GW6G06V480CZ1NYN4M6X1',
  ])('%j', (text) => {
    expect(looksLikeApiKey(text)).toBe(false)
  })
})

test('T26: a text of a million characters takes no noticeable time', () => {
  const start = performance.now()
  for (const text of ['sl_', '%5', '\\u005', '&#9', 's\u200b', 'a']) {
    looksLikeApiKey(text.repeat(1_000_000 / text.length))
  }
  expect(performance.now() - start).toBeLessThan(6_000)
})
