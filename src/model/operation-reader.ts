import { child, isObject, type JsonObject } from '../document/index.ts'
import { Anchors } from './anchor.ts'
import { readRequestBody, readResponses } from './body.ts'
import { readCallbacks } from './callback.ts'
import { linkOf, listOf, text } from './field.ts'
import { gapsOf } from './gap.ts'
import { withLazy } from './lazy.ts'
import type {
  EventDescription,
  Gap,
  Operation,
  Parameter,
  RequestBodyDescription,
  ResponseDescription,
  Tag,
} from './operation.ts'
import { readParameters, resolved } from './parameter.ts'
import type { Problems } from './problem.ts'
import type { Reading } from './schema-page.ts'
import type { SecuritySchemes } from './security.ts'
import { readServers, serverUrl } from './server.ts'
import type { Schemas } from './settled-schema.ts'
import { kebabCase, slugOfPath } from './slug.ts'
import type { Claim, Tags } from './tag.ts'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/** Tag of webhooks that have none of their own. */
const webhookTag = 'webhooks'

interface Parts {
  schemas: Schemas
  security: SecuritySchemes
  problems: Problems
  tags: Tags
  claim: Claim
}

/** An operation where it stands in the document. */
interface Found {
  /** Method in the document's letters. */
  method: string
  /** Path, name of a webhook, or address of a callback. */
  path: string
  item: JsonObject
  raw: JsonObject
  steps: readonly string[]
  event?: EventDescription
}

/** Reads the operations of a document into its tags: calls, webhooks, callbacks. */
export class OperationReader {
  readonly #parts: Parts

  readonly #byId = new Map<string, Operation>()

  /** What was read, with its words in the document. */
  readonly readings: Reading[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  readAll(): void {
    const { json } = this.#parts.schemas.document
    for (const found of this.#operationsIn(json.paths, ['paths'])) this.#addCall(found)
    for (const section of ['webhooks', 'x-webhooks']) {
      for (const found of this.#operationsIn(json[section], [section])) {
        const event: EventDescription = { kind: 'webhook', name: found.path }
        this.#addEvent({ ...found, event }, '')
      }
    }
  }

  *#operationsIn(items: unknown, steps: readonly string[]): Generator<Found> {
    for (const [path, entry] of Object.entries(isObject(items) ? items : {})) {
      if (path.startsWith('x-')) continue
      const item = resolved(entry, this.#parts.schemas)
      if (item['x-internal'] === true) continue
      yield* operationsOfItem(item, path, [...steps, path])
    }
  }

  #addCall(found: Found): void {
    const { tags, claim, problems } = this.#parts
    const { raw, path, method, steps } = found
    const names = listOf(raw.tags).map(text).filter(Boolean)
    const tag = tags.homeOf(names, steps)
    const id = text(raw.operationId) || `${method.toUpperCase()} ${path}`
    const slugs = [kebabCase(text(raw.operationId)), slugOfPath(method, path)].filter(Boolean)
    const slug = claim(tag.href, slugs, `the operation ${id}`, steps)
    const href = `${tag.href}${slug}/`
    problems.note(id, raw.responses, steps)
    const operation = this.#operation(found, { id, slug, tag, href, names })
    tag.operations.push(operation)
    for (const name of new Set(names)) {
      const other = tags.named(name, steps)
      if (other !== tag) other.also.push(operation)
    }
    for (const { event, inside, item, key } of readCallbacks(found, operation, this.#parts)) {
      for (const call of operationsOfItem(item, event.expression ?? '', inside)) {
        const made = this.#addEvent({ ...call, event }, `${slug}-${kebabCase(key)}`, tag)
        operation.callbacks.push({
          name: event.name,
          expression: event.expression ?? '',
          method: made.method,
          summary: made.summary,
          href: made.href,
        })
      }
    }
  }

  #addEvent(found: Found & { event: EventDescription }, prefix: string, home?: Tag): Operation {
    const { tags, claim } = this.#parts
    const { raw, method, steps, event } = found
    const names = listOf(raw.tags).map(text).filter(Boolean)
    const tag = home ?? tags.homeOf(names, steps, webhookTag)
    const own = kebabCase(text(raw.operationId))
    const named = prefix || kebabCase(event.name)
    const byName = method === 'post' ? named : `${named}-${kebabCase(method)}`
    const slugs = [own, byName].filter(Boolean)
    const slug = claim(tag.href, slugs, `the ${event.kind} ${event.name}`, steps)
    const href = `${tag.href}${slug}/`
    const id = text(raw.operationId) || `${event.kind} ${method.toUpperCase()} ${event.name}`
    const operation = this.#operation(found, { id, slug, tag, href, names })
    tag.events.push(operation)
    return operation
  }

  #operation(
    found: Found,
    place: { id: string; slug: string; tag: Tag; href: string; names: readonly string[] },
  ): Operation {
    const { method, path, item, raw, steps, event } = found
    const { id, slug, tag, href, names } = place
    const { json } = this.#parts.schemas.document
    const own = raw.security !== undefined
    // Who receives a webhook is not let in by the API's own doors.
    const security = this.#parts.security.alternatives(
      own ? raw.security : event ? [] : json.security,
      own ? [...steps, 'security'] : ['security'],
      own ? steps : undefined,
    )
    const servers = [raw.servers, item.servers, json.servers].map(listOf)
    const level = servers.findIndex((list) => list.length > 0)
    const title = method === method.toLowerCase() ? method.toUpperCase() : method
    const operation = {
      id,
      slug,
      tag: tag.slug,
      otherTags: [...new Set(names)]
        .map((name) => this.#parts.tags.named(name, steps).slug)
        .filter((other) => other !== tag.slug),
      href,
      method: title,
      path,
      server: event ? '' : serverUrl(servers[level]?.[0]),
      summary:
        titleOf(raw.summary) ||
        titleOf(item.summary) ||
        (text(raw.operationId) ? id : event ? event.name : `${title} ${path}`),
      description: [
        text(raw.description),
        ...[raw.summary, item.summary].filter((words) => titleOf(words) === '').map(text),
        text(item.description),
      ]
        .filter(Boolean)
        .join('\n\n'),
      deprecated: raw.deprecated === true,
      security,
      securityStated: own || json.security !== undefined,
      credentials: event ? [] : this.#parts.security.credentials(security),
      servers: event ? [] : readServers(servers[level] ?? []),
      serversOf: (['operation', 'path', 'document'] as const)[level] ?? 'document',
      callbacks: [],
      samples: samplesOf(raw),
      ...(event && { event }),
      ...confirmOf(raw),
      ...linkOf(raw.externalDocs),
    }
    const complete = this.#withParts(operation, found)
    this.readings.push({ operation: complete, raw: [raw, item.parameters] })
    if (text(raw.operationId)) this.#byId.set(text(raw.operationId), complete)
    this.#byId.set(pointerTo(steps), complete)
    return complete
  }

  /** Adds what takes time and memory, to be worked out when it is looked at. */
  #withParts(operation: Omit<Operation, LazyPart>, found: Found): Operation {
    const { path, item, raw, steps, event } = found
    const { schemas, problems } = this.#parts
    const withParameters = withLazy(operation, 'parameters', (): Parameter[] =>
      readParameters(
        // An address made of what was sent has no parameters of its own.
        event ? '' : path,
        item.parameters,
        raw.parameters,
        schemas,
        new Anchors(),
        steps,
      ),
    )
    const withResponses = withLazy(withParameters, 'responses', (): ResponseDescription[] =>
      readResponses(
        raw.responses,
        schemas,
        new Anchors(),
        (response) => problems.of(response),
        (named) => this.#byId.get(named),
      ),
    )
    const withBody =
      raw.requestBody === undefined
        ? withResponses
        : withLazy(
            withResponses,
            'requestBody',
            (): RequestBodyDescription => readRequestBody(raw.requestBody, schemas, new Anchors()),
          )
    // Last, because working out the others may find some.
    return withLazy(withBody, 'gaps', (): Gap[] => gapsOf(schemas.document.problemsOf(steps)))
  }
}

/** `#/paths/~1pets/get`, as links name an operation. */
function pointerTo(steps: readonly string[]): string {
  return `#/${steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`
}

type LazyPart = 'parameters' | 'responses' | 'requestBody' | 'gaps'

function* operationsOfItem(
  item: JsonObject,
  path: string,
  steps: readonly string[],
): Generator<Found> {
  for (const method of methods) {
    const raw = item[method]
    if (isObject(raw) && raw['x-internal'] !== true) {
      yield { method, path, item, raw, steps: [...steps, method] }
    }
  }
  // OpenAPI 3.2 lets a document bring methods of its own, in their exact letters.
  const more = item.additionalOperations
  for (const [method, raw] of Object.entries(isObject(more) ? more : {})) {
    if (isObject(raw) && raw['x-internal'] !== true) {
      yield { method, path, item, raw, steps: [...steps, 'additionalOperations', method] }
    }
  }
}

function samplesOf(raw: JsonObject): Operation['samples'] {
  const listed = listOf(raw['x-codeSamples'] ?? raw['x-code-samples'])
  return listed.flatMap((sample) => {
    const source = text(child(sample, 'source'))
    const lang = text(child(sample, 'lang'))
    return source === '' ? [] : [{ lang, label: text(child(sample, 'label')) || lang, source }]
  })
}

function confirmOf(raw: JsonObject): { confirm?: string } {
  const confirm = text(raw['x-confirm'])
  return confirm === '' ? {} : { confirm }
}

/** Characters that fit a heading and a menu. */
const longestTitle = 150

/** A summary as a title; one of several lines, or a longer one, is a description in the wrong place. */
function titleOf(summary: unknown): string {
  const words = text(summary)
  return words.length > longestTitle || /\n\s*\S/.test(words) ? '' : words
}
