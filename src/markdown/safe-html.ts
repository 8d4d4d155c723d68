import type { ElementContent } from 'hast'
import type {
  FootnoteDefinition,
  FootnoteReference,
  Html,
  Image,
  ImageReference,
  Link,
  LinkReference,
  ListItem,
  Parents,
} from 'mdast'
import type { Handlers, State } from 'mdast-util-to-hast'
import type { Options } from 'rehype-sanitize'
import { defaultHandlers } from 'remark-rehype'
import { hasPlainTagsOnly } from './plain-tags.ts'

/** What of a text becomes HTML at all. */
export const handlers: Handlers = {
  html: (_state: State, node: Html, parent: Parents | undefined) => rawHtml(node, parent),
  image: (_state: State, node: Image) => imageAsLink(node),
  imageReference(state: State, node: ImageReference) {
    const definition = state.definitionById.get(node.identifier.toUpperCase())
    return definition
      ? imageAsLink({ ...definition, alt: node.alt ?? null, type: 'image' })
      : defaultHandlers.imageReference(state, node)
  },
  link: (state: State, node: Link) => defaultHandlers.link(state, withoutPictures(node)),
  linkReference: (state: State, node: LinkReference) =>
    defaultHandlers.linkReference(state, withoutPictures(node)),
  // Footnotes would need ids, which clash where several texts share a page.
  footnoteReference: (_state: State, node: FootnoteReference) =>
    text(`[${node.label ?? node.identifier}]`),
  footnoteDefinition(state: State, node: FootnoteDefinition) {
    const label = text(`[${node.label ?? node.identifier}] `)
    const [first, ...rest] = state.all(node)
    if (first?.type === 'element' && first.tagName === 'p') first.children.unshift(label)
    return first ? [first, ...rest] : label
  },
  // A checkbox nobody can tick is a picture of one.
  listItem(state: State, node: ListItem, parent: Parents | undefined) {
    const { checked, ...item } = node
    const list = parent?.type === 'list' ? parent : undefined
    const element = defaultHandlers.listItem(state, { ...item, checked: null }, list)
    if (typeof checked === 'boolean') prefix(element.children, checked ? '☑ ' : '☐ ')
    return element
  },
}

/** What may be left once it is HTML: a second gate behind the first. */
export const allowed: Options = {
  tagNames: [
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'dd',
    'del',
    'details',
    'dl',
    'dt',
    'em',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'i',
    'ins',
    'kbd',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'small',
    'strong',
    'sub',
    'summary',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'tr',
    'u',
    'ul',
  ],
  attributes: {
    a: ['href', 'title'],
    code: [['className', /^language-[\w+#.-]{1,30}$/]],
    ol: ['start'],
    td: [['align', 'left', 'center', 'right']],
    th: [['align', 'left', 'center', 'right']],
  },
  protocols: { href: ['https', 'http', 'mailto'] },
  strip: ['script', 'style'],
  clobber: [],
  required: {},
}

/** Tags that only give a form stay raw, to be parsed with all of the text; others are text. */
function rawHtml(node: Html, parent: Parents | undefined): ElementContent {
  if (hasPlainTagsOnly(node.value)) return { type: 'raw', value: node.value }
  const isBlock = parent !== undefined && ['root', 'blockquote', 'listItem'].includes(parent.type)
  if (!isBlock) return text(node.value)
  return { type: 'element', tagName: 'p', properties: {}, children: [text(node.value)] }
}

/** Pages load nothing from elsewhere, so a picture is a link to it. */
function imageAsLink({ url, alt, title }: Image): ElementContent {
  return {
    type: 'element',
    tagName: 'a',
    properties: { href: url, ...(title && { title }) },
    children: [text(alt || url)],
  }
}

/** In a link a picture is its words: a link in a link would end the one around it. */
function withoutPictures<Node extends Parents>(node: Node): Node {
  const children = node.children.map((child) => {
    if (child.type === 'image') return text(child.alt || child.url)
    if (child.type === 'imageReference') return text(child.alt || child.identifier)
    return 'children' in child ? withoutPictures(child) : child
  })
  return { ...node, children }
}

function prefix(children: ElementContent[], mark: string): void {
  const paragraph = children.find((child) => child.type === 'element' && child.tagName === 'p')
  const inside = paragraph?.type === 'element' ? paragraph.children : children
  inside.unshift(text(mark))
}

function text(value: string): { type: 'text'; value: string } {
  return { type: 'text', value }
}
