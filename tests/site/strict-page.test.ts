import { describe, expect, test } from 'vitest'
import {
  hashSource,
  insertIntoHead,
  makeStrict,
  printStyleClasses,
  StrictPageError,
} from '../../src/hosting/strict-page.ts'

describe('inline scripts and styles', () => {
  test('are hashed over their exact text', () => {
    const page = makeStrict('<script>\n  go()\n</script><style>b{color:red}</style>')
    expect(page.inline.scripts).toEqual([hashSource('\n  go()\n')])
    expect(page.inline.styles).toEqual([hashSource('b{color:red}')])
  })

  test('hashes as a browser does', () => {
    // The example of the CSP standard, section 6.7.3.3.
    expect(hashSource("alert('Hello, world.');")).toBe(
      "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
    )
  })

  test('with a source or with data are not run inline, so they get no hash', () => {
    const page = makeStrict(
      '<script type="module" src="/a.js"></script><script type="application/json">{}</script>',
    )
    expect(page.inline.scripts).toEqual([])
  })

  test('are not sought inside comments, text areas or other scripts', () => {
    const page = makeStrict(
      '<!-- <script>a()</script> --><textarea><script>b()</script></textarea><script>"<style>"</script>',
    )
    expect(page.inline.scripts).toEqual([hashSource('"<style>"')])
    expect(page.inline.styles).toEqual([])
  })
})

describe('style attributes', () => {
  test('become a class each, beside the classes that are there', () => {
    const page = makeStrict('<p class="a" style="color:red;">x</p><b style="color:red">y</b>')
    const [name] = page.styleClasses.keys()
    expect(page.html).toBe(`<p class="a ${name}">x</p><b class="${name}">y</b>`)
    expect(printStyleClasses(page.styleClasses)).toBe(`.${name}{color:red}`)
  })

  test('are left alone in text and in code', () => {
    const html = '<p>style="x"</p><pre>&lt;p style="x"&gt;</pre><a title=\'<b style="x">\'>y</a>'
    expect(makeStrict(html).html).toBe(html)
  })

  test('are read with their entities resolved', () => {
    const page = makeStrict('<i style="background:url(&quot;data:,&amp;&quot;)"></i>')
    expect([...page.styleClasses.values()]).toEqual(['background:url("data:,&")'])
  })

  test('that would break out of their rule are refused', () => {
    expect(() => makeStrict('<i style="}body{display:none">')).toThrow(StrictPageError)
  })
})

describe('T18: what no strict policy can allow', () => {
  test.each([
    ['an event handler', '<img src="/a.png" onerror="go()">'],
    ['a script address', '<a href="javascript:go()">x</a>'],
    ['a script address in disguise', '<a href=" java\nscript:go()">x</a>'],
    ['a script of another host', '<script src="https://cdn.example/a.js"></script>'],
    ['a style sheet of another host', '<link rel="stylesheet" href="//cdn.example/a.css">'],
    ['an image of another host', '<img src="https://cdn.example/a.png">'],
  ])('stops the build: %s', (_, html) => {
    expect(() => makeStrict(html)).toThrow(StrictPageError)
  })

  test('does not stop it in a link that a reader may follow', () => {
    const html = '<a href="https://example.com/">x</a><p>onclick="x"</p>'
    expect(makeStrict(html).html).toBe(html)
  })
})

describe('the head of a page', () => {
  test('holds its policy before anything that could run, after its encoding', () => {
    const html = insertIntoHead(
      '<html><head><meta charset="utf-8"/><script>a()</script></head></html>',
      "default-src 'none'",
    )
    expect(html).toBe(
      '<html><head><meta charset="utf-8"/><meta http-equiv="content-security-policy" content="default-src \'none\'"><script>a()</script></head></html>',
    )
  })

  test('links the sheet of turned attributes last', () => {
    const html = insertIntoHead('<head><meta charset="utf-8"></head>', 'x', '/_astro/a.css')
    expect(html).toMatch(/<link rel="stylesheet" href="\/_astro\/a\.css"><\/head>$/)
  })

  test('must be there', () => {
    expect(() => insertIntoHead('<p>no head</p>', 'x')).toThrow(StrictPageError)
  })
})
