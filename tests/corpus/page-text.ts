import type { Element, Nodes } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

/** What a reader finds on a page without script. */
export interface PageText {
  /** All of it, white space as written. */
  text: string
  /** The texts of its elements, each by itself: a name has to be there as a whole. */
  pieces: ReadonlySet<string>
}

const parser = unified().use(rehypeParse)
const unseen = new Set(['script', 'style', 'template', 'head'])

export function pageText(html: string): PageText {
  const pieces = new Set<string>()
  const collect = (node: Nodes): string => {
    if (node.type === 'text') return node.value
    if (node.type !== 'element' && node.type !== 'root') return ''
    if (node.type === 'element' && unseen.has(node.tagName)) return ''
    const text = node.children.map(collect).join(isBlock(node) ? '\n' : '')
    pieces.add(text.trim())
    return text
  }
  return { text: collect(parser.parse(html)), pieces }
}

const inline = new Set([
  'a',
  'b',
  'code',
  'em',
  'i',
  'kbd',
  'pre',
  'small',
  'span',
  'strong',
  'wbr',
])

function isBlock(node: Nodes): boolean {
  return node.type === 'element' && !inline.has((node as Element).tagName)
}
