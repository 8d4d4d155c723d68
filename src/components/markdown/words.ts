import { type MarkdownOptions, renderMarkdown } from '../../markdown/markdown.ts'
import { loadReference } from '../../model/load.ts'
import { readSite } from '../../site.ts'

const { foreignDocument, base } = readSite()
const { linkRoot = '' } = await loadReference()

/**
 * Markdown of the OpenAPI document as HTML. The site's own document links to the site's pages;
 * someone else's means its own home, which it may or may not name.
 */
export function words(source: string, options: MarkdownOptions = {}): string {
  const links = foreignDocument ? { linkRoot } : { base }
  return renderMarkdown(source, { ...links, ...options })
}
