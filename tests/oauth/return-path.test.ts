import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSharedOrigin } from '../../src/oauth/hosting-origin.ts'
import { returnAddress } from '../../src/oauth/return-path.ts'

const site = 'https://site.example'

const hostile = [
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r/evil.example',
  '\t//evil.example',
  '\n//evil.example',
  ' //evil.example',
  '//evil.example/%2f..',
  '//site.example@evil.example',
  '//evil.example\\@site.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'HTTPS://evil.example',
  'http://evil.example',
  'http:evil.example',
  'https://site.example@evil.example/',
  'https://site.example.evil.example/',
  'https://site.example:444/',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'javascript://site.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://site.example/x',
  'file:///etc/passwd',
  'about:blank',
  'mailto:a@b',
  'ftp://evil.example',
  'ws://evil.example',
  '/%2f/evil.example',
  '/%2fevil.example',
  '/%5cevil.example',
  '/%09/evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/./..//evil.example',
  '/x/..//evil.example',
  '/x/../..//evil.example',
  '/?next=//evil.example',
  '/#//evil.example',
  '/\u2028/evil.example',
  '/\u0000/evil.example',
  '/\u00a0/evil.example',
  '／／evil.example',
  '/／evil.example',
  '。。/evil.example',
  'evil.example',
  '@evil.example',
  ':evil.example',
  '?//evil.example',
  '#//evil.example',
  '',
  '.',
  '..',
]

describe('T6: the way back never leaves the site', () => {
  test.each(hostile)('%j', (path) => {
    for (const base of ['/', '/docs/']) {
      const address = new URL(returnAddress(path, site, base))
      expect(address.origin).toBe(site)
      expect(address.pathname.startsWith(base)).toBe(true)
      expect(address.pathname.startsWith('//')).toBe(false)
      // A browser that reads the address once more finds the same place.
      expect(new URL(address.href, `${site}/oauth/callback/`).href).toBe(address.href)
    }
  })

  test('whatever the path', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '@',
      ':',
      'evil.example',
      'https',
      '?',
      '#',
      '\t',
      '\n',
      'docs',
    )
    const path = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(path, fc.constantFrom('/', '/docs/'), (text, base) => {
        const address = new URL(returnAddress(text, site, base))
        expect(address.origin).toBe(site)
        expect(address.pathname.startsWith(base)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
})

test('a page of the site is where it leads, fragment included', () => {
  expect(returnAddress('/docs/reference/streams/list-streams/#query-limit', site, '/docs/')).toBe(
    `${site}/docs/reference/streams/list-streams/#query-limit`,
  )
})

test('a page above the site is not', () => {
  expect(returnAddress('/other/', site, '/docs/')).toBe(`${site}/docs/`)
  expect(returnAddress('/docs/../other/', site, '/docs/')).toBe(`${site}/docs/`)
})

test('T36: a folder of a shared host is no place to sign in, a host of its own is', () => {
  expect(isSharedOrigin('someone.github.io', '/repo/')).toBe(true)
  expect(isSharedOrigin('Group.GitLab.io', '/docs/')).toBe(true)
  expect(isSharedOrigin('someone.github.io', '/')).toBe(false)
  expect(isSharedOrigin('streamloop.app', '/docs/')).toBe(false)
  expect(isSharedOrigin('github.io.example', '/docs/')).toBe(false)
})
