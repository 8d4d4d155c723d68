import { type GraphqlReference, graphqlHome, graphqlSdl } from '../graphql/reference.ts'
import type { Reference } from '../model/operation.ts'
import { serverFor } from '../request/index.ts'
import type { Environment, Site } from '../site.ts'

/** Where the catalogue belongs on a host (RFC 9727, 2), and its media type (4.2 there). */
export const apiCatalogPath = '/.well-known/api-catalog'
export const apiCatalogType =
  'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'

export interface CatalogSources {
  site: Pick<Site, 'environments' | 'url' | 'mcpGuide'>
  reference: Pick<Reference, 'servers'>
  /** Nothing where there is no GraphQL API. */
  graphql?: Pick<GraphqlReference, 'path'> | undefined
  /** Whether a page of the site is there. */
  has(path: string): boolean
}

/** One API: its address, and what tells of it (RFC 8631). */
interface CatalogEntry {
  anchor: string
  /** For programs. */
  'service-desc'?: CatalogLink[]
  /** For people. */
  'service-doc'?: CatalogLink[]
  /** About the service itself: here, whom to ask for a token. */
  'service-meta'?: CatalogLink[]
}

interface CatalogLink {
  href: string
  type: string
}

/**
 * Says to a program that knows only the host where the APIs are and where they are described.
 *
 * It is built to `.well-known/api-catalog` below the site's base path, but a program looks for it
 * at the root of the host that people know the API by: whoever runs that host copies the file there
 * or forwards to it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9727
 * @see https://www.rfc-editor.org/rfc/rfc9264#section-4.2
 */
export function apiCatalog({ site, reference, graphql, has }: CatalogSources): unknown {
  const { environments, url, mcpGuide } = site
  const [server] = reference.servers
  const rest = {
    'service-desc': [
      { href: `${url}/openapi.json`, type: 'application/json' },
      { href: `${url}/openapi.yaml`, type: 'application/yaml' },
    ],
    'service-doc': [
      { href: `${url}/reference/`, type: 'text/html' },
      { href: `${url}/llms.txt`, type: 'text/plain' },
    ],
  }
  if (environments.length === 0) {
    return { linkset: reference.servers.map((one): CatalogEntry => ({ anchor: one.url, ...rest })) }
  }
  const linkset = environments.flatMap((environment): CatalogEntry[] => {
    const { api, mcp } = environment
    const entries: CatalogEntry[] = [
      { anchor: server ? serverFor(server.url, api) : api, ...rest, ...tokensFrom(environment) },
    ]
    if (graphql) {
      entries.push({
        anchor: api + graphql.path,
        'service-desc': [{ href: url + graphqlSdl, type: 'text/plain' }],
        'service-doc': [{ href: url + graphqlHome, type: 'text/html' }],
        ...tokensFrom(environment),
      })
    }
    if (mcp !== undefined) {
      entries.push({
        anchor: mcp,
        // What its tools take, an MCP server says itself.
        ...(mcpGuide !== undefined &&
          has(mcpGuide) && { 'service-doc': [{ href: url + mcpGuide, type: 'text/html' }] }),
        'service-meta': [
          // An MCP server always has one (RFC 9728).
          {
            href: `${new URL(mcp).origin}/.well-known/oauth-protected-resource`,
            type: 'application/json',
          },
        ],
      })
    }
    return entries
  })
  return { linkset }
}

/** Metadata of the authorization server, where there is one (OpenID Connect Discovery, 4). */
function tokensFrom({ issuer }: Pick<Environment, 'issuer'>): Pick<CatalogEntry, 'service-meta'> {
  if (issuer === undefined) return {}
  const href = `${issuer}/.well-known/openid-configuration`
  return { 'service-meta': [{ href, type: 'application/json' }] }
}
