import { isObject, type JsonObject } from '../../document/json-value.ts'
import type { Description } from '../description.ts'
import { incomplete } from '../errors.ts'
import { type Deprecation, readDeprecation } from './deprecation.ts'
import type { ProblemKind } from './problem.ts'
import { SchemaCompiler, type Validate } from './validate.ts'

export { incomplete }

/** What the OpenAPI document says of one operation: all that a request is measured by. */
export interface ContractOperation {
  id: string
  /** Upper case. */
  method: string
  /** With the server's path, e.g. `/v1/streams/{id}`. */
  path: string
  /** Any one of these sets of scopes is enough for a token. Empty: no credential is needed. */
  scopes: readonly (readonly string[])[]
  isPublic: boolean
  query: readonly ContractParameter[]
  headers: readonly ContractParameter[]
  body?: { required: boolean; validate: Validate }
  /** Whether repeats can be made safe. */
  takesIdempotencyKey: boolean
  /** The status of success. */
  success: number
  /** Codes that the document lists for each status of a refusal. */
  problems: ReadonlyMap<number, readonly string[]>
  /** For an operation that is to go away. */
  deprecation?: Deprecation
}

export interface ContractParameter {
  name: string
  required: boolean
  validate: Validate
  /** Query values are text: how to read this one. */
  type: 'integer' | 'number' | 'boolean' | 'string'
}

export interface ScopeDescription {
  name: string
  description: string
  dangerous: boolean
}

export interface Contract {
  operations: readonly ContractOperation[]
  scopes: readonly ScopeDescription[]
  problems: ReadonlyMap<string, ProblemKind>
  version: string
  /** Path of the server, e.g. `/v1`. */
  base: string
  /** JSON text of the document itself, as it is served. */
  text: string
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/**
 * Reads routes, scopes, parameters and bodies from the document, so that none of them is written
 * twice.
 *
 * @throws {SandboxError} The document lacks what the sandbox goes by.
 */
export function readContract(document: Description): Contract {
  const { json } = document
  const compiler = new SchemaCompiler(json)
  const base = basePath(json)
  const operations: ContractOperation[] = []
  for (const [path, item] of Object.entries(object(json.paths))) {
    for (const method of methods) {
      const operation = object(item)[method]
      if (!isObject(operation)) continue
      operations.push(readOperation(document, compiler, base, path, method, object(item)))
    }
  }
  return {
    operations,
    scopes: readScopes(json),
    problems: readProblems(json),
    version: String(object(json.info).version ?? ''),
    base,
    text: `${document.jsonText(json, 2)}\n`,
  }
}

function readOperation(
  document: Description,
  compiler: SchemaCompiler,
  base: string,
  path: string,
  method: string,
  item: JsonObject,
): ContractOperation {
  const operation = object(item[method])
  const at = ['paths', path, method]
  const id = String(operation.operationId ?? '')
  if (!id) throw incomplete(`${method.toUpperCase()} ${path} has no operationId`)
  const parameters = array(operation.parameters).map((_, index) =>
    readParameter(document, compiler, [...at, 'parameters', String(index)]),
  )
  const security = array(operation.security ?? document.json.security)
  const headers = parameters.filter((parameter) => parameter.in === 'header')
  const deprecation = readDeprecation(operation, id)
  return {
    id,
    method: method.toUpperCase(),
    path: base + path,
    scopes: security.flatMap((alternative) => scopesOf(object(alternative))),
    isPublic: security.length === 0,
    query: parameters.filter((parameter) => parameter.in === 'query'),
    headers,
    body: readBody(document, compiler, [...at, 'requestBody']),
    takesIdempotencyKey: headers.some(({ name }) => name.toLowerCase() === 'idempotency-key'),
    success: Number(Object.keys(object(operation.responses)).find((status) => /^2/.test(status))),
    problems: readProblemCodes(document, [...at, 'responses']),
    ...(deprecation ? { deprecation } : {}),
  }
}

function readProblemCodes(
  document: Description,
  at: readonly string[],
): Map<number, readonly string[]> {
  const codes = new Map<number, readonly string[]>()
  for (const status of Object.keys(object(valueAt(document.json, at)))) {
    const [, place] = follow(document, [...at, status])
    const schema = [...place, 'content', 'application/problem+json', 'schema']
    const parts = array(object(valueAt(document.json, schema)).allOf).map(object)
    const listed = parts.flatMap(({ properties }) => array(object(object(properties).code).enum))
    if (listed.length > 0) codes.set(Number(status), listed.map(String))
  }
  return codes
}

function readParameter(
  document: Description,
  compiler: SchemaCompiler,
  steps: readonly string[],
): ContractParameter & { in: string } {
  const [value, place] = follow(document, steps)
  const schemaPlace = [...place, 'schema']
  const [schema] = follow(document, schemaPlace)
  const type = String(schema.type ?? 'string')
  return {
    name: String(value.name),
    in: String(value.in),
    required: value.required === true,
    validate: compiler.compile(schemaPlace),
    type: type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string',
  }
}

function readBody(
  document: Description,
  compiler: SchemaCompiler,
  steps: readonly string[],
): ContractOperation['body'] {
  const parent = valueAt(document.json, steps)
  if (parent === undefined) return undefined
  const [value, place] = follow(document, steps)
  return {
    required: value.required === true,
    validate: compiler.compile([...place, 'content', 'application/json', 'schema']),
  }
}

/** The value at the place, through a reference if it is one, and where it really lies. */
function follow(
  document: Description,
  steps: readonly string[],
): [value: JsonObject, place: readonly string[]] {
  const value = valueAt(document.json, steps)
  const ref = isObject(value) ? value.$ref : undefined
  if (typeof ref === 'string') {
    const target = ref
      .slice(2)
      .split('/')
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    return follow(document, target)
  }
  return [object(value), steps]
}

function valueAt(json: unknown, steps: readonly string[]): unknown {
  let value = json
  for (const step of steps) {
    value =
      isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[step] : undefined
  }
  return value
}

/** OAuth alternatives alone: a key needs no scope. */
function scopesOf(alternative: JsonObject): string[][] {
  return Object.entries(alternative)
    .filter(([, scopes]) => Array.isArray(scopes) && scopes.length > 0)
    .map(([, scopes]) => array(scopes).map(String))
}

function readScopes(json: JsonObject): ScopeDescription[] {
  const schemes = Object.values(object(object(json.components).securitySchemes)).map(object)
  const oauth = schemes.find(({ type }) => type === 'oauth2')
  const dangerous = array(oauth?.['x-dangerous-scopes'])
  const flow = object(object(oauth?.flows).authorizationCode)
  return Object.entries(object(flow.scopes)).map(([name, description]) => ({
    name,
    description: String(description),
    dangerous: dangerous.includes(name),
  }))
}

function readProblems(json: JsonObject): Map<string, ProblemKind> {
  const kinds = Object.entries(object(json['x-problem-codes'])).map(([code, kind]) => {
    const { status, title } = object(kind)
    return [code, { status: Number(status), title: String(title) }] as const
  })
  if (kinds.length === 0) throw incomplete('it has no x-problem-codes')
  return new Map(kinds)
}

function basePath(json: JsonObject): string {
  const [server] = array(json.servers)
  const url = String(object(server).url ?? '')
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : ''
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
