import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/markdown/index.ts'

test('a paragraph is a paragraph, or bare words inline', () => {
  expect(renderMarkdown('Lists `streams`.')).toBe('<p>Lists <code>streams</code>.</p>')
  expect(renderMarkdown('Lists `streams`.', { inline: true })).toBe('Lists <code>streams</code>.')
  expect(renderMarkdown('Plain words, nothing more.')).toBe('<p>Plain words, nothing more.</p>')
  expect(renderMarkdown('')).toBe('')
})

test('blocks run into one line where only a line has room', () => {
  expect(renderMarkdown('# One\n\nTwo\n\n- a\n- b', { inline: true })).toBe('One Two a; b')
})

test('tables, strikethrough and bare links are understood', () => {
  expect(renderMarkdown('|a|\n|:-:|\n|1|')).toContain('<th align="center">a</th>')
  expect(renderMarkdown('~~old~~')).toBe('<p><del>old</del></p>')
  expect(renderMarkdown('See https://example.com.')).toBe(
    '<p>See <a href="https://example.com" rel="noopener">https://example.com</a>.</p>',
  )
})

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'a <b onmouseover=alert(1)>b</b>',
  '<iframe src="https://evil.example"></iframe>',
  '<svg/onload=alert(1)>',
  '> <script>alert(1)</script>',
  '- <style>*{display:none}</style>',
  '|a|\n|-|\n|<script>alert(1)</script>|',
  '<a href="javascript:alert(1)">x</a>',
])('T16: raw HTML is text: %s', (source) => {
  for (const inline of [false, true]) {
    expect(renderMarkdown(source, { inline })).not.toMatch(/<(script|img|b|iframe|svg|style|a)\b/i)
  }
})

test.each([
  ['a<br>b <b>c</b>', '<p>a<br>b <b>c</b></p>'],
  ['H<sub>2</sub>O', '<p>H<sub>2</sub>O</p>'],
  [
    '<a href="https://e.example/">x</a>',
    '<p><a href="https://e.example/" rel="noopener">x</a></p>',
  ],
  ['<ul><li>a</li></ul>', '<ul><li>a</li></ul>'],
  [
    '<details>\n<summary>More</summary>\n\n**Text**\n\n</details>',
    '<details>\n<summary>More</summary>\n<p><strong>Text</strong></p>\n</details>',
  ],
  ['<b>never closed', '<p><b>never closed</b></p>'],
])('tags that only give a form are what they are: %s', (source, html) => {
  expect(renderMarkdown(source)).toBe(html)
})

test.each(['List<String>', 'Map<K, V>', '<your-id>', '<div id="x">y</div>'])(
  'other words in angle brackets are shown as typed: %s',
  (source) => {
    const shown = renderMarkdown(source).replace(/<\/?p>/g, '')
    expect(shown.replaceAll('&#x3C;', '<')).toBe(source)
  },
)

test.each([
  '<b><script>alert(1)</script></b>',
  '<b>x<!-- --><img src=x onerror=alert(1)>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!--> <svg onload=alert(1)> -->',
  '<details open ontoggle=alert(1)>x</details>',
  "<a href='https://e.example/' onclick='alert(1)'>x</a>",
  '<a href="https://e.example/"onclick=alert(1)>x</a>',
  '<table><td><math><mtext><p><style><img src=x onerror=alert(1)>',
  '<b\n<script>alert(1)</script>',
])('T16: formatting carries nothing that runs: %s', (source) => {
  for (const inline of [false, true]) {
    const html = renderMarkdown(source, { inline })
    expect(html).not.toMatch(/<(?:script|img|svg|style|math)\b|<[^>]*\son\w+\s*=/i)
  }
})

test.each([
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '[x][y]\n\n[y]: javascript:alert(1)',
  '[x](file:///etc/passwd)',
])('T16: a link that could run something is no link: %s', (source) => {
  expect(renderMarkdown(source)).not.toContain('href')
})

test('links to other sites do not hand over the window', () => {
  expect(renderMarkdown('[x](https://e.example) [y](//e.example) [z](mailto:a@e.example)')).toBe(
    '<p><a href="https://e.example" rel="noopener">x</a> <a href="//e.example" rel="noopener">y</a> <a href="mailto:a@e.example">z</a></p>',
  )
})

test('links within the site get its base path', () => {
  expect(renderMarkdown('[x](/guides/) [y](#here)', { base: '/docs' })).toBe(
    '<p><a href="/docs/guides/">x</a> <a href="#here">y</a></p>',
  )
})

test('pictures are links to them: a page loads nothing from elsewhere', () => {
  expect(renderMarkdown('![A loop](https://e.example/a.png)')).toBe(
    '<p><a href="https://e.example/a.png" rel="noopener">A loop</a></p>',
  )
})

test.each([
  ['a picture', '[![A *loop*](https://e.example/a.png)](/guides/)', 'A loop'],
  [
    'a picture without words',
    '[![](https://e.example/a.png)](/guides/)',
    'https://e.example/a.png',
  ],
  ['a picture in bold', '[see **![this](https://e.example/a.png)**](/guides/)', 'see this'],
  ['a picture named below', '[![A loop][p]](/guides/)\n\n[p]: https://e.example/a.png', 'A loop'],
  ['nothing', '[](/guides/)', '/guides/'],
  [
    'a bare address',
    'x <a href="https://e.example/b">https://e.example/c</a>.',
    'https://e.example/c',
  ],
  ['a space in a tag', 'x <a href="https://e.example/b"> </a>', 'https://e.example/b'],
])('a link around %s leads where it should, and has words', (_what, markdown, words) => {
  const html = renderMarkdown(markdown)
  expect(html.match(/<a /g)).toHaveLength(1)
  const [, href, inside = ''] = /<a href="([^"]*)"[^>]*>(.*)<\/a>/.exec(html) ?? []
  expect([href, inside.replace(/<[^>]*>/g, '')]).toEqual([
    markdown.includes('/guides/') ? '/guides/' : 'https://e.example/b',
    words,
  ])
})

test('a link of tags that never ends takes no other link with it', () => {
  expect(renderMarkdown('<a href="https://e.example/a"> [one](/b/)\n\n[two](/c/)')).toMatch(
    /<a href="\/b\/">one<\/a>.*<a href="\/c\/">two<\/a>/s,
  )
})

test('a picture named below is a link to it', () => {
  expect(renderMarkdown('![A loop][p]\n\n[p]: https://e.example/a.png')).toBe(
    '<p><a href="https://e.example/a.png" rel="noopener">A loop</a></p>',
  )
})

test('headings stand below the heading around them and skip no level', () => {
  expect(renderMarkdown('# A\n\n### B')).toBe('<h3>A</h3>\n<h4>B</h4>')
  expect(renderMarkdown('## A', { headingLevel: 2 })).toBe('<h2>A</h2>')
})

test('code has no inline style and can be reached from the keyboard', () => {
  expect(renderMarkdown('```sh\necho "<a>"\n```')).toBe(
    '<pre tabindex="0"><code class="language-sh">echo "&#x3C;a>"\n</code></pre>',
  )
})

test('a highlighter gets code and language and gives the HTML', () => {
  const highlight = (code: string, language: string): string => `<i>${language}:${code.length}</i>`
  expect(renderMarkdown('```sh\nls\n```', { highlight })).toContain('<i>sh:3</i>')
})

test('several texts on one page share no ids', () => {
  const html = renderMarkdown('# H\n\nx[^1]\n\n[^1]: note\n\n- [x] done')
  expect(html).not.toMatch(/\sid=/)
  expect(html).toContain('[1] note')
  expect(html).toContain('☑ done')
})

test('line breaks in tables may be written as HTML, comments are dropped', () => {
  expect(renderMarkdown('a<br>b <!-- note -->c')).toBe('<p>a<br>b c</p>')
})

// The parser needs the square of these: it would not be done before the runner gives up. A longer
// text is not given to it at all.
test.each([
  ['quotes', '>'.repeat(290_000)],
  ['brackets', '['.repeat(290_000)],
  ['lists', '- '.repeat(145_000)],
  ['emphasis', '*a '.repeat(20_000)],
  ['links', '[a]('.repeat(72_000)],
  ['code marks', '`'.repeat(290_000)],
  ['everything', '> - [*`'.repeat(41_000)],
])('a long text of nothing but %s is rendered', (_what, source) => {
  expect(renderMarkdown(`${source} last`)).toContain('last')
})
