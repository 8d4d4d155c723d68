import { child, isObject, type OpenApiDocument } from '../document/index.ts'
import { linkOf, listOf, text } from './field.ts'
import type { Operation, Tag } from './operation.ts'
import { kebabCase, titleCase } from './slug.ts'

/** Addresses below `/reference/` that belong to something else. */
const reserved = new Set(['schemas'])

/**
 * Takes an address for a page: the first of some slugs that is free in a folder, or the first with a
 * number. Where that is not the first one, a warning says so.
 */
export type Claim = (
  folder: string,
  slugs: readonly string[],
  words: string,
  steps: readonly string[],
) => string

/**
 * The tags of a document: those it lists, in its order and nesting, then those that operations
 * name.
 */
export class Tags {
  readonly #document: OpenApiDocument
  readonly #claim: Claim
  readonly #byName = new Map<string, Tag>()
  /** Name of the tag around each, where the document nests them. */
  readonly #parents = new Map<string, string>()

  constructor(document: OpenApiDocument, claim: Claim) {
    this.#document = document
    this.#claim = claim
    for (const [index, raw] of listOf(document.json.tags).entries()) {
      const name = text(child(raw, 'name'))
      if (name !== '' && !this.#byName.has(name)) this.#add(name, raw, ['tags', String(index)])
    }
  }

  /** @param steps Where the name is used, for errors. */
  named(name: string, steps: readonly string[]): Tag {
    return this.#byName.get(name) ?? this.#add(name, undefined, steps)
  }

  /**
   * The tag whose page an operation lies under: the first that is for navigation, and `other`
   * where there is none.
   */
  homeOf(names: readonly string[], steps: readonly string[], fallback = 'other'): Tag {
    const navigates = names.find((name) => (this.#byName.get(name)?.kind ?? 'nav') === 'nav')
    return this.named(navigates ?? names[0] ?? fallback, steps)
  }

  /**
   * The tags in reading order, what lies inside one right after it. Left out are those that have
   * nothing to show.
   */
  inOrder(): Tag[] {
    const outer = this.#outerTags()
    const inner = Map.groupBy(outer.keys(), (tag) => outer.get(tag))
    const waiting = this.#roots(outer)
      .map((root) => ({ ...root, depth: 0 }))
      .reverse()
    const ordered: Tag[] = []
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { tag, title, depth } = next
      const parent = outer.get(tag)
      tag.depth = depth
      if (title !== undefined) tag.group = title
      if (parent) tag.parent = parent.slug
      ordered.push(tag)
      const inside = (inner.get(tag) ?? []).map((one) => ({ tag: one, title, depth: depth + 1 }))
      for (const one of inside.reverse()) waiting.push(one)
    }
    const shown = new Set<Tag>()
    // From the end: what lies inside a tag is known before the tag.
    for (const tag of ordered.toReversed()) {
      if (!hasSomething(tag) && !shown.has(tag)) continue
      shown.add(tag)
      const parent = outer.get(tag)
      if (parent) shown.add(parent)
    }
    return ordered.filter((tag) => shown.has(tag))
  }

  /** Tags that lie in no other, those of the document's groups first. */
  #roots(outer: ReadonlyMap<Tag, Tag>): { tag: Tag; title: string | undefined }[] {
    const groups = this.#groups()
    const left = new Set([...this.#byName.values()].filter((tag) => !outer.has(tag)))
    const grouped = groups.flatMap(({ title, names }) =>
      names.flatMap((name) => {
        const tag = this.#byName.get(name)
        return tag && left.delete(tag) ? [{ tag, title }] : []
      }),
    )
    const title = groups.length > 0 ? 'More' : undefined
    return [...grouped, ...[...left].map((tag) => ({ tag, title }))]
  }

  /** The tag around each; none where the document does not have it, or nests in a circle. */
  #outerTags(): Map<Tag, Tag> {
    const outer = new Map<Tag, Tag>()
    const ends = new Map<string, boolean>()
    for (const [name, tag] of this.#byName) {
      const passed = new Set<string>()
      let at: string | undefined = name
      for (; at !== undefined && !ends.has(at) && !passed.has(at); at = this.#parents.get(at)) {
        passed.add(at)
      }
      const isEnd = at === undefined || ends.get(at) === true
      for (const one of passed) ends.set(one, isEnd)
      const parent = this.#byName.get(this.#parents.get(name) ?? '')
      if (parent && ends.get(name) === true) outer.set(tag, parent)
    }
    return outer
  }

  #groups(): { title: string; names: string[] }[] {
    return listOf(this.#document.json['x-tagGroups']).flatMap((group) => {
      const names = listOf(child(group, 'tags')).map(String)
      return names.length > 0 ? [{ title: text(child(group, 'name')), names }] : []
    })
  }

  #add(name: string, raw: unknown, steps: readonly string[]): Tag {
    const wanted = kebabCase(name) || 'other'
    const first = reserved.has(wanted) ? `${wanted}-tag` : wanted
    const slug = this.#claim('/reference/', [first], `the tag "${name}"`, steps)
    const href = `/reference/${slug}/`
    const tag: Tag = {
      name,
      slug,
      title: text(child(raw, 'x-displayName')) || text(child(raw, 'summary')) || titleCase(name),
      description: text(child(raw, 'description')),
      href,
      depth: 0,
      operations: [],
      events: [],
      also: [],
      ...linkOf(child(raw, 'externalDocs')),
    }
    const kind = text(child(raw, 'kind'))
    if (kind !== '') tag.kind = kind
    const parent = text(child(raw, 'parent'))
    if (isObject(raw) && parent !== '') this.#parents.set(name, parent)
    this.#byName.set(name, tag)
    return tag
  }
}

function hasSomething(tag: Tag): boolean {
  return (
    tag.operations.length > 0 ||
    tag.events.length > 0 ||
    tag.also.length > 0 ||
    tag.description !== '' ||
    tag.externalDocs !== undefined
  )
}

/** Operations of a list of tags, each once. */
export function operationsOf(tags: readonly Tag[]): Operation[] {
  return tags.flatMap(({ operations }) => operations)
}
