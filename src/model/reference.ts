import {
  child,
  type DocumentError,
  isObject,
  type JsonObject,
  limits,
  type OpenApiDocument,
} from '../document/index.ts'
import { linkOf, text } from './field.ts'
import { gapsOf } from './gap.ts'
import type { Reference } from './operation.ts'
import { OperationReader } from './operation-reader.ts'
import { Problems } from './problem.ts'
import { readSchemaPages } from './schema-page.ts'
import { SecuritySchemes } from './security.ts'
import { describeSchemes } from './security-scheme.ts'
import { readServers, serverUrl } from './server.ts'
import { Schemas } from './settled-schema.ts'
import { type Claim, operationsOf, Tags } from './tag.ts'

/**
 * Reads everything the pages show from an OpenAPI document. Parameters, bodies and answers of an
 * operation are worked out when they are looked at, and again later: hold the operation's page, not
 * all of them.
 *
 * @throws {DocumentError} The document names a security scheme or an error code that it does not
 * define, and is not read leniently.
 */
export function readReference(document: OpenApiDocument): Reference {
  const { json } = document
  const info = child(json, 'info')
  const title = text(child(info, 'title')) || 'API'
  const schemas = new Schemas(document)
  const security = new SecuritySchemes(schemas, title)
  const problems = new Problems(schemas)
  const addresses = new Addresses(document, limits.pages - schemas.addresses.length)
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
    securitySchemes: describeSchemes(schemas),
    ...linkRootOf(json, info),
    get gaps() {
      return gapsOf(document.problems)
    },
    scopes: security.asked(operations.flatMap((operation) => operation.security)),
  }
}

/** A document says where it lies; without that, its words are meant from where its handbook is. */
function linkRootOf(json: JsonObject, info: unknown): { linkRoot?: string } {
  const externalDocs = child(json.externalDocs, 'url')
  const candidates = [json.$self, externalDocs, child(info, 'termsOfService')]
  const root = candidates.find((one) => typeof one === 'string' && /^https?:\/\//i.test(one))
  return typeof root === 'string' && URL.canParse(root) ? { linkRoot: root } : {}
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
  readonly #most: number
  readonly #taken = new Map<string, { words: string; steps: readonly string[] }>()

  /** @param most How many there may be. */
  constructor(document: OpenApiDocument, most: number) {
    this.#document = document
    this.#most = most
  }

  /** @throws {DocumentError} `too_large`: one page more than `limits` allow. */
  readonly claim: Claim = (folder, slugs, words, steps) => {
    if (this.#taken.size >= this.#most) throw tooManyPages(this.#document, steps)
    const [wanted = ''] = slugs
    const isFree = (slug: string): boolean => !this.#taken.has(folder + slug)
    const slug = slugs.find(isFree) ?? numbered(wanted).find(isFree) ?? wanted
    const other = this.#taken.get(folder + wanted)
    if (other) {
      const { file, line } = this.#document.locate(other.steps)
      const first = `${words[0]?.toUpperCase()}${words.slice(1)}`
      const message = `${first} and ${other.words} (${file}:${line}) would both be the page ${folder}${wanted}/; this one is ${slug}/.`
      this.#document.warn('slug_clash', steps, message)
    }
    this.#taken.set(folder + slug, { words, steps })
    return slug
  }
}

function tooManyPages(document: OpenApiDocument, steps: readonly string[]): DocumentError {
  return document.error(
    'too_large',
    steps,
    `The reference of this document would have more than ${limits.pages} pages.`,
    'Leave out what it does not need, or build it in parts.',
  )
}

function* numbered(slug: string): Generator<string> {
  for (let number = 2; ; number += 1) yield `${slug}-${number}`
}
