import type { Site } from '../site.ts'

/** Turns an address of the site into one that works wherever the text is read. */
export type Link = (href: string) => string

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
 * of Markdown gets Markdown. Other addresses come back unchanged.
 *
 * @param hasTwin Told a path below the base, with a slash at its end.
 */
export function linksOf(site: Pick<Site, 'url'>, hasTwin: (path: string) => boolean): Link {
  return (href) => {
    if (!href.startsWith('/') || href.startsWith('//')) return href
    const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? []
    return site.url + (hasTwin(path) ? markdownTwinPath(path) : path) + rest
  }
}
