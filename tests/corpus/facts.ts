import { child, isObject, type OpenApiDocument } from '../../src/document/index.ts'

/** A fact of the document that a reader must be able to find, and on whose page. */
export interface Fact {
  kind: 'status' | 'property' | 'example'
  /** Pointer of what it belongs to. */
  operation: string
  text: string
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])

/** Values of one example that are looked for: large ones are shown whole or not at all. */
const mostValues = 100

/** Status codes, property names and example values of every operation. */
export function* factsOf(document: OpenApiDocument): Generator<Fact> {
  const { paths } = document.json
  for (const [path, item] of Object.entries(isObject(paths) ? paths : {})) {
    for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
      if (!methods.has(method) || child(operation, 'x-internal') === true) continue
      const name = `${method.toUpperCase()} ${path}`
      for (const fact of new OperationFacts(document, operation).all()) {
        yield { operation: name, ...fact }
      }
    }
  }
}

type Found = Omit<Fact, 'operation'>

class OperationFacts {
  readonly #document: OpenApiDocument
  readonly #operation: unknown
  readonly #seen = new Set<unknown>()

  constructor(document: OpenApiDocument, operation: unknown) {
    this.#document = document
    this.#operation = operation
  }

  *all(): Generator<Found> {
    const responses = child(this.#operation, 'responses')
    for (const [status, raw] of Object.entries(isObject(responses) ? responses : {})) {
      if (status.startsWith('x-')) continue
      yield { kind: 'status', text: status === 'default' ? 'Any other' : status }
      yield* this.#media(child(this.#follow(raw), 'content'), 'writeOnly')
    }
    const body = this.#follow(child(this.#operation, 'requestBody'))
    yield* this.#media(child(body, 'content'), 'readOnly')
  }

  *#media(content: unknown, hidden: string): Generator<Found> {
    for (const raw of Object.values(isObject(content) ? content : {})) {
      const media = this.#follow(raw)
      yield* this.#properties(child(media, 'schema'), hidden)
      const examples = child(media, 'examples')
      const values = Object.values(isObject(examples) ? examples : {}).map((example) =>
        child(this.#follow(example), 'value'),
      )
      for (const value of [child(media, 'example'), ...values]) yield* exampleFacts(value)
    }
  }

  *#properties(raw: unknown, hidden: string): Generator<Found> {
    const schema = this.#follow(raw)
    if (!isObject(schema) || this.#seen.has(schema)) return
    this.#seen.add(schema)
    const properties = child(schema, 'properties')
    for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
      if (child(this.#follow(property), hidden) === true) continue
      yield { kind: 'property', text: name }
      yield* this.#properties(property, hidden)
    }
    for (const key of ['items', 'additionalProperties']) {
      yield* this.#properties(child(schema, key), hidden)
    }
    for (const key of ['allOf', 'oneOf', 'anyOf']) {
      const members = child(schema, key)
      for (const member of Array.isArray(members) ? members : []) {
        yield* this.#properties(member, hidden)
      }
    }
  }

  #follow(raw: unknown): unknown {
    const ref = child(raw, '$ref')
    return typeof ref === 'string' ? this.#document.resolve(ref) : raw
  }
}

function* exampleFacts(value: unknown): Generator<Found> {
  let count = 0
  const waiting = [value]
  for (let at = waiting.pop(); at !== undefined && count < mostValues; at = waiting.pop()) {
    if (typeof at === 'string' && at.length > 2 && at.length < 500) {
      count += 1
      yield { kind: 'example', text: at }
    } else if (typeof at === 'object' && at !== null) waiting.push(...Object.values(at))
  }
}
