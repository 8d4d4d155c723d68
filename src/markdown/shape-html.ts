import type { Element, ElementContent, Nodes, Root } from 'hast'
import { documentAddress } from './address.ts'

export interface Finish {
  headingLevel: number
  base: string
  /** @see MarkdownOptions.linkRoot */
  linkRoot?: string | undefined
  highlight?: (code: string, language: string) => string
}

/** Fits a safe tree to its place: headings, links and code. */
export function finishElements(tree: Root, finish: Finish): void {
  const levels = headingLevels(tree)
  walk(tree, (element) => {
    const level = levelOf(element)
    if (level) element.tagName = `h${Math.min(6, finish.headingLevel + levels.indexOf(level))}`
    if (element.tagName === 'a') finishLink(element, finish)
    // What may scroll must be reachable from the keyboard.
    if (element.tagName === 'pre') element.properties.tabIndex = 0
    if (element.tagName === 'pre' && finish.highlight) colour(element, finish.highlight)
  })
}

function finishLink(link: Element, places: Finish): void {
  // A picture is a link, and may stand in one.
  unlinkInside(link)
  const given = link.properties.href
  const href = typeof given === 'string' ? documentAddress(given, places) : undefined
  if (href === undefined) {
    // The address was not allowed, or leads nowhere; the words stay.
    link.tagName = 'span'
    link.properties = {}
    return
  }
  link.properties.href = href
  if (/^(https?:)?[\\/]{2}/i.test(href)) link.properties.rel = ['noopener']
}

function unlinkInside(link: Element): void {
  for (const child of link.children) {
    if (child.type !== 'element') continue
    if (child.tagName === 'a') {
      child.tagName = 'span'
      child.properties = {}
    } else unlinkInside(child)
  }
}

function colour(pre: Element, highlight: (code: string, language: string) => string): void {
  const code = pre.children[0]
  if (code?.type !== 'element' || code.tagName !== 'code') return
  const name = Array.isArray(code.properties.className) ? String(code.properties.className[0]) : ''
  const source = code.children.map((child) => (child.type === 'text' ? child.value : '')).join('')
  code.children = [{ type: 'raw', value: highlight(source, name.replace(/^language-/, '')) }]
}

/** The same words without blocks, for a place that takes none. */
export function inlineOnly(tree: Root): Root {
  return { type: 'root', children: inlineChildren(tree) }
}

const blocks = new Set([
  'blockquote',
  'dd',
  'details',
  'dl',
  'dt',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'li',
  'ol',
  'p',
  'pre',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
])

function inlineChildren(parent: Root | Element): ElementContent[] {
  const result: ElementContent[] = []
  for (const child of parent.children) {
    if (child.type === 'text' && child.value.trim() === '' && isBlockParent(parent)) continue
    if (child.type === 'element' && blocks.has(child.tagName)) {
      const inside = inlineChildren(child)
      if (inside.length === 0) continue
      if (result.length > 0)
        result.push({ type: 'text', value: child.tagName === 'li' ? '; ' : ' ' })
      result.push(...inside)
    } else if (child.type === 'element' || child.type === 'text' || child.type === 'raw') {
      result.push(child)
    }
  }
  return result
}

function isBlockParent(parent: Root | Element): boolean {
  return parent.type === 'root' || (blocks.has(parent.tagName) && parent.tagName !== 'p')
}

/** Levels in use, highest first: a page must not skip one because a text does. */
function headingLevels(tree: Root): number[] {
  const levels = new Set<number>()
  walk(tree, (element) => {
    const level = levelOf(element)
    if (level) levels.add(level)
  })
  return [...levels].sort()
}

function levelOf({ tagName }: Element): number | undefined {
  const digit = /^h([1-6])$/.exec(tagName)?.[1]
  return digit === undefined ? undefined : Number(digit)
}

/** Without recursion: a text may nest quotes deeper than the stack. */
function walk(tree: Root, visit: (element: Element) => void): void {
  const waiting: Nodes[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element') visit(node)
    if ('children' in node) waiting.push(...node.children)
  }
}
