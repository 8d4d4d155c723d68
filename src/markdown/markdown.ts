import type { Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { allowed, handlers } from './safe-html.ts'
import { finishElements, inlineOnly, unlinkInTags } from './shape-html.ts'

export interface MarkdownOptions {
  /** For places that take no paragraphs, such as a table cell; blocks run into one line. */
  inline?: boolean
  /** Level that the highest heading of the text becomes; 3 without it, to stand below an `h2`. */
  headingLevel?: number
  /** Base path of the site, put before links that start with a slash: `/docs`. */
  base?: string
  /**
   * Absolute address that relative links are resolved against, instead of the site; where it is
   * empty they lead nowhere, and only their words stay.
   */
  linkRoot?: string
  /** Turns code into HTML for inside `<code>`; must escape what it is given. */
  highlight?: (code: string, language: string) => string
}

/** Texts kept rendered: a large document repeats the same words on thousands of pages. */
const kept = 20_000

const memory = new Map<string, string>()

const reader = unified().use(remarkParse).use(remarkGfm).freeze()
const toHtml = unified().use(remarkRehype, { handlers, allowDangerousHtml: true }).freeze()
const rawParser = unified().use(rehypeRaw).freeze()
const sanitizer = unified().use(rehypeSanitize, allowed).freeze()
// Nothing raw is left of the text itself: only the highlighter's HTML passes as it is.
const writer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze()

/**
 * Renders CommonMark with GitHub's extensions (tables, strikethrough, bare links) as HTML that is
 * safe whoever wrote the text: of raw HTML only tags that give a form, no scripts, no images, no ids,
 * no inline styles, links to `https:`, `http:`, `mailto:` and within the site only.
 */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): string {
  const { inline = false, headingLevel = 3, base = '', linkRoot, highlight } = options
  const key = [inline, headingLevel, base, linkRoot, highlight !== undefined, source].join('\n')
  const known = memory.get(key)
  if (known !== undefined) return known
  const html = isPlain(source)
    ? plainHtml(source.trim(), inline)
    : isHostile(source)
      ? asTyped(source, inline)
      : render(source, options)
  if (memory.size >= kept) memory.clear()
  memory.set(key, html)
  return html
}

function render(source: string, options: MarkdownOptions): string {
  try {
    return renderParsed(source, options)
  } catch (cause) {
    // What lies deep inside one another overflows the converter's stack.
    if (!(cause instanceof RangeError)) throw cause
    return asTyped(source, options.inline ?? false)
  }
}

function renderParsed(source: string, options: MarkdownOptions): string {
  const { inline = false, headingLevel = 3, base = '', linkRoot, highlight } = options
  const tree = safeTree(source)
  finishElements(tree, { headingLevel, base, linkRoot, ...(highlight && !inline && { highlight }) })
  return writer.stringify(inline ? inlineOnly(tree) : tree).trim()
}

function safeTree(source: string): Root {
  const tree: Root = toHtml.runSync(reader.parse(source))
  // Few texts hold any, and it takes the time of all the rest.
  if (!source.includes('<')) return sanitizer.runSync(tree)
  unlinkInTags(tree)
  return sanitizer.runSync(rawParser.runSync(tree))
}

/** One paragraph of words: most descriptions are, and need no parser. */
function isPlain(source: string): boolean {
  return !/[\\`*_{}[\]<>#|~!&@\n\r\t]|^\s*([-+]|\d+[.)])(\s|$)|^\s{4}|:\/\/|www\.|-{3}|={3}/i.test(
    source,
  )
}

/**
 * More than the parser takes in good time: it needs the square of the depth of quotes and lists,
 * and of the number of marks that never close. Real descriptions have a few hundred.
 */
function isHostile(source: string): boolean {
  return (
    source.length > 300_000 ||
    /^(?:[ \t]*(?:>|[-+*][ \t])){40}|[[*_~`]{500}/m.test(source) ||
    countOf(source, /\[/g) > 3000 ||
    countOf(source, /[*_~`<]/g) > 20_000
  )
}

function countOf(source: string, mark: RegExp): number {
  return source.match(mark)?.length ?? 0
}

/** The text without any form. */
function asTyped(source: string, inline: boolean): string {
  const text = source.replace(/[<&]/g, (character) => (character === '<' ? '&lt;' : '&amp;'))
  return plainHtml(text, inline)
}

function plainHtml(text: string, inline: boolean): string {
  if (text === '') return ''
  return inline ? text : `<p>${text}</p>`
}
