import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Element, Nodes, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'

/** A built page as it is read without script. */
export class BuiltPage {
  readonly root: Root

  constructor(folder: string, path: string) {
    const html = readFileSync(join(folder, path, 'index.html'), 'utf8')
    this.root = unified().use(rehypeParse).parse(html)
  }

  /** Words of the main part, with one space between them. */
  get text(): string {
    const main = this.elements.find(({ tagName }) => tagName === 'main')
    return main ? tidy(textOf(main)) : ''
  }

  get elements(): Element[] {
    const found: Element[] = []
    const waiting: Nodes[] = [this.root]
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node.type === 'element') found.push(node)
      if ('children' in node) waiting.push(...node.children.toReversed())
    }
    return found
  }

  get ids(): string[] {
    return this.elements.flatMap(({ properties }) => properties.id?.toString() ?? [])
  }

  /** The element of an id. */
  at(id: string): Element {
    const found = this.elements.find(({ properties }) => properties.id === id)
    if (!found) throw new Error(`Nothing has the id ${id}.`)
    return found
  }
}

/** A Markdown twin as bare words. */
export function twinText(folder: string, path: string): string {
  const markdown = readFileSync(join(folder, `${path.replace(/\/$/, '')}.md`), 'utf8')
  return tidy(markdown.replace(/\]\([^)\s]*\)/g, ']').replace(/[`*[\]\\]|^ *- /gm, ''))
}

const silent = new Set(['script', 'style', 'template', 'svg'])

export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (node.type === 'element') {
    if (silent.has(node.tagName) || isAnchor(node)) return ' '
    const inside = node.children.map(textOf).join('')
    return /^(?:a|b|code|em|strong|span|var|small)$/.test(node.tagName) ? inside : ` ${inside} `
  }
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

function isAnchor({ properties }: Element): boolean {
  return Array.isArray(properties.className) && properties.className.includes('anchor')
}

export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
