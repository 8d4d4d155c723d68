import type { StarlightRouteData } from '@astrojs/starlight/route-data'
import type { Operation, Reference, Tag } from '../../model/operation.ts'
import { withBase } from '../../site-path.ts'

type SidebarEntry = StarlightRouteData['sidebar'][number]
type SidebarLink = Extract<SidebarEntry, { type: 'link' }>
type SidebarGroup = Extract<SidebarEntry, { type: 'group' }>

/** With more links than this, those nearest to the current page are shown. */
const most = { operations: 30, tags: 100 }

/**
 * Navigation of a page of the reference: the operations of its tag, the other tags as links. A
 * page does not grow with the document.
 *
 * @param path Of the page, below the site's base.
 * @param also What stands beside the operations, such as another API.
 */
export function referenceSidebar(
  reference: Reference,
  path: string,
  also: readonly SidebarLink[] = [],
): SidebarEntry[] {
  const { tags } = reference
  const at = indexOf(reference)
  const current = at.tags.get(/^\/reference\/[^/]+\//.exec(path)?.[0] ?? '')
  const groups: SidebarGroup[] = []
  if (current) {
    const all = at.pages.get(current) ?? []
    const shown = nearest(
      all,
      all.findIndex(({ href }) => href === path),
      most.operations,
    )
    const overview =
      shown.length < all.length ? `All ${all.length} of ${current.title}` : 'Overview'
    groups.push(
      group(current.title, [
        link(overview, current.href, path),
        ...shown.map((operation) => operationLink(operation, path)),
      ]),
    )
  }
  groups.push(...tagGroups(tags, current, path))
  const more = [link('All operations', '/reference/', path)]
  if (reference.schemas.length > 0) more.push(link('Schemas', '/reference/schemas/', path))
  if (reference.problems.length > 0) more.push(link('Errors', '/errors/', path))
  more.push(...also)
  groups.push(group('Everything', more))
  return groups
}

/** The operations before and after one, whatever their tags. */
export function neighbours(reference: Reference, path: string): StarlightRouteData['pagination'] {
  const { order, place } = indexOf(reference)
  const at = place.get(path)
  if (at === undefined) {
    // A tag's own page leads into it.
    const first = indexOf(reference).tags.get(path)?.operations[0]
    return { prev: undefined, next: first && operationLink(first, path) }
  }
  const [before, after] = [order[at - 1], order[at + 1]]
  return {
    prev: before && operationLink(before, path),
    next: after && operationLink(after, path),
  }
}

/** The tags as links, under the headings that the document gives them. */
function tagGroups(tags: readonly Tag[], current: Tag | undefined, path: string): SidebarGroup[] {
  const others = tags.filter((tag) => tag !== current)
  const shown = nearest(others, current ? tags.indexOf(current) : -1, most.tags)
  const fallback = current ? 'Other resources' : 'Resources'
  return [...Map.groupBy(shown, (tag) => tag.group ?? fallback)].map(([title, members]) =>
    group(
      title,
      members.map((tag) => ({
        ...link(tag.title, tag.href, path),
        ...(tag.depth > 0 && { attrs: { 'data-depth': String(Math.min(tag.depth, 3)) } }),
      })),
    ),
  )
}

/** As many of a long list as a page can bear, those around a place of it. */
export function nearest<T>(all: readonly T[], at: number, count: number): readonly T[] {
  if (all.length <= count) return all
  const from = Math.max(0, Math.min(at - count / 2, all.length - count))
  return all.slice(from, from + count)
}

interface Index {
  tags: ReadonlyMap<string, Tag>
  /** Calls and events of each tag, as its page lists them. */
  pages: ReadonlyMap<Tag, readonly Operation[]>
  order: readonly Operation[]
  /** Place in the order by address. */
  place: ReadonlyMap<string, number>
}

const indexes = new WeakMap<Reference, Index>()

function indexOf(reference: Reference): Index {
  const known = indexes.get(reference)
  if (known) return known
  const pages = new Map(reference.tags.map((tag) => [tag, [...tag.operations, ...tag.events]]))
  const order = [...pages.values()].flat()
  const index: Index = {
    tags: new Map(reference.tags.map((tag) => [tag.href, tag])),
    pages,
    order,
    place: new Map(order.map(({ href }, at) => [href, at])),
  }
  indexes.set(reference, index)
  return index
}

export function group(label: string, entries: SidebarLink[]): SidebarGroup {
  return { type: 'group', label, entries, collapsed: false, badge: undefined }
}

export function link(label: string, href: string, path: string): SidebarLink {
  return {
    type: 'link',
    label,
    href: withBase(href),
    isCurrent: href === path,
    badge: undefined,
    attrs: {},
  }
}

function operationLink(operation: Operation, path: string): SidebarLink {
  return {
    ...link(operation.summary, operation.href, path),
    badge: { text: operation.event ? 'EVENT' : operation.method, variant: 'default' },
  }
}
