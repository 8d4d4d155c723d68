import type { Reference, Scope, SecurityAlternative } from './operation.ts'

/** Who may call what, for a page that knows what its reader may do. */
export interface Access {
  scopes: Scope[]
  /**
   * By the address of the page: lists of scopes, any one of which lets the call through. An empty
   * list of scopes lets everyone through; without any list, no sign-in is enough.
   */
  operations: Record<string, string[][]>
  /** Page about getting a token by other means. */
  tokenGuide?: string
}

/** @param address Makes the address of a page from its path. */
export function describeAccess(
  reference: Pick<Reference, 'scopes' | 'operations'> | undefined,
  address: (path: string) => string,
): Access {
  const { scopes = [], operations = [] } = reference ?? {}
  return {
    scopes: [...scopes],
    operations: Object.fromEntries(
      operations
        .filter(({ event }) => !event)
        .map(({ href, security }) => [address(href), scopeLists(security)]),
    ),
  }
}

/** The scope lists of those alternatives that a sign-in satisfies on its own. */
export function scopeLists(security: readonly SecurityAlternative[]): string[][] {
  if (security.length === 0) return [[]]
  return security
    .filter((schemes) => schemes.every(({ type }) => type === 'oauth2' || type === 'openIdConnect'))
    .map((schemes) => schemes.flatMap(({ scopes }) => scopes.map(({ name }) => name)))
}
