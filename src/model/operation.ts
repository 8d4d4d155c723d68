/**
 * One operation as plain data: everything a page, a snippet or the Try-it panel needs, settled
 * once from the OpenAPI document. All of it survives `JSON.stringify`.
 */

/** A JSON Schema 2020-12 that stands alone: what it refers to lies in its own `$defs`. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

export interface Operation {
  /** The `operationId`, or method and path where the document gives none. */
  id: string
  /** Last segment of the page's address, unique within the tag. */
  slug: string
  /** Slug of the first tag; `other` without one. */
  tag: string
  /** Path of the page below the site's base, with slashes at both ends: `/reference/streams/list-streams/`. */
  href: string
  /** Upper case. */
  method: string
  /** Path template as it reads in the document, e.g. `/streams/{id}`. */
  path: string
  /** URL of the operation's first server; its path goes before `path`, its origin yields to the environment's. */
  server: string
  summary: string
  /** Markdown. */
  description: string
  deprecated: boolean
  /** In the order path, query, header, cookie; inside a place in the document's order. */
  parameters: Parameter[]
  requestBody?: RequestBodyDescription
  /** Successes first, then errors, each in numeric order, then `default`. */
  responses: ResponseDescription[]
  /** Alternatives: any one of them will do. An empty list means no credential is needed. */
  security: SecurityAlternative[]
  /** What a snippet may carry, API key first; empty when no credential is needed. */
  credentials: SnippetCredential[]
  externalDocs?: { url: string; description: string }
  /** What the call destroys or spends, from `x-confirm`; the panel asks again. */
  confirm?: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  deprecated: boolean
  /** Markdown. */
  description: string
  /** @see https://spec.openapis.org/oas/v3.1.1.html#style-values */
  style: string
  explode: boolean
  allowReserved: boolean
  /** Set where the parameter is described by `content` instead of a style. */
  mediaType?: string
  schema: JsonSchema
  view: SchemaView
  examples: Example[]
  /** Unique on its page, e.g. `query-limit`. */
  anchor: string
}

/** Its anchor is `body`. */
export interface RequestBodyDescription {
  required: boolean
  /** Markdown. */
  description: string
  content: MediaTypeDescription[]
}

export interface MediaTypeDescription {
  mediaType: string
  schema?: JsonSchema
  view?: SchemaView
  examples: Example[]
  encoding?: Readonly<
    Record<
      string,
      { contentType?: string; style?: string; explode?: boolean; allowReserved?: boolean }
    >
  >
}

export interface Example {
  /** Key in the document; unique among its siblings. */
  name: string
  summary: string
  /** Markdown. */
  description: string
  /** What is shown and sent: the JSON text (two-space indented), or the bare text of another media type. */
  text: string
  /** Only a link to where the example lies. */
  externalValue?: string
  /** True where we made it from the schema because the document gives none. */
  generated: boolean
}

export interface ResponseDescription {
  /** `200`, `4XX` or `default`. */
  status: string
  /** Markdown. */
  description: string
  headers: HeaderDescription[]
  content: MediaTypeDescription[]
  /** Codes of the problem documents this answer may carry, from the schema's `code` enum. */
  problems: ProblemReference[]
  /** E.g. `response-404`. */
  anchor: string
}

export interface HeaderDescription {
  name: string
  required: boolean
  deprecated: boolean
  /** Markdown. */
  description: string
  view: SchemaView
  anchor: string
}

/** A machine-readable error code, as used by one answer. */
export interface ProblemReference {
  code: string
  /** One sentence, Markdown. */
  meaning: string
  /** Page of the code below the site's base, e.g. `/errors/stream-live/`. */
  href: string
}

/** An entry of the document's `x-problem-codes` catalogue. */
export interface Problem {
  code: string
  /** Kebab case of the code, last segment of its page and of the problem `type`. */
  slug: string
  /** HTTP status code. */
  status: number
  title: string
  /** Markdown, one sentence. */
  meaning: string
  /** Markdown: what to do about it. */
  remedy: string
  /** Page below the site's base. */
  href: string
  /** Ids of the operations that may answer it, in document order. */
  operations: string[]
}

/** Schemes that must all be satisfied together. An empty list: no credential. */
export type SecurityAlternative = SecurityScheme[]

export interface SecurityScheme {
  /** Key in `components.securitySchemes`. */
  name: string
  type: 'oauth2' | 'openIdConnect' | 'apiKey' | 'http' | 'mutualTLS'
  /** Header, query or cookie name of an `apiKey`; scheme of an `http`. */
  parameterName?: string
  in?: 'header' | 'query' | 'cookie'
  httpScheme?: string
  scopes: Scope[]
  /** Markdown. */
  description: string
}

export interface Scope {
  name: string
  /** What it grants, in plain words. */
  description: string
  /** Marked in the document (`x-dangerous-scopes`) as one that deletes or spends. */
  dangerous: boolean
}

/** A credential as a snippet prints it: the header with a variable, never the secret. */
export interface SnippetCredential {
  kind: 'apiKey' | 'bearer'
  /** e.g. `x-api-key` or `Authorization`. */
  header: string
  /** Printed before the variable: empty or `Bearer `. */
  prefix: string
  /** Name of the shell variable, e.g. `STREAMLOOP_API_KEY`. */
  variable: string
}

/** A schema in the words and order a reader sees it. */
export interface SchemaView {
  /** Type in words, e.g. `string or null`, `array of Stream`. */
  type: string
  /** Name of the component schema, where it has one. */
  name?: string
  title?: string
  /** Markdown. */
  description: string
  nullable: boolean
  /** e.g. `date-time`. */
  format?: string
  /** Limits and other facts in words, e.g. `1 to 100`, `up to 200 characters`. */
  facts: string[]
  /** JSON text of the default. */
  default?: string
  /** JSON text of the only value allowed. */
  const?: string
  enum?: { value: string; description: string }[]
  /** JSON texts. */
  examples: string[]
  deprecated: boolean
  readOnly: boolean
  writeOnly: boolean
  /** `x-internal-field`: the service's own; readers should not send it. */
  internal: boolean
  /** True for `format: password` and what the document marks secret. */
  secret: boolean
  properties: PropertyView[]
  /** Number of properties left out because the view would be too long. */
  omitted?: number
  /** Schema of properties that are not named. */
  additionalProperties?: SchemaView
  items?: SchemaView
  alternatives?: { kind: 'oneOf' | 'anyOf'; options: SchemaView[]; discriminator?: string }
  /** The schema stands further up already: fold here and link there. */
  recursion?: { name: string; anchor: string }
}

export interface PropertyView {
  name: string
  required: boolean
  schema: SchemaView
  /** Unique on its page, e.g. `body-name`, `response-200-data-id`. */
  anchor: string
}

/** A tag and its operations: one group of the sidebar, one overview page. */
export interface Tag {
  name: string
  slug: string
  /** Shown in headings and the sidebar. */
  title: string
  /** Markdown. */
  description: string
  href: string
  operations: Operation[]
}

/** The whole reference, read once per build. */
export interface Reference {
  title: string
  version: string
  /** Markdown. */
  description: string
  /** Server URLs of the document. */
  servers: { url: string; description: string }[]
  tags: Tag[]
  /** All operations in reading order. */
  operations: Operation[]
  problems: Problem[]
  /** Every scope any operation asks for, in the document's order. */
  scopes: Scope[]
}
