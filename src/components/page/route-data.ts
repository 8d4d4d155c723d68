import { defineRouteMiddleware, type StarlightRouteData } from '@astrojs/starlight/route-data'
import { loadTexts, markdownTwinPath } from '../../agents/index.ts'
import { loadGraphql } from '../../graphql/load.ts'
import { graphqlHome } from '../../graphql/reference.ts'
import { loadReference } from '../../model/load.ts'
import { readSite } from '../../site.ts'
import { joinBase, withBase } from '../../site-path.ts'
import { graphqlNeighbours, graphqlSidebar } from './graphql-navigation.ts'
import { link, neighbours, referenceSidebar } from './reference-navigation.ts'

type SidebarEntry = StarlightRouteData['sidebar'][number]
type SidebarLink = Extract<SidebarEntry, { type: 'link' }>

const site = readSite()

/**
 * Gives each page the navigation of its part of the site: the reference shows the operations of
 * the current tag and the other tags as links, so that a page does not grow with the document.
 */
export const onRequest = defineRouteMiddleware(async (context) => {
  const route = context.locals.starlightRoute
  const reference = await loadReference()
  const graphql = await loadGraphql()
  const path = withoutBase(context.url.pathname)
  const guides = route.sidebar

  // The page for what is not there stands at no address of its own.
  const placed = route.entry.id !== '404'
  route.head = route.head.filter(
    ({ attrs }) =>
      attrs?.name !== 'generator' &&
      attrs?.name !== 'twitter:card' &&
      (placed || (attrs?.rel !== 'canonical' && attrs?.property !== 'og:url')),
  )
  if ((await loadTexts()).byPath.has(path)) {
    const href = withBase(markdownTwinPath(path))
    route.head.push({ tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href } })
  }
  route.sections = sections(guides, path)

  if (path.startsWith('/reference/') || path.startsWith('/errors/') || site.foreignDocument) {
    route.sidebar = referenceSidebar(reference, path, [
      link('The whole API on one page', '/explorer/', path),
      ...(graphql ? [link('GraphQL API', graphqlHome, path)] : []),
    ])
    route.pagination = neighbours(reference, path)
  }
  if (graphql && path.startsWith(graphqlHome)) {
    route.sidebar = graphqlSidebar(graphql, path, site.environments.length > 0)
    route.pagination = graphqlNeighbours(graphql, path)
  }
})

/** A part of the site, as a tab in the header. */
export interface Section {
  label: string
  href: string
  current: boolean
}

function sections(guides: readonly SidebarEntry[], path: string): Section[] {
  const firstGuide = firstLink(guides)
  const guide: Section[] = firstGuide
    ? [{ label: 'Guides', href: firstGuide.href, current: path.startsWith('/guides/') }]
    : []
  return [
    ...guide,
    {
      label: 'Reference',
      href: withBase('/reference/'),
      current: ['/reference/', '/errors/', graphqlHome].some((start) => path.startsWith(start)),
    },
  ]
}

function firstLink(entries: readonly SidebarEntry[]): SidebarLink | undefined {
  for (const entry of entries) {
    const found = entry.type === 'link' ? entry : firstLink(entry.entries)
    if (found) return found
  }
  return undefined
}

function withoutBase(pathname: string): string {
  const prefix = joinBase(import.meta.env.BASE_URL, '/')
  return pathname.startsWith(prefix) ? `/${pathname.slice(prefix.length)}` : pathname
}
