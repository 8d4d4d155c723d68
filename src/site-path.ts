/**
 * Puts the site's base path before an address of the site; any other address comes back unchanged.
 *
 * @param base Base path with or without a slash at its end, e.g. `/docs`.
 * @param href A path from the site's root, e.g. `/guides/quickstart/`.
 */
export function joinBase(base: string, href: string): string {
  const prefix = base.replace(/\/+$/, '')
  if (!href.startsWith('/') || href.startsWith('//')) return href
  return prefix + href
}

/** `joinBase` with the base path of this build. */
export function withBase(href: string): string {
  return joinBase(import.meta.env.BASE_URL, href)
}
