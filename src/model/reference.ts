import { child, isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'
import { linkOf, text } from './field.ts'
import type { Reference } from './operation.ts'
import { OperationReader } from './operation-reader.ts'
import { Problems } from './problem.ts'
import { readSchemaPages } from './schema-page.ts'
import { SecuritySchemes } from './security.ts'
import { readServers, serverUrl } from './server.ts'
import { Schemas } from './settled-schema.ts'
import { operationsOf, Tags } from './tag.ts'

/**
 * Reads everything the pages show from an OpenAPI document. Parameters, bodies and answers of an
 * operation are worked out when they are looked at, and again later: hold the operation's page, not
 * all of them.
 *
 * @throws {DocumentError} Two addresses clash, or the document names a security scheme or an error
 * code that it does not define.
 */
export function readReference(document: OpenApiDocument): Reference {
  const { json } = document
  const info = child(json, 'info')
  const title = text(child(info, 'title')) || 'API'
  const schemas = new Schemas(document)
  const security = new SecuritySchemes(schemas, title)
  const problems = new Problems(schemas)
  const addresses = new Addresses(document)
  const tags = new Tags(document, addresses.claim)
  const reader = new OperationReader({ schemas, security, problems, tags, claim: addresses.claim })
  reader.readAll()

  const ordered = tags.inOrder()
  const operations = operationsOf(ordered)
  const servers = Array.isArray(json.servers) ? json.servers : []
  return {
    title,
    version: text(child(info, 'version')),
    summary: text(child(info, 'summary')),
    description: text(child(info, 'description')),
    ...aboutOf(info),
    ...linkOf(json.externalDocs),
    servers: servers.map((server) => ({
      url: serverUrl(server),
      description: text(child(server, 'description')),
    })),
    serverDescriptions: readServers(servers),
    tags: ordered,
    operations,
    events: ordered.flatMap(({ events }) => events),
    schemas: readSchemaPages(schemas, reader.readings),
    problems: problems.all,
    scopes: security.asked(operations.flatMap((operation) => operation.security)),
  }
}

/** Who stands behind the API, and on what terms. */
function aboutOf(info: unknown): Pick<Reference, 'contact' | 'license' | 'termsOfService'> {
  const contact = child(info, 'contact')
  const license = child(info, 'license')
  const terms = text(child(info, 'termsOfService'))
  return {
    ...(isObject(contact) && { contact: fields(contact, ['name', 'url', 'email']) }),
    ...(isObject(license) && { license: fields(license, ['name', 'url', 'identifier']) }),
    ...(terms !== '' && { termsOfService: terms }),
  }
}

function fields<K extends string>(raw: JsonObject, names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, text(raw[name])])) as Record<K, string>
}

/** Addresses of pages, each taken once. */
class Addresses {
  readonly #document: OpenApiDocument
  readonly #taken = new Map<string, { words: string; steps: readonly string[] }>()

  constructor(document: OpenApiDocument) {
    this.#document = document
  }

  /** @throws {DocumentError} `slug_clash`. */
  readonly claim = (href: string, words: string, steps: readonly string[]): void => {
    const other = this.#taken.get(href)
    if (!other) {
      this.#taken.set(href, { words, steps })
      return
    }
    const { file, line } = this.#document.locate(other.steps)
    throw this.#document.error(
      'slug_clash',
      steps,
      `${words[0]?.toUpperCase()}${words.slice(1)} and ${other.words} (${file}:${line}) would both be the page ${href}.`,
      'Rename one of them.',
    )
  }
}
