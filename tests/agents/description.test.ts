import { expect, test } from 'vitest'
import { settleDescription, settleInline } from '../../src/agents/description.ts'
import { codeBlock, codeSpan, plainWords, table } from '../../src/agents/markdown-text.ts'

const link = (href: string): string => `https://x.example${href}`

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
    '[a](https://x.example/b) [c](https://d.example/) [e](https://x.example//f)\n\n[g]: https://x.example/h',
  )
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

test('a long description of nothing but openings is settled in good time', () => {
  const before = performance.now()
  settleDescription('['.repeat(200_000), 3, link)
  settleDescription('> '.repeat(100_000), 3, link)
  settleDescription('`'.repeat(100_000), 3, link)
  settleDescription('](/'.repeat(60_000), 3, link)
  expect(performance.now() - before).toBeLessThan(2_000)
})
