import { documentAddress } from '../../markdown/address.ts'
import { type MarkdownOptions, renderMarkdown } from '../../markdown/markdown.ts'
import { loadReference } from '../../model/load.ts'
import { readSite } from '../../site.ts'

const { foreignDocument, base } = readSite()
const { linkRoot = '' } = await loadReference()

// The site's own document links to the site's pages; someone else's means its own home, which it may
// or may not name.
const links = foreignDocument ? { linkRoot } : { base }

/** Markdown of the OpenAPI document as HTML. */
export function words(source: string, options: MarkdownOptions = {}): string {
  return renderMarkdown(source, { ...links, ...options })
}

/** An address that the OpenAPI document gives, for a link; nothing where it leads nowhere. */
export function addressOf(address: string): string | undefined {
  return documentAddress(address, links)
}
