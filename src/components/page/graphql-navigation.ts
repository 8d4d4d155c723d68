import type { StarlightRouteData } from '@astrojs/starlight/route-data'
import {
  type GraphqlReference,
  graphqlExplorer,
  graphqlHome,
  graphqlTypes,
} from '../../graphql/reference.ts'
import { group, link, nearest } from './reference-navigation.ts'

/** With more fields than this, those nearest to the current page are shown. */
const mostFields = 60

/**
 * Navigation of the pages about the GraphQL schema: the fields of the current root, the rest as
 * links, so that a page does not grow with the schema.
 *
 * @param path Of the page, below the site's base.
 * @param canSend The explorer has a page.
 */
export function graphqlSidebar(
  { roots }: GraphqlReference,
  path: string,
  canSend: boolean,
): StarlightRouteData['sidebar'] {
  const current = roots.find(({ href }) => path.startsWith(href))
  const at = current?.fields.findIndex(({ href }) => href === path) ?? -1
  const fields = current ? nearest(current.fields, at, mostFields) : []
  const groups = [
    group('GraphQL', [
      link('Overview', graphqlHome, path),
      ...(canSend ? [link('Explorer', graphqlExplorer, path)] : []),
      ...roots.map(({ title, href }) => link(title, href, path)),
      link('Types', graphqlTypes, path),
    ]),
  ]
  if (current) {
    groups.push(
      group(
        current.title,
        fields.map(({ name, href }) => link(name, href, path)),
      ),
    )
  }
  return [
    ...groups,
    group('REST', [link('All operations', '/reference/', path), link('Errors', '/errors/', path)]),
  ]
}

/** The queries and mutations before and after one. */
export function graphqlNeighbours(
  { roots }: GraphqlReference,
  path: string,
): StarlightRouteData['pagination'] {
  const fields = roots.flatMap((root) => root.fields)
  const at = fields.findIndex(({ href }) => href === path)
  const [before, after] = at < 0 ? [] : [fields[at - 1], fields[at + 1]]
  return {
    prev: before && link(before.name, before.href, path),
    next: after && link(after.name, after.href, path),
  }
}
