/**
 * The `_headers` file of the built site: a path, then its headers, each on an indented line. A path
 * that ends in `*` covers everything below. Every block that matches a request applies, in order,
 * and a later one wins where two set the same header. Paths carry the site's base path.
 *
 * @see https://docs.netlify.com/manage/routing/headers/
 */
export interface HeaderBlock {
  path: string
  headers: readonly (readonly [name: string, value: string])[]
}

/** What the built site has that needs headers of its own. */
export interface HeaderSubjects {
  /** Files that a host may send with another media type than ours: path below the base → type. */
  types: ReadonlyMap<string, string>
  /** Base path: `/` or e.g. `/docs`. */
  base: string
  pagePolicy: string
  /** Of pages that need another policy than the rest: path below the base → policy. */
  policies: ReadonlyMap<string, string>
  workerPolicy: string
  /** Paths of worker scripts below the base, e.g. `/_astro/vault-worker.AbCd.js`. */
  workers: readonly string[]
  secure: boolean
}

/** The blocks of a site, general ones first. */
export function headerBlocks(subjects: HeaderSubjects): HeaderBlock[] {
  const prefix = subjects.base === '/' ? '' : subjects.base
  return [
    {
      path: `${prefix}/*`,
      headers: [
        ['Content-Security-Policy', subjects.pagePolicy],
        ['Cross-Origin-Opener-Policy', 'same-origin'],
        ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
        ['Referrer-Policy', 'strict-origin'],
        ...(subjects.secure ? [['Strict-Transport-Security', 'max-age=31536000'] as const] : []),
        ['X-Content-Type-Options', 'nosniff'],
        ['X-Frame-Options', 'DENY'],
      ],
    },
    {
      path: `${prefix}/_astro/*`,
      // The names carry a hash of the content.
      headers: [['Cache-Control', 'public, max-age=31536000, immutable']],
    },
    {
      path: `${prefix}/oauth/callback/*`,
      // The address holds an authorization code.
      headers: [
        ['Cache-Control', 'no-store'],
        ['Referrer-Policy', 'no-referrer'],
      ],
    },
    ...[...subjects.policies].map(([page, policy]) => ({
      path: prefix + page,
      headers: [['Content-Security-Policy', policy] as const],
    })),
    ...[...subjects.types].map(([file, type]) => ({
      path: prefix + file,
      headers: [['Content-Type', type] as const],
    })),
    ...subjects.workers.map((worker) => ({
      path: prefix + worker,
      headers: [['Content-Security-Policy', subjects.workerPolicy] as const],
    })),
  ]
}

export function printHeaders(blocks: readonly HeaderBlock[]): string {
  return blocks
    .map(({ path, headers }) =>
      [path, ...headers.map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
    )
    .join('\n\n')
    .concat('\n')
}
