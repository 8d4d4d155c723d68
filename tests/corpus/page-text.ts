import type { Element, Nodes } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

/** What a reader finds in the main part of a page without script. */
export interface PageText {
  /** All of it without any white space: a value may be laid out over many lines. */
  packed: string
  /** Names of parameters, headers and properties that have a row. */
  names: ReadonlySet<string>
  /** Headings of answers. */
  statuses: readonly string[]
  /** Addresses that it links to. */
  links: ReadonlySet<string>
}

const parser = unified().use(rehypeParse).freeze()
const unseen = new Set(['script', 'style', 'template'])

export function pageText(html: string): PageText {
  const names = new Set<string>()
  const statuses: string[] = []
  const links = new Set<string>()
  const collect = (node: Nodes): string => {
    if (node.type === 'text') return node.value
    if (node.type !== 'element' || unseen.has(node.tagName) || node.properties.hidden === true) {
      return ''
    }
    const { className, href } = node.properties
    // One by one: a page has more elements than a call takes arguments.
    let text = ''
    for (const inside of node.children) text += collect(inside)
    if (Array.isArray(className)) {
      if (className.includes('rows')) for (const name of rowNames(node)) names.add(name)
      if (className.includes('status')) statuses.push(text.trim())
    }
    if (typeof href === 'string') links.add(href.replace(/#.*/, ''))
    return text
  }
  const main = find(parser.parse(html), 'main')
  return { packed: packed(main ? collect(main) : ''), names, statuses, links }
}

/** What the first line of each row begins with, where that is a name. */
function rowNames({ children }: Element): string[] {
  return children.flatMap((row) => {
    const line = elementsIn(row)[0]
    const name = elementsIn(line).find(({ tagName }) => tagName === 'code')
    return name ? [textOf(name).trim()] : []
  })
}

function elementsIn(node: Nodes | undefined): Element[] {
  if (node?.type !== 'element') return []
  return node.children.filter((child) => child.type === 'element')
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

/** Without white space. */
export function packed(text: string): string {
  return text.replace(/\s+/g, '')
}

function find(root: Nodes, tagName: string): Element | undefined {
  const waiting: Nodes[] = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element' && node.tagName === tagName) return node
    if ('children' in node) waiting.push(...node.children.toReversed())
  }
  return undefined
}
