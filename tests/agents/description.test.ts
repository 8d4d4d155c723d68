import { expect, test } from 'vitest'
import { settleDescription, settleInline } from '../../src/agents/description.ts'
import { linksOf } from '../../src/agents/links.ts'
import { codeBlock, codeSpan, plainWords, table } from '../../src/agents/markdown-text.ts'

const link = linksOf({ url: 'https://x.example' }, () => false)

/** Of a document that lies elsewhere, and of one of which nobody knows where. */
const elsewhere = linksOf({ url: 'https://x.example', foreignDocument: true }, () => false, {
  linkRoot: 'https://home.example/docs/api.yaml',
})
const nowhere = linksOf({ url: 'https://x.example', foreignDocument: true }, () => false)

test('the highest heading of a description takes the level of its place', () => {
  expect(settleDescription('# A\ntext\n## B', 3, link)).toBe('### A\ntext\n#### B')
  expect(settleDescription('##### A\n###### B', 3, link)).toBe('### A\n#### B')
})

test('code inside a description stays as it is', () => {
  const code = '```sh\n# not a heading\nsee [a](/b)\n```'
  expect(settleDescription(`# A\n\n${code}\n\nAnd \`[c](/d)\`.`, 3, link)).toBe(
    `### A\n\n${code}\n\nAnd \`[c](/d)\`.`,
  )
})

test('links to the site become absolute, others stay', () => {
  expect(settleDescription('[a](/b) [c](https://d.example/) [e](//f)\n\n[g]: /h', 3, link)).toBe(
    '[a](https://x.example/b) [c](https://d.example/) [e](//f)\n\n[g]: https://x.example/h',
  )
})

test("links of someone else's document lead where they do on its page", () => {
  const text = [
    '[a](guide.md) [b](/top "Title") ![c](p.png) [d](#part) [**e** [f]](<x y.md>) [g](a_(b).md)',
    '[over',
    'lines](h.md) [i](https://i.example/) [j](mailto:j@j.example)',
    '',
    '[k]: other.md',
  ].join('\n')
  expect(settleDescription(text, 3, elsewhere)).toBe(
    [
      '[a](https://home.example/docs/guide.md) [b](https://home.example/top "Title") ![c](https://home.example/docs/p.png) [d](https://home.example/docs/api.yaml#part) [**e** [f]](https://home.example/docs/x%20y.md) [g](<https://home.example/docs/a_(b).md>)',
      '[over',
      'lines](https://home.example/docs/h.md) [i](https://i.example/) [j](mailto:j@j.example)',
      '',
      '[k]: https://home.example/docs/other.md',
    ].join('\n'),
  )
})

test('of links that lead nowhere the words stay', () => {
  expect(settleDescription('[a](b.md) ![c](d.png) [e](https://e.example/)', 3, nowhere)).toBe(
    'a c [e](https://e.example/)',
  )
  expect(settleDescription('[![a](b.png)](c.md)\n\n[d]: e.md', 3, nowhere)).toBe('a\n\n[d]: <>')
  for (const each of [link, elsewhere, nowhere]) {
    expect(settleDescription('[a](javascript:b) [c](data:d)', 3, each)).toBe('a c')
  }
})

test('what only looks like a link stays as it is', () => {
  for (const text of [
    '`[a](b)`',
    '``[a](b)` c``',
    '\\[a](b)',
    'a](b)',
    '[a] (b)',
    '[a](b c)',
    '[a]:',
    '[Note]: read this',
    'See [a]: b',
    'one [a\n[b]: c d',
  ]) {
    expect(settleDescription(text, 3, elsewhere), text).toBe(text)
  }
  expect(settleDescription('`[a](b)', 3, elsewhere)).toBe('`[a](https://home.example/docs/b)')
})

test('a text of backticks alone is set as code', () => {
  expect(codeBlock('', '` '.repeat(500_000)).length).toBeGreaterThan(1_000_000)
})

test('a paragraph fits on one line, anything else does not', () => {
  expect(settleInline('One\n  line.\n', link)).toBe('One line.')
  for (const text of ['a\n\nb', '- a', '# a', '```\na\n```', '| a |\n| - |', 'a\n---']) {
    expect(settleInline(text, link), text).toBeUndefined()
  }
})

test('what is put into code or a table cannot end it', () => {
  expect(codeSpan('a`b``c')).toBe('```a`b``c```')
  expect(codeSpan('`')).toBe('`` ` ``')
  expect(codeBlock('md', '```\nx\n```')).toBe('````md\n```\nx\n```\n````')
  expect(table(['a'], [['b|c\nd']])).toBe('| a |\n| --- |\n| b\\|c d |')
  expect(plainWords('a [b](c) <d> *e*')).toBe('a \\[b\\](c) \\<d\\> \\*e\\*')
})

// More than a text may have: whoever looks at each piece once for each other one is not done
// before the runner gives up.
test.each(['[', '> ', '`', '](/', '[a](b', '![', ']: ', ']:a', '[a]:', '[a]: b\n'])(
  'a long description of nothing but %j is settled, nothing of it lost',
  (piece) => {
    const source = `${piece.repeat(1_000_000)} the end`
    expect(settleDescription(source, 3, link).endsWith('end')).toBe(true)
  },
)
