import fc from 'fast-check'
import type { Element, ElementContent, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import { makeStrict } from '../../src/hosting/strict-page.ts'
import '../property-seed.ts'

const shortened = (inBody: string): string => {
  const [, body = ''] = /<body>(.*)<\/body>/s.exec(makeStrict(page(inBody)).html) ?? []
  return body
}

const page = (inBody: string): string =>
  `<!doctype html><html><head><title>T</title></head><body>${inBody}</body></html>`

describe('the body of a page', () => {
  test.each([
    [
      'quotes',
      '<a class="anchor" href="#a-b" aria-label="Link to a">',
      '<a class=anchor href=#a-b aria-label="Link to a">',
    ],
    ['an empty value', '<option value="">x</option>', '<option value>x</option>'],
    [
      'entities that text does not need',
      '<code>&quot;a&quot; &gt; &#39;b&#39; &amp;&lt;</code>',
      `<code>"a" > 'b' &amp;&lt;</code>`,
    ],
    ['ends of items', '<ul><li>a</li><li>b</li></ul>', '<ul><li>a<li>b</ul>'],
    ['ends of paragraphs', '<div><p>a</p><p>b</p></div>', '<div><p>a<p>b</div>'],
    ['ends of terms', '<dl><div><dt>a</dt><dd>b</dd></div></dl>', '<dl><div><dt>a<dd>b</div></dl>'],
  ])('goes without %s', (_, html, short) => {
    expect(shortened(html)).toBe(short)
  })

  test.each([
    [
      'quotes around what would end a value',
      '<a title="a b" rel="a=b" name="a>b" type="a`b" id="it\'s">x</a>',
    ],
    ['quotes before the slash of a drawing', '<svg><path d="M0" /></svg>'],
    ['entities in attributes', '<a title="&quot;a b&quot;">x</a>'],
    ['the end of a paragraph before text', '<div><p>a</p> b<p>c</p><span>d</span></div>'],
    ['the end of a paragraph that ends its custom element', '<code-card><p>a</p></code-card>'],
    [
      'scripts, styles and text areas',
      '<script type="module">a = "<p class=\\"b\\">&gt;</p></div>"</script><textarea cols="4">&quot;</textarea>',
    ],
    ['comments', '<!-- <p class="a">&quot;</p><p> -->'],
  ])('keeps %s', (_, html) => {
    expect(shortened(html)).toBe(html)
  })

  test('is read as the same tree, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (children) => {
        const html = page(unified().use(rehypeStringify).stringify({ type: 'root', children }))
        expect(tree(makeStrict(html).html)).toEqual(tree(html))
      }),
      { numRuns: 500 },
    )
  })
})

test('the head stays as it is', () => {
  const head = '<head><meta name="a" content="b"><link rel="stylesheet" href="/a.css"></head>'
  expect(makeStrict(`<html>${head}<body></body></html>`).html).toContain(head)
})

const value = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'a b',
    '"',
    "it's",
    'a=b',
    '<p>',
    '/docs/',
    'a/',
    '&',
    '&amp',
    'é',
    '\n',
  ),
  fc.string(),
)
const properties = fc.dictionary(
  fc.constantFrom('id', 'title', 'hidden', 'dataText', 'lang'),
  value,
)
const text = value.map((words): ElementContent => ({ type: 'text', value: words }))

const element = (
  names: readonly string[],
  children: fc.Arbitrary<ElementContent[]>,
): fc.Arbitrary<Element> =>
  fc.record({
    type: fc.constant('element' as const),
    tagName: fc.constantFrom(...names),
    properties,
    children,
  })

const inline = element(['a', 'code', 'b', 'span', 'br'], fc.array(text, { maxLength: 2 }))
const words = fc.array(fc.oneof(text, inline), { maxLength: 3 })
const paragraph = element(['p'], words)

const { block } = fc.letrec<{ block: ElementContent }>((tie) => {
  const inside = fc.array(fc.oneof(tie('block'), paragraph, text, inline), { maxLength: 3 })
  const terms = fc.array(element(['dt', 'dd'], inside), { maxLength: 3 })
  return {
    block: fc.oneof(
      { maxDepth: 4 },
      paragraph,
      element(['h2', 'pre'], words),
      element(['ul', 'ol'], fc.array(element(['li'], inside), { maxLength: 3 })),
      element(['dl'], fc.oneof(terms, fc.array(element(['div'], terms), { maxLength: 2 }))),
      element(['select'], fc.array(element(['option'], fc.array(text, { maxLength: 1 })))),
      element(['div', 'section', 'details', 'code-card', 'template', 'main', 'nav'], inside),
    ),
  }
})

/** As a browser reads it, without the places in the text. */
function tree(html: string): Root {
  const root = unified().use(rehypeParse).parse(html)
  return JSON.parse(JSON.stringify(root, (key, part) => (key === 'position' ? undefined : part)))
}
