import { documentAddress } from '../markdown/address.ts'
import type { Reference } from '../model/operation.ts'
import type { Site } from '../site.ts'
import { plainWords } from './markdown-text.ts'

export interface Link {
  /** Turns an address of the site into one that works wherever the text is read. */
  (href: string): string
  /** The same for an address in the words of the OpenAPI document; nothing where it leads nowhere. */
  written(address: string): string | undefined
}

/**
 * Path of the Markdown twin of a page, both below the site's base:
 * `/guides/quickstart/` → `/guides/quickstart.md`; the front page's twin is `/index.md`.
 */
export function markdownTwinPath(path: string): string {
  const name = path.replace(/\/+$/, '')
  return `${name === '' ? '/index' : name}.md`
}

/**
 * Makes addresses of the site absolute, and those of pages lead to their twins, so that a reader
 * of Markdown gets Markdown. Other addresses come back unchanged. What someone else's document says
 * leads where it does on the HTML page: to the document's home.
 *
 * @param hasTwin Told a path below the base, with a slash at its end.
 */
export function linksOf(
  site: Pick<Site, 'url'> & Partial<Pick<Site, 'foreignDocument'>>,
  hasTwin: (path: string) => boolean,
  { linkRoot = '' }: Pick<Reference, 'linkRoot'> = {},
): Link {
  const toSite = (href: string): string => {
    if (!href.startsWith('/') || href.startsWith('//')) return href
    const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? []
    return site.url + (hasTwin(path) ? markdownTwinPath(path) : path) + rest
  }
  const written = (address: string): string | undefined => {
    const found = documentAddress(address, site.foreignDocument ? { linkRoot } : {})
    return found === undefined ? undefined : toSite(found)
  }
  return Object.assign(toSite, { written })
}

/** A link that the OpenAPI document gives; only its words where it leads nowhere. */
export function documentLink(words: string, address: string, link: Link): string {
  const href = link.written(address)
  return href === undefined ? plainWords(words) : `[${plainWords(words)}](${target(href)})`
}

/** An address as Markdown takes it between parentheses. */
export function target(href: string): string {
  return /[\s()<>]/.test(href) ? `<${href.replace(/[\s<>]/g, encodeURIComponent)}>` : href
}
