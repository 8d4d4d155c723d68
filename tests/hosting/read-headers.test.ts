import { expect, test } from 'vitest'
import { HeadersFileError, headersFor, readHeaders } from '../../src/hosting/read-headers.ts'

const file = `# general
/docs/*
  Content-Security-Policy: default-src 'none'; script-src 'self'
  X-Frame-Options: DENY

/docs/callback/
  Content-Security-Policy: default-src 'none'
`

test('applies every block that covers the path', () => {
  expect(Object.fromEntries(headersFor(readHeaders(file), '/docs/guides/'))).toEqual({
    'content-security-policy': "default-src 'none'; script-src 'self'",
    'x-frame-options': 'DENY',
  })
})

test('lets a later block replace a header instead of adding a second one', () => {
  expect(Object.fromEntries(headersFor(readHeaders(file), '/docs/callback/'))).toEqual({
    'content-security-policy': "default-src 'none'",
    'x-frame-options': 'DENY',
  })
})

test('leaves a path outside every block alone', () => {
  expect(headersFor(readHeaders(file), '/elsewhere').size).toBe(0)
})

test.each([
  ['a header before any path', '  X-Frame-Options: DENY', 1],
  ['a header without a colon', '/*\n  X-Frame-Options', 2],
])('refuses %s and names the line', (_case, text, line) => {
  expect(() => readHeaders(text)).toThrow(HeadersFileError)
  expect(() => readHeaders(text)).toThrow(`line ${line}`)
})
