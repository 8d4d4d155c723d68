import { child, isObject, type OpenApiDocument } from '../../src/document/index.ts'

/** A fact of the document that a reader must be able to find. */
export type Fact =
  | { kind: 'status' | 'parameter' | 'header' | 'property'; text: string }
  /** A value as the document gives it; `isJson` where it is written as JSON. */
  | { kind: 'example'; value: unknown; isJson: boolean }

/** What has a page of its own, and all that must be found there or on the schemas it leads to. */
export interface PageFacts {
  /** `GET /pets/{id}`, `webhook petBorn POST`, `callback onAdopted POST`. */
  owner: string
  facts: Fact[]
}

const fixed = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/**
 * Parameters, status codes, headers, property names and examples of every operation, webhook and
 * callback, read from the document itself: nothing of what makes the pages takes part.
 */
export function* factsOf(document: OpenApiDocument): Generator<PageFacts> {
  const { paths } = document.json
  const webhooks = {
    ...entriesObject(document.json['x-webhooks']),
    ...entriesObject(document.json.webhooks),
  }
  for (const [path, item] of entries(paths)) {
    if (path.startsWith('x-')) continue
    yield* operationsIn(document, item, (method) => `${method} ${path}`)
  }
  for (const [name, item] of entries(webhooks)) {
    yield* operationsIn(document, item, (method) => `webhook ${name} ${method}`)
  }
}

function* operationsIn(
  document: OpenApiDocument,
  rawItem: unknown,
  nameOf: (method: string) => string,
): Generator<PageFacts> {
  const item = follow(document, rawItem)
  if (child(item, 'x-internal') === true) return
  const operations = [
    ...fixed.map((method) => [method.toUpperCase(), child(item, method)] as const),
    ...entries(child(item, 'additionalOperations')),
  ]
  for (const [method, operation] of operations) {
    if (!isObject(operation) || child(operation, 'x-internal') === true) continue
    yield { owner: nameOf(method), facts: [...new Collector(document).all(item, operation)] }
    for (const [name, rawCallback] of entries(child(operation, 'callbacks'))) {
      for (const [expression, callback] of entries(follow(document, rawCallback))) {
        if (expression.startsWith('x-')) continue
        yield* operationsIn(document, callback, (of) => `callback ${name} ${of}`)
      }
    }
  }
}

/** Keywords that hold a schema, a list of schemas, and schemas by name. */
const single = [
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
]
const listed = ['allOf', 'oneOf', 'anyOf', 'prefixItems']
const named = ['patternProperties', 'dependentSchemas']

class Collector {
  readonly #document: OpenApiDocument
  readonly #seen = new Set<unknown>()

  constructor(document: OpenApiDocument) {
    this.#document = document
  }

  *all(item: unknown, operation: unknown): Generator<Fact> {
    const parameters = [...list(child(item, 'parameters')), ...list(child(operation, 'parameters'))]
    const restated = new Map(
      parameters.map((raw) => {
        const parameter = follow(this.#document, raw)
        return [`${child(parameter, 'in')} ${child(parameter, 'name')}`, parameter]
      }),
    )
    for (const parameter of restated.values()) yield* this.#parameter(parameter)
    for (const [status, raw] of entries(child(operation, 'responses'))) {
      if (status.startsWith('x-')) continue
      yield { kind: 'status', text: status === 'default' ? 'Any other' : status }
      const response = follow(this.#document, raw)
      for (const [name, header] of entries(child(response, 'headers'))) {
        // OpenAPI lets this one be ignored: it is the media type.
        if (/^content-type$/i.test(name)) continue
        yield { kind: 'header', text: name }
        yield* this.#described(follow(this.#document, header), 'writeOnly')
      }
      yield* this.#content(child(response, 'content'), 'writeOnly')
    }
    // What only one of both directions shows is looked for in each.
    this.#seen.clear()
    const body = follow(this.#document, child(operation, 'requestBody'))
    yield* this.#content(child(body, 'content'), 'readOnly')
  }

  *#parameter(parameter: unknown): Generator<Fact> {
    const name = child(parameter, 'name')
    if (typeof name !== 'string') return
    // OpenAPI says that these are ignored: they are settled elsewhere.
    const isHeader = child(parameter, 'in') === 'header'
    if (isHeader && /^(?:accept|content-type|authorization)$/i.test(name)) return
    yield { kind: 'parameter', text: name }
    // How it is written depends on its style: the words of single values are looked for.
    for (const example of this.#examples(parameter)) {
      for (const value of leaves(example)) yield { kind: 'example', value, isJson: false }
    }
    yield* this.#described({ ...(isObject(parameter) ? parameter : {}), examples: {} }, 'readOnly')
  }

  *#described(holder: unknown, hidden: string): Generator<Fact> {
    yield* this.#schema(child(holder, 'schema'), hidden)
    for (const [, media] of entries(child(holder, 'content'))) {
      yield* this.#schema(child(follow(this.#document, media), 'schema'), hidden)
    }
  }

  *#content(content: unknown, hidden: string): Generator<Fact> {
    for (const [type, raw] of entries(content)) {
      const media = follow(this.#document, raw)
      yield* this.#schema(child(media, 'schema'), hidden)
      yield* this.#schema(child(media, 'itemSchema'), hidden)
      const isJson = /[/+]json\b/i.test(type)
      for (const value of this.#examples(media)) {
        if (isJson) yield { kind: 'example', value, isJson }
        else for (const leaf of leaves(value)) yield { kind: 'example', value: leaf, isJson }
      }
    }
  }

  /** Values and addresses of the named examples, or the only one: a document gives one or the other. */
  *#examples(holder: unknown): Generator<unknown> {
    const examples = Object.values(entriesObject(child(holder, 'examples')))
    for (const raw of examples) {
      const example = follow(this.#document, raw)
      const value =
        child(example, 'serializedValue') ??
        child(example, 'value') ??
        child(example, 'dataValue') ??
        child(example, 'externalValue')
      if (value !== undefined) yield value
    }
    const only = child(holder, 'example')
    if (examples.length === 0 && only !== undefined) yield only
  }

  *#schema(raw: unknown, hidden: string): Generator<Fact> {
    if (!isObject(raw) || this.#seen.has(raw)) return
    this.#seen.add(raw)
    const target = follow(this.#document, raw)
    if (target !== raw) yield* this.#schema(target, hidden)
    for (const [name, property] of entries(child(raw, 'properties'))) {
      if (this.#isHidden(property, hidden)) continue
      yield { kind: 'property', text: name }
      yield* this.#schema(property, hidden)
    }
    for (const value of [child(raw, 'example'), ...list(child(raw, 'examples'))]) {
      // A reference is no example, wherever an author puts one.
      if (value !== undefined && child(value, '$ref') === undefined)
        yield { kind: 'example', value, isJson: true }
    }
    for (const key of single) yield* this.#schema(child(raw, key), hidden)
    for (const key of listed) {
      for (const part of list(child(raw, key))) yield* this.#schema(part, hidden)
    }
    for (const key of named) {
      for (const [, part] of entries(child(raw, key))) yield* this.#schema(part, hidden)
    }
  }

  /** True for what is left out of this direction, by itself or by what it is made of. */
  #isHidden(raw: unknown, hidden: string): boolean {
    const seen = new Set<unknown>()
    const waiting = [raw]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      if (child(at, hidden) === true || child(at, 'x-internal') === true) return true
      waiting.push(...list(child(at, 'allOf')))
      const target = follow(this.#document, at)
      if (target !== at) waiting.push(target)
    }
    return false
  }
}

function follow(document: OpenApiDocument, raw: unknown): unknown {
  const ref = child(raw, '$ref')
  return typeof ref === 'string' ? document.resolve(ref) : raw
}

function entriesObject(value: unknown): { readonly [key: string]: unknown } {
  return isObject(value) ? value : {}
}

function entries(value: unknown): [string, unknown][] {
  return Object.entries(entriesObject(value))
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The plain values inside one. */
function leaves(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  return Object.values(value).flatMap(leaves)
}
