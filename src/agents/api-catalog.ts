import type { Reference } from '../model/operation.ts'
import { serverFor } from '../request/index.ts'
import type { Site } from '../site.ts'

/** Where the catalogue belongs on a host (RFC 9727, 2), and its media type (4.2 there). */
export const apiCatalogPath = '/.well-known/api-catalog'
export const apiCatalogType =
  'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'

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
export function apiCatalog(
  { servers }: Pick<Reference, 'servers'>,
  { environments, url }: Pick<Site, 'environments' | 'url'>,
): unknown {
  const server = servers[0]?.url
  const anchors =
    environments.length > 0
      ? environments.map(({ api }) => (server === undefined ? api : serverFor(server, api)))
      : servers.map((one) => one.url)
  return {
    linkset: anchors.map((anchor) => ({
      anchor,
      'service-desc': [
        { href: `${url}/openapi.json`, type: 'application/json' },
        { href: `${url}/openapi.yaml`, type: 'application/yaml' },
      ],
      'service-doc': [
        { href: `${url}/reference/`, type: 'text/html' },
        { href: `${url}/llms.txt`, type: 'text/plain' },
      ],
    })),
  }
}
