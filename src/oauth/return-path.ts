/**
 * Settles where a sign-in leads back to. A stored path is data like any other: it is parsed anew,
 * and anything that is not a page of this site becomes the site's start.
 *
 * @param path What the transaction kept.
 * @param origin Origin of this site.
 * @param base Base path of this site, with a slash at both ends.
 * @returns A full address on `origin` and below `base`.
 */
export function returnAddress(path: string, origin: string, base: string): string {
  const start = new URL(base, origin).href
  // A single slash first: `//host`, `/\host` and `https:host` all name other places to some parser.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return start
  if (!URL.canParse(path, origin)) return start
  const url = new URL(path, origin)
  if (url.origin !== origin || url.username || url.password) return start
  if (!url.pathname.startsWith(base) || url.pathname.startsWith('//')) return start
  return url.href
}
