import type { Element, ElementContent, Nodes, Root } from 'hast'
import { toString as wordsOf } from 'hast-util-to-string'
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

/**
 * Markdown links a bare address also between the tags of a link, which would end that link there.
 * Run before the tags are parsed.
 */
export function unlinkInTags(tree: Root): void {
  const waiting: (Root | Element)[] = [tree]
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    let linked: Element[] | undefined
    for (const child of parent.children) {
      if (child.type === 'raw') {
        if (/^<\/a\b/i.test(child.value)) linked?.forEach(unlink)
        linked = /^<a\b/i.test(child.value) ? [] : linked
      } else if (child.type === 'element') {
        if (child.tagName === 'a') linked?.push(child)
        waiting.push(child)
      }
    }
  }
}

function unlink(element: Element): void {
  element.tagName = 'span'
  element.properties = {}
}

function finishLink(link: Element, places: Finish): void {
  const given = link.properties.href
  const href = typeof given === 'string' ? documentAddress(given, places) : undefined
  if (href === undefined) {
    // The address was not allowed, or leads nowhere; the words stay.
    unlink(link)
    return
  }
  link.properties.href = href
  // A link without words could be neither seen nor read out.
  if (wordsOf(link).trim() === '') link.children = [{ type: 'text', value: href }]
  if (/^(https?:)?[\\/]{2}/i.test(href)) link.properties.rel = ['noopener']
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
