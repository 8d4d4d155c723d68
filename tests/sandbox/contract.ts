import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type OpenApiDocument, readDocument } from '../../src/document/index.ts'

interface Described {
  id: string
  method: string
  path: string
  responses: Record<string, ResponseObject>
}

interface ResponseObject {
  headers?: Record<string, { required?: boolean; schema?: object }>
  content?: Record<string, { schema?: object }>
}

interface Contract {
  document: OpenApiDocument
  operations: Map<string, Described>
  ajv: Ajv2020
  checks: WeakMap<object, ValidateFunction>
}

let contract: Promise<Contract> | undefined

/** Every operation of the OpenAPI document, by `operationId`. */
export async function describedOperations(): Promise<Map<string, Described>> {
  contract ??= readContract()
  return (await contract).operations
}

/** @returns The operation that a request of this method and path is for. */
export async function operationFor(method: string, path: string): Promise<string | undefined> {
  const bare = path.replace(/\?.*$/, '').replace(/^\/v1/, '')
  const found = [...(await describedOperations()).values()]
    // A fixed path wins over one with a parameter.
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)
    .find(
      (operation) =>
        operation.method === method.toUpperCase() &&
        new RegExp(`^${operation.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(bare),
    )
  return found?.id
}

/**
 * Holds an answer against the OpenAPI document: its status must be described, its media type and
 * body must be what is described for it, and every header described for it must be well-formed.
 *
 * @throws {Error} What does not agree, with the body.
 */
export async function checkAnswer(operationId: string, response: Response): Promise<void> {
  contract ??= readContract()
  const { operations, document, ajv, checks } = await contract
  const operation = operations.get(operationId)
  if (!operation) throw new Error(`The document has no operation ${operationId}`)
  const text = await response.clone().text()
  const about = `${operationId} ${response.status}: ${text.slice(0, 600)}`
  const described = operation.responses[response.status]
  if (!described) throw new Error(`Undescribed status. ${about}`)
  const answer = resolve(document, described) as ResponseObject
  const check = (schema: object, value: unknown, what: string) => {
    const compiled = checks.get(schema) ?? ajv.compile(rebase(schema) as object)
    checks.set(schema, compiled)
    if (compiled(value)) return
    throw new Error(`${what} does not fit: ${ajv.errorsText(compiled.errors)}. ${about}`)
  }
  for (const [name, header] of Object.entries(answer.headers ?? {})) {
    const { required, schema } = resolve(document, header) as { required?: boolean; schema: object }
    const value = response.headers.get(name)
    if (value === null) {
      if (required) throw new Error(`The header ${name} is missing. ${about}`)
      continue
    }
    const isNumber = (schema as { type?: string }).type === 'integer'
    check(schema, isNumber ? Number(value) : value, `The header ${name}`)
  }
  const [[mediaType, media] = []] = Object.entries(answer.content ?? {})
  if (!mediaType) {
    if (text !== '') throw new Error(`A body where none is described. ${about}`)
    return
  }
  const sent = response.headers.get('content-type')?.split(';')[0]
  if (sent !== mediaType) throw new Error(`Sent as ${sent}, described as ${mediaType}. ${about}`)
  if (media?.schema) check(media.schema, JSON.parse(text), 'The body')
}

const documentId = 'https://tests.invalid/openapi'

async function readContract(): Promise<Contract> {
  const document = await readDocument('openapi/openapi.yaml')
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
  addFormats.default(ajv)
  ajv.addSchema(document.json, documentId)
  const operations = new Map<string, Described>()
  for (const [path, item] of Object.entries(document.json.paths as object)) {
    for (const [method, operation] of Object.entries(item as object)) {
      const { operationId: id, responses } = operation as Described & { operationId?: string }
      if (id) operations.set(id, { id, path, method: method.toUpperCase(), responses })
    }
  }
  return { document, operations, ajv, checks: new WeakMap() }
}

function resolve(document: OpenApiDocument, value: object): unknown {
  return '$ref' in value && typeof value.$ref === 'string' ? document.resolve(value.$ref) : value
}

/** References inside a schema lead into the document it was taken from. */
function rebase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' && member.startsWith('#')
        ? documentId + member
        : rebase(member),
    ]),
  )
}
