import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { OpenApiDocument } from '../../src/document/index.ts'
import type { Reference } from '../../src/model/operation.ts'
import { type Fact, factsOf } from './facts.ts'
import { type PageText, packed, pageText } from './page-text.ts'

export interface FactReport {
  looked: number
  /** What is missing by its kind: whose it is, and what. */
  missing: Map<string, string[]>
}

/**
 * Looks for every fact of a document in the text of its pages: on the page of the operation itself,
 * or on that of a schema which the reader gets to from there by links.
 *
 * @param directory The built site.
 * @param base Its base path, `/` or `/docs`.
 */
export async function findFacts(
  document: OpenApiDocument,
  reference: Reference,
  directory: string,
  base = '/',
): Promise<FactReport> {
  const places = new Map<string, string[]>()
  for (const { method, path: at, event, href } of [...reference.operations, ...reference.events]) {
    const owner = event ? `${event.kind} ${event.name} ${method}` : `${method} ${at}`
    places.set(owner, [...(places.get(owner) ?? []), href])
  }
  const read = async (href: string): Promise<PageText> =>
    pageText(await readFile(path.join(directory, href, 'index.html'), 'utf8'))
  const root = base === '/' ? '' : base
  const schemas = new Map<string, PageText>()
  for (const { href } of reference.schemas) schemas.set(`${root}${href}`, await read(href))

  const missing = new Map<string, string[]>()
  let looked = 0
  for (const { owner, facts } of factsOf(document)) {
    looked += facts.length
    // Callbacks of several operations may bear one name: each has a page, in the document's order.
    const href = places.get(owner)?.shift()
    if (href === undefined) {
      missing.set('page', [...(missing.get('page') ?? []), owner])
      continue
    }
    const pages = reachable(await read(href), schemas)
    for (const fact of facts) {
      if (pages.some((page) => isOn(page, fact, document))) continue
      const what = 'text' in fact ? fact.text : JSON.stringify(fact.value)
      missing.set(fact.kind, [...(missing.get(fact.kind) ?? []), `${owner} (${href}): ${what}`])
    }
  }
  return { looked, missing }
}

/** A page and those of the schemas that it leads to, the nearest first. */
function reachable(page: PageText, schemas: ReadonlyMap<string, PageText>): PageText[] {
  const pages = new Set([page])
  for (const { links } of pages) {
    for (const link of links) {
      const next = schemas.get(link)
      if (next) pages.add(next)
    }
  }
  return [...pages]
}

function isOn(page: PageText, fact: Fact, document: OpenApiDocument): boolean {
  if (fact.kind === 'status') {
    const status = fact.text
    return page.statuses.some((shown) => shown === status || shown.startsWith(`${status} `))
  }
  if (fact.kind !== 'example') return page.names.has(fact.text)
  const { value } = fact
  const json = packed(document.jsonText(value))
  if (page.packed.includes(json)) return true
  // A text stands without its quotes too, and is cut at no place of its own.
  if (typeof value === 'string') {
    return page.packed.includes(packed(value)) || page.packed.includes(json.slice(1, -1))
  }
  return false
}
