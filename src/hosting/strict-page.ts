import { createHash } from 'node:crypto'
import type { InlineSources } from './policy.ts'

/** A built page that a strict policy can govern. */
export interface StrictPage {
  html: string
  inline: InlineSources
  /** Class name → declarations that stood in a `style` attribute of the page. */
  styleClasses: ReadonlyMap<string, string>
}

/** A built page holds something that no strict policy can allow. */
export class StrictPageError extends Error {
  override readonly name = 'StrictPageError'
  readonly code = 'page_not_strict'
}

// A whole start tag; comments and the text of raw-text elements are stepped over before it is tried.
const startTag = /<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/y
const attribute = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
const rawText = new Set(['script', 'style', 'textarea', 'title'])

/**
 * Reads a page as it was built, hashes its inline scripts and styles, and turns every `style`
 * attribute into a class.
 *
 * @throws {StrictPageError} The page has an event-handler attribute, a `javascript:` address, or
 *   loads something from another origin.
 */
export function makeStrict(page: string): StrictPage {
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const styleClasses = new Map<string, string>()
  let search = false
  let styleAttributes = false
  let html = ''
  let copied = 0
  let at = 0

  while (at < page.length) {
    const open = page.indexOf('<', at)
    if (open === -1) break
    if (page.startsWith('<!--', open)) {
      const end = page.indexOf('-->', open)
      at = end === -1 ? page.length : end + 3
      continue
    }
    startTag.lastIndex = open
    const match = startTag.exec(page)
    if (!match) {
      at = open + 1
      continue
    }
    const [tag, rawName = '', rawAttributes = ''] = match
    const name = rawName.toLowerCase()
    at = open + tag.length
    const attributes = readAttributes(rawAttributes)
    refuse(name, attributes)
    if (name === 'site-search') search = true
    if (name === 'api-explorer') styleAttributes = true

    const style = attributes.get('style')
    if (style !== undefined) {
      html += page.slice(copied, open) + withClass(rawName, rawAttributes, style, styleClasses)
      copied = at
    }

    if (rawText.has(name)) {
      const end = indexOfEndTag(page, name, at)
      const content = page.slice(at, end)
      if (name === 'script' && !attributes.has('src') && runs(attributes.get('type'))) {
        scripts.add(hashSource(content))
      }
      if (name === 'style') styles.add(hashSource(content))
      at = end
    }
  }

  return {
    html: html + page.slice(copied),
    inline: { scripts: [...scripts], styles: [...styles], search, styleAttributes },
    styleClasses,
  }
}

/** Puts the policy, and the style sheet of the turned attributes, first into the page's head. */
export function insertIntoHead(html: string, policy: string, styleSheet?: string): string {
  const meta = `<meta http-equiv="content-security-policy" content="${policy}">`
  const link = styleSheet ? `<link rel="stylesheet" href="${styleSheet}">` : ''
  // The encoding must stay among the first 1,024 bytes.
  const charset = /<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?/i
  const withPolicy = html.replace(charset, (head) => head + meta)
  if (withPolicy === html) throw new StrictPageError('The page has no <head> to hold its policy.')
  return link ? withPolicy.replace(/<\/head>/i, (end) => link + end) : withPolicy
}

/** CSP source of an inline script or style: `'sha256-…'` over its exact text. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** The rules that stand in for `style` attributes, in a stable order. */
export function printStyleClasses(classes: ReadonlyMap<string, string>): string {
  return [...classes]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, declarations]) => `.${name}{${declarations}}`)
    .join('\n')
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.matchAll(attribute)) {
    attributes.set(name.toLowerCase(), double ?? single ?? bare ?? '')
  }
  return attributes
}

function refuse(tag: string, attributes: ReadonlyMap<string, string>): void {
  for (const [name, value] of attributes) {
    if (name.startsWith('on')) {
      throw new StrictPageError(`<${tag}> has the event handler "${name}".`)
    }
    if (/^(href|src|action|formaction|xlink:href)$/.test(name) && isScriptAddress(value)) {
      throw new StrictPageError(`<${tag}> has the address "${value}".`)
    }
  }
  const loaded =
    tag === 'link' && /stylesheet|preload|icon/.test(attributes.get('rel') ?? '')
      ? attributes.get('href')
      : attributes.get('src')
  if (loaded && /^(?:https?:)?\/\//i.test(loaded)) {
    throw new StrictPageError(`<${tag}> loads "${loaded}" from another origin.`)
  }
}

function isScriptAddress(value: string): boolean {
  // Browsers skip white space and control characters inside a scheme.
  return /^(?:javascript|vbscript|data:text\/html)/i.test(value.replace(/[\s\p{Cc}]/gu, ''))
}

function runs(type: string | undefined): boolean {
  return (
    !type || /^(?:module|importmap|speculationrules|(?:text|application)\/javascript)$/i.test(type)
  )
}

function withClass(
  name: string,
  attributes: string,
  style: string,
  classes: Map<string, string>,
): string {
  const declarations = decode(style).trim().replace(/;$/, '')
  const rest = attributes.replace(/\s+style\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/i, '')
  if (!declarations) return `<${name}${rest}>`
  if (/[{}<]/.test(declarations)) {
    throw new StrictPageError(`<${name}> has the style "${declarations}".`)
  }
  const className = `s-${createHash('sha256').update(declarations).digest('hex').slice(0, 8)}`
  classes.set(className, declarations)
  const existing = /(\sclass\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i
  return existing.test(rest)
    ? `<${name}${rest.replace(existing, (_, lead, a, b, c) => `${lead}"${a ?? b ?? c} ${className}"`)}>`
    : `<${name} class="${className}"${rest}>`
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll('&#38;', '&')
}

function indexOfEndTag(page: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[\\s/>]`, 'gi')
  end.lastIndex = from
  return end.exec(page)?.index ?? page.length
}
