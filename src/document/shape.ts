/**
 * The grammar of an OpenAPI document, as far as references go: which field holds which kind of
 * object. What it does not name is data and passes untouched, so that a `$ref` inside an example
 * stays what the example says.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#schema
 */

export type Kind =
  | 'document'
  | 'info'
  | 'components'
  | 'paths'
  | 'pathItem'
  | 'operation'
  | 'callback'
  | 'parameter'
  | 'header'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'responses'
  | 'response'
  | 'schema'
  | 'discriminator'
  | 'example'
  | 'link'
  | 'securityScheme'

/** One object, a mapping of names to objects, or a list; `orList` takes either. */
export type Slot = { kind: Kind; holds: 'one' | 'map' | 'list' | 'orList' }

const one = (kind: Kind): Slot => ({ kind, holds: 'one' })
const map = (kind: Kind): Slot => ({ kind, holds: 'map' })
const list = (kind: Kind): Slot => ({ kind, holds: 'list' })

const parameterFields = {
  schema: one('schema'),
  content: map('mediaType'),
  examples: map('example'),
}

const fields: Record<Kind, Readonly<Record<string, Slot>>> = {
  document: {
    info: one('info'),
    paths: one('paths'),
    webhooks: map('pathItem'),
    components: one('components'),
    // OpenAPI 2.0
    definitions: map('schema'),
    parameters: map('parameter'),
    responses: map('response'),
    securityDefinitions: map('securityScheme'),
  },
  info: {},
  components: {
    schemas: map('schema'),
    responses: map('response'),
    parameters: map('parameter'),
    examples: map('example'),
    requestBodies: map('requestBody'),
    headers: map('header'),
    securitySchemes: map('securityScheme'),
    links: map('link'),
    callbacks: map('callback'),
    pathItems: map('pathItem'),
    mediaTypes: map('mediaType'),
  },
  paths: {},
  pathItem: {
    get: one('operation'),
    put: one('operation'),
    post: one('operation'),
    delete: one('operation'),
    options: one('operation'),
    head: one('operation'),
    patch: one('operation'),
    trace: one('operation'),
    query: one('operation'),
    additionalOperations: map('operation'),
    parameters: list('parameter'),
  },
  operation: {
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: one('responses'),
    callbacks: map('callback'),
  },
  callback: {},
  parameter: parameterFields,
  header: parameterFields,
  requestBody: { content: map('mediaType') },
  mediaType: {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    encoding: map('encoding'),
    // OpenAPI 3.2
    prefixEncoding: list('encoding'),
    itemEncoding: one('encoding'),
  },
  encoding: {
    headers: map('header'),
    encoding: map('encoding'),
    prefixEncoding: list('encoding'),
    itemEncoding: one('encoding'),
  },
  responses: {},
  response: {
    headers: map('header'),
    content: map('mediaType'),
    links: map('link'),
    schema: one('schema'),
  },
  schema: {
    properties: map('schema'),
    patternProperties: map('schema'),
    $defs: map('schema'),
    definitions: map('schema'),
    dependentSchemas: map('schema'),
    allOf: list('schema'),
    anyOf: list('schema'),
    oneOf: list('schema'),
    prefixItems: list('schema'),
    items: { kind: 'schema', holds: 'orList' },
    additionalProperties: one('schema'),
    unevaluatedItems: one('schema'),
    unevaluatedProperties: one('schema'),
    propertyNames: one('schema'),
    contains: one('schema'),
    contentSchema: one('schema'),
    not: one('schema'),
    if: one('schema'),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: one('schema'),
    else: one('schema'),
    discriminator: one('discriminator'),
  },
  discriminator: {},
  example: {},
  link: {},
  securityScheme: {},
}

/** Kinds whose every key but extensions names an object of another kind. */
const patterned: Partial<Record<Kind, Kind>> = {
  paths: 'pathItem',
  callback: 'pathItem',
  responses: 'response',
}

/** What a field of an object holds; nothing where it holds data. */
export function slotOf(kind: Kind, key: string): Slot | undefined {
  const pattern = patterned[kind]
  if (pattern) return key.startsWith('x-') ? undefined : one(pattern)
  return Object.hasOwn(fields[kind], key) ? fields[kind][key] : undefined
}

const sections: Partial<Record<Kind, string>> = {
  schema: 'schemas',
  response: 'responses',
  parameter: 'parameters',
  example: 'examples',
  requestBody: 'requestBodies',
  header: 'headers',
  securityScheme: 'securitySchemes',
  link: 'links',
  callback: 'callbacks',
}

const sectionsOf20: Partial<Record<Kind, string>> = {
  schema: 'definitions',
  response: 'responses',
  parameter: 'parameters',
}

/** Steps to the mapping that reusable objects of a kind live in; nothing where there is none. */
export function homeOf(kind: Kind, swagger: boolean): string[] | undefined {
  const section = (swagger ? sectionsOf20 : sections)[kind]
  if (section === undefined) return undefined
  return swagger ? [section] : ['components', section]
}
