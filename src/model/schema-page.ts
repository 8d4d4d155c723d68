import { isObject, type JsonObject } from '../document/index.ts'
import { Anchors } from './anchor.ts'
import { readExamples } from './example.ts'
import { text } from './field.ts'
import { withLazy } from './lazy.ts'
import type { Operation, SchemaPage } from './operation.ts'
import { viewSchema } from './schema-view.ts'
import type { Schemas } from './settled-schema.ts'

/** An operation with the place of its words in the document. */
export interface Reading {
  operation: Operation
  /** What the document says of it; its path's parameters besides. */
  raw: readonly unknown[]
}

/** A page for each component schema, with who uses it. */
export function readSchemaPages(schemas: Schemas, readings: readonly Reading[]): SchemaPage[] {
  const addresses = schemas.addresses
  const pages = addresses.map(({ name, href }) => pageOf(name, href, schemas))
  const byName = new Map(pages.map((page) => [page.name, page]))
  const users = new Users(schemas)
  for (const { operation, raw } of readings) {
    for (const name of users.namesIn(raw)) byName.get(name)?.usedBy.push(operation)
  }
  for (const { name, href } of addresses) {
    for (const used of users.namesIn([schemas.component(name)])) {
      if (used !== name) byName.get(used)?.usedIn.push({ name, href })
    }
  }
  return pages
}

/** Its words are worked out when they are looked at: settling a schema settles all it is made of. */
function pageOf(name: string, href: string, schemas: Schemas): SchemaPage {
  const raw = schemas.component(name)
  const page = {
    name,
    href,
    slug: href.split('/').at(-2) ?? '',
    get deprecated() {
      return schemas.settle(raw).keywords.deprecated === true
    },
    get title() {
      return text(schemas.settle(raw).keywords.title)
    },
    get description() {
      return text(schemas.settle(raw).keywords.description)
    },
    usedBy: [],
    usedIn: [],
  }
  const withView = withLazy(page, 'view', () =>
    viewSchema(raw, schemas, 'both', new Anchors(), ['schema'], 'schema'),
  )
  return withLazy(withView, 'examples', () =>
    readExamples({ schema: raw }, schemas, 'response', {
      mediaType: 'application/json',
      anchors: new Anchors(),
      steps: ['example'],
    }),
  )
}

/** Finds the component schemas that a piece of a document names itself. */
class Users {
  readonly #schemas: Schemas
  /** What shared parameters, answers and the like name, by reference. */
  readonly #shared = new Map<string, ReadonlySet<string>>()

  constructor(schemas: Schemas) {
    this.#schemas = schemas
  }

  namesIn(pieces: readonly unknown[]): ReadonlySet<string> {
    const names = new Set<string>()
    const waiting: unknown[] = [...pieces]
    while (waiting.length > 0) {
      const piece = waiting.pop()
      if (Array.isArray(piece)) {
        waiting.push(...piece.filter((item) => typeof item === 'object' && item !== null))
        continue
      }
      if (!isObject(piece)) continue
      this.#note(piece, names)
      for (const [key, value] of Object.entries(piece)) {
        if (typeof value !== 'object' || value === null || data.has(key)) continue
        if (!key.startsWith('x-')) waiting.push(value)
      }
    }
    return names
  }

  #note({ $ref }: JsonObject, names: Set<string>): void {
    if (typeof $ref !== 'string') return
    const schema = /^#\/components\/schemas\/([^/]+)/.exec($ref)?.[1]
    if (schema !== undefined) {
      names.add(decode(schema))
      return
    }
    let shared = this.#shared.get($ref)
    if (!shared) {
      // Kept before it is known: what refers to itself must end.
      this.#shared.set($ref, new Set())
      shared = this.namesIn([this.#schemas.target({ $ref })])
      this.#shared.set($ref, shared)
    }
    for (const name of shared) names.add(name)
  }
}

/** Keys whose values are data, or operations of their own. */
const data = new Set(['example', 'examples', 'default', 'const', 'enum', 'callbacks'])

function decode(step: string): string {
  const unescaped = step.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(unescaped)
  } catch {
    return unescaped
  }
}
