import { type MdastNode, mdxToMdast } from 'satteri'
import type { FactSource } from '../guides/index.ts'
import { guideComponents } from './guide-components.ts'
import { GuideMarkdownError } from './guide-error.ts'
import type { Link } from './links.ts'
import { codeSpan } from './markdown-text.ts'

export interface GuideContext {
  /** Name of the file, for messages. */
  file: string
  source: FactSource
  link: Link
  /** Values of `%NAME%`; a name without one is an error. */
  values: ReadonlyMap<string, string | undefined>
}

/**
 * A guide as Markdown: its text as the author wrote it, with imports left out, `%NAME%` settled,
 * components told in words, asides as quotations, links that work anywhere, and code fences whose
 * info string is the language alone.
 *
 * @param source The whole MDX file.
 * @returns The text below the title, which stands in the front matter.
 * @throws {GuideMarkdownError} The guide holds what has no Markdown form, such as an unknown
 *   component.
 */
export function guideMarkdown(source: string, context: GuideContext): string {
  const root = mdxToMdast(source, { features: { directive: true } })
  const text = new GuideWriter(source, context).inside(root, 0, source.length)
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`
}

/** Copies the source and writes over the stretches that are not Markdown. */
class GuideWriter {
  readonly #source: string
  readonly #context: GuideContext

  constructor(source: string, context: GuideContext) {
    this.#source = source
    this.#context = context
  }

  /** The stretch of a node's children, each settled, with what stands between them. */
  inside(node: MdastNode, start: number, end: number): string {
    const pieces: string[] = []
    let at = start
    for (const child of 'children' in node ? (node.children as MdastNode[]) : []) {
      const range = rangeOf(child)
      if (!range) continue
      pieces.push(this.#source.slice(at, range.start), this.#node(child, range))
      at = range.end
    }
    pieces.push(this.#source.slice(at, end))
    return pieces.join('')
  }

  #node(node: MdastNode, range: Range): string {
    switch (node.type) {
      case 'yaml':
      case 'toml':
      case 'mdxjsEsm':
        return ''
      case 'text':
      case 'inlineCode':
        return this.#values(this.#slice(range), range)
      case 'code':
        return this.#code(this.#slice(range), node.lang ?? '', range)
      case 'link':
      case 'definition':
      case 'image':
        return this.#link(node, range)
      case 'containerDirective':
        return this.#aside(node, range)
      case 'mdxJsxFlowElement':
      case 'mdxJsxTextElement':
        return this.#component(node, range)
      case 'mdxFlowExpression':
      case 'mdxTextExpression':
        return this.#expression(node.value, range)
      case 'html':
      case 'leafDirective':
        throw this.#error(range, `"${this.#slice(range)}" has no Markdown form.`)
      default:
        return this.inside(node, range.start, range.end)
    }
  }

  #code(source: string, language: string, range: Range): string {
    const text = this.#values(source, range)
    return text.replace(/^([ \t>]*)(`{3,}|~{3,})[^\n]*/, (_, before: string, fence: string) => {
      return before + fence + language
    })
  }

  #link(node: MdastNode & { url: string }, range: Range): string {
    const { link } = this.#context
    const source = this.inside(node, range.start, range.end)
    const url = link(this.#values(node.url, range))
    if (url === node.url) return source
    // The address comes last, apart from a title; the words before it may hold the same text.
    const at = source.lastIndexOf(node.url)
    if (at < 0) throw this.#error(range, `write the address "${node.url}" without escapes.`)
    return source.slice(0, at) + url + source.slice(at + node.url.length)
  }

  #aside(node: MdastNode & { name: string }, range: Range): string {
    const children = ('children' in node ? node.children : []) as MdastNode[]
    const isLabel = ({ data }: MdastNode): boolean =>
      (data as { directiveLabel?: boolean } | undefined)?.directiveLabel === true
    const label = children.find(isLabel)
    const labelRange = label && rangeOf(label)
    const title =
      label && labelRange
        ? this.inside(label, labelRange.start, labelRange.end).replace(/^\[|\]$/g, '')
        : node.name.charAt(0).toUpperCase() + node.name.slice(1)
    const body = children.filter((child) => child !== label)
    const first = body[0] && rangeOf(body[0])
    const last = body.at(-1)
    const lastRange = last && rangeOf(last)
    const text =
      first && lastRange
        ? this.inside({ type: 'root', children: body } as MdastNode, first.start, lastRange.end)
        : ''
    // Inside a list the lines after the first carry the list's own indent.
    const indent = this.#indentOf(range)
    return [`**${title}**`, '', ...text.split('\n')]
      .map((line) => `> ${line.startsWith(indent) ? line.slice(indent.length) : line}`.trimEnd())
      .join(`\n${indent}`)
  }

  #component(node: MdastNode & { name: string | null }, range: Range): string {
    const name = node.name ?? ''
    const write = guideComponents.get(name)
    if (!write) {
      const known = [...guideComponents.keys()].join(', ')
      throw this.#error(
        range,
        `<${name}> has no Markdown form. These have: ${known}. Add it to src/agents/guide-components.ts.`,
      )
    }
    const { source, link } = this.#context
    const children = ('children' in node ? node.children : []) as MdastNode[]
    const first = children[0] && rangeOf(children[0])
    const last = children.at(-1)
    const lastRange = last && rangeOf(last)
    try {
      return write({
        attributes: this.#attributes(node, range),
        children: first && lastRange ? this.inside(node, first.start, lastRange.end) : '',
        source,
        link,
      })
    } catch (cause) {
      if (cause instanceof GuideMarkdownError || !(cause instanceof Error)) throw cause
      throw this.#error(range, `<${name}>: ${cause.message}`, { cause })
    }
  }

  #attributes(node: MdastNode, range: Range): Map<string, string> {
    const attributes = ('attributes' in node ? node.attributes : []) as {
      type: string
      name?: string
      value?: unknown
    }[]
    return new Map(
      attributes.map(({ type, name = '', value }) => {
        if (type !== 'mdxJsxAttribute')
          throw this.#error(range, 'Attributes cannot be spread here.')
        if (typeof value === 'string') return [name, this.#values(value, range)] as const
        const source = (value as { value?: string } | null | undefined)?.value
        return [name, source ?? ''] as const
      }),
    )
  }

  /** A comment says nothing; a string says itself, and is how an author writes a lone brace. */
  #expression(value: string, range: Range): string {
    const source = value.trim()
    if (source === '' || /^\/\*[\s\S]*\*\/$/.test(source)) return ''
    const [, text] = /^(["'`])([^"'`\\$]*)\1$/.exec(source) ? [source, source.slice(1, -1)] : []
    if (text === undefined) {
      throw this.#error(range, `the expression ${codeSpan(`{${source}}`)} has no Markdown form.`)
    }
    return text
  }

  #values(text: string, range: Range): string {
    return text.replace(/%([A-Z][A-Z_]+)%/g, (whole, name: string, at: number) => {
      const value = this.#context.values.get(name)
      if (value !== undefined) return value
      const known = [...this.#context.values.keys()].join(', ')
      const line = range.line + text.slice(0, at).split('\n').length - 1
      throw new GuideMarkdownError(
        this.#context.file,
        line,
        `${whole} has no value here. A guide may use: ${known}, each between "%".`,
      )
    })
  }

  #slice({ start, end }: Range): string {
    return this.#source.slice(start, end)
  }

  #indentOf({ start }: Range): string {
    const line = this.#source.slice(this.#source.lastIndexOf('\n', start - 1) + 1, start)
    return ' '.repeat(line.length)
  }

  #error({ line }: Range, problem: string, options?: ErrorOptions): GuideMarkdownError {
    return new GuideMarkdownError(this.#context.file, line, problem, options)
  }
}

interface Range {
  /** Offsets in UTF-16 units. */
  start: number
  end: number
  /** Of the first character, counted from 1. */
  line: number
}

function rangeOf({ position }: MdastNode): Range | undefined {
  const start = position?.start.offset
  const end = position?.end.offset
  if (start === undefined || end === undefined || !position) return undefined
  return { start, end, line: position.start.line }
}
