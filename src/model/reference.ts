import { child, isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'
import { Anchors } from './anchor.ts'
import { readRequestBody, readResponses } from './body.ts'
import { withLazy } from './lazy.ts'
import type {
  Operation,
  Parameter,
  Reference,
  RequestBodyDescription,
  ResponseDescription,
  Tag,
} from './operation.ts'
import { listOf, readParameters, text } from './parameter.ts'
import { Problems } from './problem.ts'
import { SecuritySchemes } from './security.ts'
import { Schemas } from './settled-schema.ts'
import { kebabCase, slugOfPath, titleCase } from './slug.ts'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/**
 * Reads everything the pages show from an OpenAPI document. Parameters, bodies and answers of an
 * operation are worked out when they are looked at, and again later: hold the operation's page, not
 * all of them.
 *
 * @throws {DocumentError} Two addresses clash, or the document names a security scheme or an error
 * code that it does not define.
 */
export function readReference(document: OpenApiDocument): Reference {
  return new ReferenceReader(document).read()
}

class ReferenceReader {
  readonly #document: OpenApiDocument
  readonly #schemas: Schemas
  readonly #security: SecuritySchemes
  readonly #problems: Problems
  readonly #title: string
  readonly #tags = new Map<string, Tag>()
  /** What has an address already, with its place. */
  readonly #addresses = new Map<string, { words: string; steps: readonly string[] }>()

  constructor(document: OpenApiDocument) {
    this.#document = document
    this.#schemas = new Schemas(document)
    this.#title = text(child(child(document.json, 'info'), 'title')) || 'API'
    this.#security = new SecuritySchemes(this.#schemas, this.#title)
    this.#problems = new Problems(this.#schemas)
  }

  read(): Reference {
    const { json } = this.#document
    const info = child(json, 'info')
    this.#readTags()
    const paths = child(json, 'paths')
    for (const [path, item] of Object.entries(isObject(paths) ? paths : {})) {
      if (path.startsWith('x-') || !isObject(item)) continue
      for (const method of methods) {
        const raw = item[method]
        if (isObject(raw) && raw['x-internal'] !== true) this.#addOperation(path, method, item, raw)
      }
    }
    const tags = [...this.#tags.values()].filter(({ operations }) => operations.length > 0)
    const operations = tags.flatMap((tag) => tag.operations)
    return {
      title: this.#title,
      version: text(child(info, 'version')),
      description: text(child(info, 'description')),
      servers: listOf(child(json, 'servers')).map((server) => ({
        url: serverUrl(server),
        description: text(child(server, 'description')),
      })),
      tags,
      operations,
      problems: this.#problems.all,
      scopes: this.#security.asked(operations.flatMap(({ security }) => security)),
    }
  }

  #readTags(): void {
    for (const [index, raw] of listOf(this.#document.json.tags).entries()) {
      const name = text(child(raw, 'name'))
      if (name !== '' && !this.#tags.has(name)) this.#addTag(name, raw, ['tags', String(index)])
    }
  }

  #addTag(name: string, raw: unknown, steps: readonly string[]): Tag {
    const slug = kebabCase(name) || 'other'
    const href = `/reference/${slug}/`
    this.#claim(href, `the tag "${name}"`, steps)
    const tag: Tag = {
      name,
      slug,
      title: text(child(raw, 'x-displayName')) || text(child(raw, 'summary')) || titleCase(name),
      description: text(child(raw, 'description')),
      href,
      operations: [],
    }
    this.#tags.set(name, tag)
    return tag
  }

  #addOperation(path: string, method: string, item: JsonObject, raw: JsonObject): void {
    const steps = ['paths', path, method]
    const tagName = text(listOf(raw.tags)[0]) || 'other'
    const tag = this.#tags.get(tagName) ?? this.#addTag(tagName, undefined, steps)
    const id = text(raw.operationId) || `${method.toUpperCase()} ${path}`
    const slug = kebabCase(text(raw.operationId)) || slugOfPath(method, path)
    const href = `${tag.href}${slug}/`
    this.#claim(href, `the operation ${id}`, steps)
    this.#problems.note(id, raw.responses, steps)
    tag.operations.push(this.#operation({ id, slug, tag: tag.slug, href, path, method, item, raw }))
  }

  #operation(found: Found): Operation {
    const { id, slug, tag, href, path, method, item, raw } = found
    const { json } = this.#document
    const steps = ['paths', path, method]
    const own = raw.security !== undefined
    const security = this.#security.alternatives(
      own ? raw.security : json.security,
      own ? [...steps, 'security'] : ['security'],
    )
    const server = [raw, item, json].flatMap(({ servers }) => listOf(servers))[0]
    const operation = {
      id,
      slug,
      tag,
      href,
      method: method.toUpperCase(),
      path,
      server: serverUrl(server),
      summary:
        text(raw.summary) ||
        text(item.summary) ||
        (text(raw.operationId) ? id : `${method.toUpperCase()} ${path}`),
      description: text(raw.description) || text(item.description),
      deprecated: raw.deprecated === true,
      security,
      credentials: this.#security.credentials(security),
      ...confirmOf(raw),
      ...externalDocsOf(raw),
    }
    return this.#withParts(operation, found)
  }

  /** Adds what takes time and memory, to be worked out when it is looked at. */
  #withParts(operation: Omit<Operation, LazyPart>, found: Found): Operation {
    const { path, method, item, raw } = found
    const steps = ['paths', path, method]
    const withParameters = withLazy(operation, 'parameters', (): Parameter[] =>
      readParameters(path, item.parameters, raw.parameters, this.#schemas, new Anchors(), steps),
    )
    const withResponses = withLazy(withParameters, 'responses', (): ResponseDescription[] =>
      readResponses(raw.responses, this.#schemas, new Anchors(), (response) =>
        this.#problems.of(response),
      ),
    )
    if (raw.requestBody === undefined) return withResponses
    return withLazy(
      withResponses,
      'requestBody',
      (): RequestBodyDescription => readRequestBody(raw.requestBody, this.#schemas, new Anchors()),
    )
  }

  /** @throws {DocumentError} `slug_clash`. */
  #claim(href: string, words: string, steps: readonly string[]): void {
    const other = this.#addresses.get(href)
    if (!other) {
      this.#addresses.set(href, { words, steps })
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

type LazyPart = 'parameters' | 'responses' | 'requestBody'

interface Found {
  id: string
  slug: string
  tag: string
  href: string
  path: string
  /** Lower case. */
  method: string
  item: JsonObject
  raw: JsonObject
}

function confirmOf(raw: JsonObject): { confirm?: string } {
  const confirm = text(raw['x-confirm'])
  return confirm === '' ? {} : { confirm }
}

function externalDocsOf(raw: JsonObject): Pick<Operation, 'externalDocs'> {
  const url = text(child(raw.externalDocs, 'url'))
  if (url === '') return {}
  return { externalDocs: { url, description: text(child(raw.externalDocs, 'description')) } }
}

/** URL of a server with the defaults of its variables, without a slash at the end. */
function serverUrl(server: unknown): string {
  const variables = child(server, 'variables')
  return text(child(server, 'url'))
    .replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const value = child(child(variables, name), 'default')
      return typeof value === 'string' || typeof value === 'number' ? String(value) : whole
    })
    .replace(/\/+$/, '')
}
