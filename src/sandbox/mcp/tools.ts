import { isObject, type JsonObject } from '../../document/json-value.ts'
import type { Description } from '../description.ts'
import { type Contract, type ContractOperation, incomplete } from '../rest/contract.ts'
import type { Handler, Handlers } from '../rest/handler.ts'
import { membersOf, type ObjectSchema, objectSchema } from './schemas.ts'

/** An operation of the API as a tool of the MCP server. */
export interface Tool {
  /** As `tools/list` shows it. */
  listed: {
    name: string
    title: string
    description: string
    inputSchema: ObjectSchema
    outputSchema: ObjectSchema
    annotations: {
      title: string
      readOnlyHint: boolean
      destructiveHint: boolean
      idempotentHint: boolean
      openWorldHint: boolean
    }
  }
  operation: ContractOperation
  handler: Handler
  /** What the person agrees to with `confirm`; absent where the tool may just be called. */
  confirm?: string
  /** Names of the arguments that make up the body; absent where there is none. */
  body?: readonly string[]
  /** Makes an object of what the operation answers. */
  shape(answer: unknown): Record<string, unknown>
}

/**
 * Makes the tools of the operations that the document marks with `x-mcp-tool`.
 *
 * Arguments are the parameters of path and query and the fields of the body, all beside each other
 * under the names they have in REST; fields that are the service's own stay out. A result is the
 * answer of REST where that is an object. An array, and an object that may be null, is the member
 * `data` of one; a deletion answers `{ "deleted": true }`.
 *
 * @throws {SandboxError} The document lacks what a tool is made of.
 */
export function readTools(
  document: Description,
  contract: Contract,
  handlers: Handlers,
): Map<string, Tool> {
  const described = describedOperations(document)
  const tools = contract.operations.flatMap((operation) => {
    const value = described.get(operation.id)
    const mark = value?.['x-mcp-tool']
    if (!value || !isObject(mark)) return []
    const handler = handlers[operation.id]
    if (!handler) throw incomplete(`no tool can be made of ${operation.id}`)
    const tool = makeTool(document, { operation, value, handler, mark, handlers, described })
    return [[tool.listed.name, tool] as const]
  })
  return new Map(tools)
}

/** Operations whose tool does the work of a second one in the same go. */
const folded: Readonly<Record<string, string>> = { createUpload: 'generateUploadUrl' }

interface Parts {
  operation: ContractOperation
  value: JsonObject
  handler: Handler
  /** The value of `x-mcp-tool`. */
  mark: JsonObject
  handlers: Handlers
  described: ReadonlyMap<string, JsonObject>
}

function makeTool(document: Description, parts: Parts): Tool {
  const { operation, value, mark } = parts
  const confirm = mark.confirm === true ? String(value['x-confirm'] ?? '') : undefined
  const body = bodyFields(document, operation, value)
  const { schema: outputSchema, shape } = readAnswer(document, parts)
  const title = String(value.summary)
  const isRead = operation.method === 'GET'
  return {
    listed: {
      name: String(mark.name),
      title,
      description: descriptionOf(parts),
      inputSchema: inputSchema(document, parts, body, confirm),
      outputSchema,
      annotations: {
        title,
        readOnlyHint: isRead,
        destructiveHint: mark.destructive === true,
        idempotentHint: isRead || operation.method === 'DELETE',
        openWorldHint: mark.openWorld === true,
      },
    },
    operation,
    handler: fold(parts),
    ...(confirm === undefined ? {} : { confirm }),
    ...(body === undefined ? {} : { body: Object.keys(body.properties) }),
    shape,
  }
}

function descriptionOf({ operation, value, described }: Parts): string {
  const second = described.get(folded[operation.id] ?? '')
  return [
    `${value.summary}.`,
    String(value.description ?? '').trim(),
    ...(second ? [`This tool does *${second.summary}* as well; its answer is in the result.`] : []),
    `Scope: ${operation.scopes.map((set) => set.join(' and ')).join(', or ')}.`,
  ].join('\n\n')
}

function inputSchema(
  document: Description,
  { operation, value }: Parts,
  body: ReturnType<typeof bodyFields>,
  confirm: string | undefined,
): ObjectSchema {
  const properties: Record<string, JsonObject> = {}
  const required: string[] = []
  const add = (name: string, schema: JsonObject, isRequired: boolean) => {
    if (name in properties) throw incomplete(`${operation.id} has two arguments named ${name}`)
    properties[name] = schema
    if (isRequired) required.push(name)
  }
  for (const parameter of array(value.parameters).map((entry) => resolve(document, entry))) {
    if (parameter.in === 'header') continue
    const { name, schema, description } = parameter
    const isRequired = parameter.required === true
    add(String(name), { ...(isObject(schema) ? schema : {}), description }, isRequired)
  }
  for (const [name, schema] of Object.entries(body?.properties ?? {})) {
    add(name, schema, body?.required.includes(name) ?? false)
  }
  if (confirm !== undefined) {
    const description = `${confirm} Ask the person first; \`true\` says that they agree.`
    add('confirm', { type: 'boolean', const: true, description }, true)
  }
  return objectSchema(document, properties, { required, additionalProperties: false })
}

function bodyFields(document: Description, { id }: ContractOperation, value: JsonObject) {
  if (value.requestBody === undefined) return undefined
  const members = membersOf(document, mediaSchema(resolve(document, value.requestBody)))
  if (!members) throw incomplete(`the body of ${id} is no object with properties`)
  const properties = Object.fromEntries(
    Object.entries(members.properties).filter(([, schema]) => schema['x-internal-field'] !== true),
  )
  return { ...members, properties }
}

function readAnswer(
  document: Description,
  { operation, value, described }: Parts,
): { schema: ObjectSchema; shape: Tool['shape'] } {
  if (operation.success === 204) {
    const deleted = { type: 'boolean', const: true }
    return {
      schema: answerSchema(document, operation, { deleted }, ['deleted']),
      shape: () => ({ deleted: true }),
    }
  }
  const schema = successSchema(document, value)
  const members = membersOf(document, schema)
  if (!members) {
    return {
      schema: answerSchema(document, operation, { data: schema }, ['data']),
      shape: (data) => ({ data }),
    }
  }
  const second = described.get(folded[operation.id] ?? '')
  const more = second && membersOf(document, successSchema(document, second))
  return {
    schema: answerSchema(document, operation, { ...members.properties, ...more?.properties }, [
      ...members.required,
      ...(more?.required ?? []),
    ]),
    shape: (answer) => answer as Record<string, unknown>,
  }
}

/**
 * A result fits its schema whether the call went well or not, because clients hold it against the
 * schema either way.
 */
function answerSchema(
  document: Description,
  { id }: ContractOperation,
  properties: Readonly<Record<string, JsonObject>>,
  required: readonly string[],
): ObjectSchema {
  if ('code' in properties || 'detail' in properties) {
    throw incomplete(`an answer of ${id} could be taken for a refusal`)
  }
  const refusal = {
    code: { type: 'string', description: 'Only of a call that failed: why, for programs.' },
    detail: { type: 'string', description: 'Only of a call that failed: why, for people.' },
  }
  return objectSchema(
    document,
    { ...properties, ...refusal },
    { anyOf: [{ required: [...required] }, { required: ['code', 'detail'] }] },
  )
}

/** Both operations happen in the same transaction; the answer has the members of both. */
function fold({ operation, handler, handlers }: Parts): Handler {
  const name = folded[operation.id]
  if (name === undefined) return handler
  const second = handlers[name]
  if (!second) throw incomplete(`no tool can be made of ${operation.id} without ${name}`)
  return async (call) => {
    const first = (await handler(call)).body as { id: string }
    const { body } = await second({ ...call, id: first.id, body: undefined })
    return { body: { ...first, ...(body as object) } }
  }
}

function describedOperations({ json }: Description): Map<string, JsonObject> {
  const operations = new Map<string, JsonObject>()
  for (const item of Object.values(isObject(json.paths) ? json.paths : {})) {
    if (!isObject(item)) continue
    for (const value of Object.values(item)) {
      if (isObject(value) && typeof value.operationId === 'string') {
        operations.set(value.operationId, value)
      }
    }
  }
  return operations
}

function successSchema(document: Description, { responses }: JsonObject): JsonObject {
  const [, answer] = Object.entries(isObject(responses) ? responses : {}).find(([status]) =>
    status.startsWith('2'),
  ) ?? ['', undefined]
  return mediaSchema(resolve(document, answer))
}

/** The schema of the JSON that a request body or an answer carries. */
function mediaSchema({ content }: JsonObject): JsonObject {
  const media = isObject(content) ? content['application/json'] : undefined
  return isObject(media) && isObject(media.schema) ? media.schema : {}
}

function resolve(document: Description, value: unknown): JsonObject {
  const target =
    isObject(value) && typeof value.$ref === 'string' ? document.resolve(value.$ref) : value
  return isObject(target) ? target : {}
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
