import { createShikiHighlighter } from '@astrojs/internal-helpers/shiki'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight } from '../../src/highlight/highlight.ts'
import { jsonTokens } from '../../src/highlight/json-tokens.ts'
import { markdownCode } from '../../src/highlight/markdown-code.ts'

const samples: [lang: string, code: string, words: Record<string, string>][] = [
  ['bash', '# hi\ncurl -H "a: $B"', { '# hi': 'comment', curl: 'keyword', $B: 'variable' }],
  ['sh', 'export A="$B"', { export: 'keyword', $B: 'variable' }],
  ['javascript', "const a = 'b' // c", { const: 'keyword', "'b'": 'string', '// c': 'comment' }],
  ['typescript', "let a: string = 'b'", { let: 'keyword', string: 'type', "'b'": 'string' }],
  ['python', "import a\nb = 'c'", { import: 'keyword', "'c'": 'string' }],
  ['go', 'package main\nvar a = 1', { package: 'keyword', '1': 'number' }],
  ['php', "<?php echo 'a';", { "'a'": 'string' }],
  ['powershell', "$a = 'b'", { $a: 'variable', "'b'": 'string' }],
  ['yaml', 'a: "b" # c', { a: 'property', '"b"': 'string', '# c': 'comment' }],
  ['http', 'GET /a HTTP/1.1\nHost: b', { GET: 'keyword', Host: 'property' }],
  ['graphql', 'query A { b }', { query: 'keyword', A: 'function', b: 'property' }],
  ['html', '<a href="b">', { a: 'tag', href: 'property', '"b"': 'string' }],
  ['application/problem+json', '{"a": -1.50}', { '"a"': 'property', '-1.50': 'number' }],
  ['application/xml', '<a b="c"/>', { a: 'tag' }],
]

function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

test.each(samples)('%s gets classes and keeps its text', (lang, code, words) => {
  const html = highlight(code, lang)
  for (const [word, kind] of Object.entries(words)) {
    expect(html).toContain(`<span class="tok-${kind}">${word}</span>`)
  }
  expect(textOf(html)).toBe(code)
  expect(html).not.toContain('style')
})

test('an unknown language stays plain text', () => {
  expect(highlight('<b> & c', 'klingon')).toBe('&lt;b&gt; &amp; c')
})

test('JSON loses no character, whether it is JSON or not', () => {
  const jsonLike = fc.array(
    fc.oneof(
      fc.constantFrom('"', '\\', '{', ':', ' ', '\n', 'true', 'nul', '-', '1e5'),
      fc.string(),
    ),
  )
  fc.assert(
    fc.property(jsonLike, (pieces) => {
      const text = pieces.join('')
      expect(
        jsonTokens(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text)
    }),
    { seed: 3 },
  )
})

test.each(['"', '"\\', '-', '1', '\\"', 'true', '{"a":'])(
  '%j many times over is split at once',
  (piece) => {
    // Whoever looks at each piece once for each other one is not done before the runner gives up.
    const text = piece.repeat(2_000_000 / piece.length)
    expect(jsonTokens(text).reduce((length, token) => length + token.text.length, 0)).toBe(
      text.length,
    )
  },
)

test('code in guides has the same classes, and no style', async () => {
  const { theme, transformers, ...options } = markdownCode.shikiConfig
  const highlighter = await createShikiHighlighter({ theme })
  const html = await highlighter.codeToHtml('# hi\ncurl "$A"\nB=1', 'bash', {
    ...options,
    transformers: [...transformers],
  })
  expect(html).toBe(
    '<pre class="astro-code token-classes" tabindex="0" data-language="bash"><code>' +
      '<span class="line"><span class="tok-comment"># hi</span></span>\n' +
      '<span class="line"><span class="tok-keyword">curl</span><span class="tok-string"> "</span>' +
      '<span class="tok-variable">$A</span><span class="tok-string">"</span></span>\n' +
      '<span class="line">B<span class="tok-operator">=</span><span class="tok-string">1</span>' +
      '</span></code></pre>',
  )
})
