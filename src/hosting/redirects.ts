/** An address that leads to another one for good. Both are paths below the site's base. */
export interface Redirect {
  /** Without a slash at its end; `/*` at its end stands for everything below. */
  from: string
  to: string
}

/**
 * The `_redirects` file of the built site: the address, where it leads and the status, a line each.
 * The first line that fits is taken.
 *
 * @see https://docs.netlify.com/manage/routing/redirects/overview/
 */
export function printRedirects(redirects: readonly Redirect[], base: string): string {
  const prefix = base === '/' ? '' : base
  const lines = redirects.flatMap(({ from, to }) => {
    // Some hosts take an address with a slash at its end for another one.
    const spellings = from.endsWith('/*') ? [from] : [from, `${from}/`]
    return spellings.map((spelling) => `${prefix}${spelling} ${prefix}${to} 301`)
  })
  return lines.map((line) => `${line}\n`).join('')
}

/** Reads what `printRedirects` writes; addresses bear the base. */
export function readRedirects(text: string): Redirect[] {
  return text.split('\n').flatMap((line) => {
    const [from, to] = line.trim().split(/\s+/)
    return from && to && !from.startsWith('#') ? [{ from, to }] : []
  })
}

/** @returns Where a path leads; undefined where no line fits. */
export function findRedirect(redirects: readonly Redirect[], path: string): string | undefined {
  return redirects.find(({ from }) =>
    from.endsWith('/*') ? path.startsWith(from.slice(0, -1)) : path === from,
  )?.to
}
