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
    const groups = this.#groups()
    const roots = [...this.#byName.values()].filter(({ name }) => !this.#outer(name))
    const ordered = [
      ...groups.flatMap(({ title, names }) =>
        roots
          .filter(({ name }) => names.includes(name))
          .toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
          .map((tag) => ({ title, tag })),
      ),
      ...roots
        .filter(({ name }) => !groups.some(({ names }) => names.includes(name)))
        .map((tag) => ({ title: groups.length > 0 ? 'More' : undefined, tag })),
    ]
    const seen = new Set<Tag>()
    return ordered.flatMap(({ title, tag }) => this.#withInner(tag, 0, title, seen))
  }

  #withInner(tag: Tag, depth: number, group: string | undefined, seen: Set<Tag>): Tag[] {
    if (seen.has(tag)) return []
    seen.add(tag)
    const inner = [...this.#byName.values()]
      .filter(({ name }) => this.#outer(name) === tag.name)
      .flatMap((one) => this.#withInner(one, depth + 1, group, seen))
    const hasSomething =
      tag.operations.length > 0 ||
      tag.events.length > 0 ||
      tag.also.length > 0 ||
      tag.description !== '' ||
      tag.externalDocs !== undefined
    if (!hasSomething && inner.length === 0) return []
    tag.depth = depth
    if (group !== undefined) tag.group = group
    const parent = this.#byName.get(this.#outer(tag.name) ?? '')
    if (parent) tag.parent = parent.slug
    return [tag, ...inner]
  }

  /** Name of the tag around one; nothing where there is none, or where the nesting is a circle. */
  #outer(name: string): string | undefined {
    const parent = this.#parents.get(name)
    if (parent === undefined || !this.#byName.has(parent)) return undefined
    const seen = new Set([name])
    for (let at: string | undefined = parent; at !== undefined; at = this.#parents.get(at)) {
      if (seen.has(at)) return undefined
      seen.add(at)
    }
    return parent
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

/** Operations of a list of tags, each once. */
export function operationsOf(tags: readonly Tag[]): Operation[] {
  return tags.flatMap(({ operations }) => operations)
}
