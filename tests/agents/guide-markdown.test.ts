import { describe, expect, test } from 'vitest'
import { GuideMarkdownError } from '../../src/agents/guide-error.ts'
import { guideMarkdown } from '../../src/agents/guide-markdown.ts'
import { document, guides, link, reference, textAt } from './reference.ts'

const values = new Map([['API', 'https://api.example/v1']])

function convert(body: string): string {
  const source = `---\ntitle: A guide\n---\n\nimport Endpoint from './Endpoint.astro'\n\n${body}`
  return guideMarkdown(source, {
    file: 'guide.mdx',
    source: { document, reference },
    link,
    values,
  }).trim()
}

describe.each(guides.map(({ path, source }) => [path, source] as const))(
  'the guide %s',
  (path, source) => {
    const text = textAt(path)

    test('has nothing left that only its source understands', () => {
      const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')
      expect(prose).not.toMatch(/^import |<|:::|^---$/m)
      expect(text).not.toMatch(/%[A-Z][A-Z_]+%/)
      expect(text.match(/^```\w* .*/gm)).toBeNull()
    })

    test('keeps every heading and every code block', () => {
      const headings = (from: string) => from.match(/^##+ .*/gm)
      expect(headings(text)).toEqual(headings(source))
      const blocks = (from: string) => from.match(/^```\w/gm)
      expect(blocks(text)).toEqual(blocks(source.replace(/^<Example .*/gm, '```json')))
    })

    test('names each operation that its source names', () => {
      for (const [, id] of source.matchAll(/<Endpoint id="(\w+)"/g)) {
        const operation = reference.operations.find((candidate) => candidate.id === id)
        expect(text).toContain(`[${operation?.summary}](${link(operation?.href ?? '')})`)
      }
    })
  },
)

test('the scope table lists every scope, what it allows and its calls', () => {
  const text = textAt('/guides/authentication/')
  for (const { name, description } of reference.scopes) {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? ''
    expect(row).toContain(description)
    for (const operation of reference.operations) {
      const needs = operation.security
        .flat()
        .some(({ scopes }) => scopes.some((one) => one.name === name))
      expect(row.includes(`(${link(operation.href)})`), operation.id).toBe(needs)
    }
  }
})

test('values are settled in text, code and addresses, and links to pages lead to their twins', () => {
  expect(
    convert('At %API% and `%API%/x`: [keys](%API%/keys "Keys"), [errors](/errors/#top).'),
  ).toBe(
    'At https://api.example/v1 and `https://api.example/v1/x`: ' +
      '[keys](https://api.example/v1/keys "Keys"), ' +
      '[errors](https://streamloop.app/docs/errors.md#top).',
  )
})

test('a fence keeps its language alone, wherever it stands', () => {
  expect(convert('- one\n\n  ```sh expect="x"\n  curl %API%\n  ```\n')).toBe(
    '- one\n\n  ```sh\n  curl https://api.example/v1\n  ```',
  )
})

test('an aside becomes a quotation with its title', () => {
  expect(convert(':::caution[A `key` counts]\nOne.\n\n- two\n:::')).toBe(
    '> **A `key` counts**\n>\n> One.\n>\n> - two',
  )
  expect(convert(':::note\nOne.\n:::')).toBe('> **Note**\n>\n> One.')
})

test('what stands in code is left alone', () => {
  const text = 'Write `<Foo />` or `import x`.\n\n```mdx\nimport A from "a"\n\n<Foo {...a} />\n```'
  expect(convert(text)).toBe(text)
})

describe('refuses, with file and line,', () => {
  test.each([
    [
      'a component that has no Markdown form',
      'Text.\n\n<Unknown />',
      9,
      /<Unknown> has no Markdown/,
    ],
    ['one inside a list', '- a\n- b <Unknown />', 8, /<Unknown>/],
    ['an operation that does not exist', '<Endpoint id="nope" />', 7, /no operation "nope"/],
    ['a value that has no name', 'One.\n`a`\nand %NOPE%', 9, /%NOPE% has no value/],
    ['a value inside code', '```sh\n\ncurl %NOPE%\n```', 9, /%NOPE%/],
    ['an expression', 'It is {1 + 1}.', 7, /\{1 \+ 1\}/],
  ])('%s', (_, body, line, message) => {
    const attempt = () => convert(body)
    expect(attempt).toThrow(GuideMarkdownError)
    expect(attempt).toThrow(message)
    expect(attempt).toThrow(`guide.mdx:${line}: `)
  })
})
