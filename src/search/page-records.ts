import type { Element, Nodes, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import type { RecordKind, SearchRecord } from './record.ts'

const reader = unified().use(rehypeParse).freeze()

/**
 * The sections of a built page, each under its heading, the page itself first.
 *
 * @param href Of the page, below the site's base.
 * @returns Nothing for a page that asks not to be found.
 */
export function pageRecords(html: string, href: string, kind: RecordKind): SearchRecord[] {
  const main = find(reader.parse(html), ({ tagName }) => tagName === 'main')
  if (!main) return []
  const sections: Section[] = [{ anchor: '', heading: '', text: '' }]
  read(main, sections)
  const [page, ...rest] = sections
  const [title, ...inside] = page?.heading ? [page, ...rest] : rest
  if (!title) return []
  return [
    {
      kind,
      href,
      title: tidy(title.heading),
      place: '',
      text: tidy(`${page?.text} ${title.text}`),
    },
    ...inside.map(
      ({ anchor, heading, text }): SearchRecord => ({
        kind,
        href: anchor ? `${href}#${anchor}` : href,
        title: tidy(heading),
        place: tidy(title.heading),
        text: tidy(text),
      }),
    ),
  ]
}

interface Section {
  anchor: string
  heading: string
  text: string
}

/** Elements whose words are no part of what is told. */
const silent = new Set(['script', 'style', 'template', 'button', 'select', 'nav', 'svg', 'footer'])
const block = /^(?:p|li|d[td]|t[dh]|pre|div|h\d|section|summary)$/

function read(parent: Element, sections: Section[]): void {
  for (const child of parent.children) {
    const at = sections.at(-1)
    if (!at) return
    if (child.type === 'text') at.text += child.value
    if (child.type !== 'element' || silent.has(child.tagName)) continue
    if (child.properties.dataPagefindIgnore !== undefined) continue
    if (/^h[1-3]$/.test(child.tagName)) {
      sections.push({ anchor: anchorOf(child), heading: textOf(child), text: '' })
      continue
    }
    if (block.test(child.tagName)) at.text += ' '
    read(child, sections)
  }
}

function anchorOf({ properties, tagName }: Element): string {
  return tagName === 'h1' ? '' : String(properties.id ?? '')
}

function find(root: Root, test: (element: Element) => boolean): Element | undefined {
  const waiting: Nodes[] = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element' && test(node)) return node
    if ('children' in node) waiting.push(...node.children.toReversed())
  }
  return undefined
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (node.type === 'element' && (silent.has(node.tagName) || isAnchor(node))) return ''
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

/** The sign beside a heading that links to it. */
function isAnchor({ properties }: Element): boolean {
  const { className } = properties
  return Array.isArray(className) && className.some((name) => /anchor/.test(String(name)))
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
