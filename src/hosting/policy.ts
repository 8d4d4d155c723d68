import type { Environment } from '../site.ts'

/** What a page runs of its own, as CSP sources such as `'sha256-…'`. */
export interface InlineSources {
  scripts: readonly string[]
  styles: readonly string[]
  /** The page holds the search, whose index is read by WebAssembly. */
  search: boolean
  /**
   * The page holds the explorer of the whole API, whose library writes `style` attributes. They can
   * change how one element looks, and nothing else: no selector, no import, no other host.
   */
  styleAttributes: boolean
}

/** What every policy of a site shares. */
export interface PolicyContext {
  environments: readonly Environment[]
  /** The docs are served over https. */
  secure: boolean
}

/**
 * The Content-Security-Policy of a page. A policy in a `<meta>` leaves `frame-ancestors` out,
 * because a browser only logs an error about it there.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function pagePolicy(
  context: PolicyContext,
  inline: InlineSources,
  delivery: 'header' | 'meta',
): string {
  return print([
    ['default-src', "'none'"],
    ['script-src', "'self'", ...inline.scripts, ...(inline.search ? ["'wasm-unsafe-eval'"] : [])],
    ['style-src', "'self'", ...inline.styles],
    ...(inline.styleAttributes ? [['style-src-attr', "'unsafe-inline'"]] : []),
    ['img-src', "'self'", 'data:', 'blob:'],
    ['media-src', "'self'", 'blob:'],
    ['font-src', "'self'"],
    ['connect-src', "'self'", ...callableOrigins(context.environments)],
    ['worker-src', "'self'"],
    ['manifest-src', "'self'"],
    ['form-action', "'none'"],
    ['base-uri', "'none'"],
    ['object-src', "'none'"],
    ['frame-src', "'none'"],
    ...(delivery === 'header' ? [['frame-ancestors', "'none'"]] : []),
    ...(upgrades(context) ? [['upgrade-insecure-requests']] : []),
  ])
}

/**
 * The policy of a worker that talks to the API. A worker is not bound by the `<meta>` of the page
 * that starts it: it gets the policy that comes with its own file.
 */
export function workerPolicy(context: PolicyContext): string {
  return print([
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['connect-src', "'self'", ...callableOrigins(context.environments)],
    ...(upgrades(context) ? [['upgrade-insecure-requests']] : []),
  ])
}

/** Origins of the APIs and of their issuers, each once: where page code may send a request. */
export function callableOrigins(environments: readonly Environment[]): string[] {
  const origins = environments.flatMap(({ api, issuer }) => [api, ...(issuer ? [issuer] : [])])
  return [...new Set(origins.map((address) => new URL(address).origin))]
}

// The directive would also rewrite requests to a sandbox on http://localhost.
function upgrades({ environments, secure }: PolicyContext): boolean {
  return secure && callableOrigins(environments).every((origin) => origin.startsWith('https:'))
}

function print(directives: readonly (readonly string[])[]): string {
  return directives.map((directive) => directive.join(' ')).join('; ')
}
