/**
 * One operation as plain data: everything a page, a snippet or the Try-it panel needs, settled
 * once from the OpenAPI document. All of it survives `JSON.stringify`.
 */

import type { ExternalDocs } from './field.ts'

/** A JSON Schema 2020-12 that stands alone: what it refers to lies in its own `$defs`. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

export interface Operation {
  /** The `operationId`, or method and path where the document gives none. */
  id: string
  /** Last segment of the page's address, unique within the tag. */
  slug: string
  /** Slug of the tag its page lies under; `other` without one. */
  tag: string
  /** Slugs of the other tags it bears. */
  otherTags: string[]
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
  /** The document says so, be it that no credential is needed; otherwise it is silent about it. */
  securityStated: boolean
  /** What a snippet may carry, API key first; empty when no credential is needed. */
  credentials: SnippetCredential[]
  externalDocs?: ExternalDocs
  /** What the call destroys or spends, from `x-confirm`; the panel asks again. */
  confirm?: string
  /** Where it can be called, as the document says for this operation. */
  servers: ServerDescription[]
  /** Which part of the document names them. */
  serversOf: 'operation' | 'path' | 'document'
  /** What the API may call while or after it answers. */
  callbacks: CallbackReference[]
  /** Samples that the document brings along (`x-codeSamples`). */
  samples: { lang: string; label: string; source: string }[]
  /** Set where it is not the reader who calls but the API. */
  event?: EventDescription
  /** What is missing here because the document is broken; empty unless it was read leniently. */
  gaps: Gap[]
}

/** Something that the page cannot tell. */
export interface Gap {
  message: string
  /** File, line, column and pointer. */
  place: string
}

/** A request that the API sends: who asks for it, and where it goes. */
export interface EventDescription {
  kind: 'webhook' | 'callback'
  /** Key in the document. */
  name: string
  /** Runtime expression of the address, e.g. `{$request.body#/callbackUrl}`. */
  expression?: string
  /** The operation that makes the API call. */
  cause?: { summary: string; href: string }
}

/** A callback as its operation names it; it has a page of its own. */
export interface CallbackReference {
  name: string
  expression: string
  method: string
  summary: string
  href: string
}

/** A server with what may be put into its address. */
export interface ServerDescription {
  /** With its variables in braces. */
  url: string
  /** Markdown. */
  description: string
  variables: { name: string; default: string; enum: string[]; description: string }[]
}

export interface Parameter {
  name: string
  /** `querystring` is the whole query in one media type (OpenAPI 3.2). */
  in: 'path' | 'query' | 'querystring' | 'header' | 'cookie'
  required: boolean
  deprecated: boolean
  /** Markdown. */
  description: string
  /** @see https://spec.openapis.org/oas/v3.1.1.html#style-values */
  style: string
  explode: boolean
  allowReserved: boolean
  /** It may be sent with nothing after its name. */
  allowEmptyValue?: true
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
  /** Set where the schema is that of one item of a sequence. */
  sequence?: true
  encoding?: Readonly<Record<string, PartEncoding>>
  /** Names of the parts of `multipart/form-data` that are raw bytes: receivers expect files. */
  files?: readonly string[]
}

/** How one part of a form is written. */
export interface PartEncoding {
  contentType?: string
  style?: string
  explode?: boolean
  allowReserved?: boolean
  /** Of a part of `multipart/form-data`. */
  headers?: HeaderDescription[]
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
  /** Unique on its page, e.g. `response-200-*example-first`. */
  anchor?: string
}

export interface ResponseDescription {
  /** `200`, `4XX` or `default`. */
  status: string
  /** Markdown. */
  description: string
  headers: HeaderDescription[]
  content: MediaTypeDescription[]
  /** Calls that go on from it. */
  links?: LinkDescription[]
  /** Codes of the problem documents this answer may carry, from the schema's `code` enum. */
  problems: ProblemReference[]
  /** E.g. `response-404`. */
  anchor: string
}

/** A call that an answer leads to. */
export interface LinkDescription {
  name: string
  /** Markdown. */
  description: string
  /** The operation it makes, where the document has it. */
  operation?: { summary: string; href: string }
  /** What the document names instead. */
  target: string
  /** Parameters with the expressions they take. */
  parameters: { name: string; value: string }[]
  /** Expression or value of the body. */
  body?: string
  server?: string
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

/** A security scheme as the document defines it. */
export interface SecuritySchemeDescription {
  name: string
  type: SecurityScheme['type']
  /** Markdown. */
  description: string
  deprecated: boolean
  /** What it is made of, as label and value: the header of a key, the address of a flow. */
  facts: { label: string; value: string }[]
  flows: { name: string; facts: { label: string; value: string }[]; scopes: Scope[] }[]
  /** On the front page of the reference. */
  anchor: string
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
  /** Page of that component, below the site's base. */
  href?: string
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
  /** Each with its name in programs and what it means, where the document gives them. */
  enum?: { value: string; name?: string; description: string }[]
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
  /** Choices to be made, each by itself. */
  alternatives?: AlternativesView[]
  /** Conditions, what is forbidden, what stands in a text, each as words that its schema goes on. */
  parts?: { words: string; schema: SchemaView; anchor: string }[]
  /** Components merged into it, with the properties each brings. */
  origins?: { name: string; href?: string; properties: string[] }[]
  /** Components that build on it, by the value of a property where that tells them apart. */
  heirs?: { property: string; options: { name: string; value: string; href?: string }[] }
  externalDocs?: ExternalDocs
  /** The schema stands further up already: fold here and link there. */
  recursion?: { name: string; anchor: string }
  /** What is inside stands on a page of its own: link there. */
  elsewhere?: { name: string; href: string }
}

export interface AlternativesView {
  kind: 'oneOf' | 'anyOf'
  /** Property that tells which option it is. */
  discriminator?: string
  options: AlternativeView[]
}

export interface AlternativeView {
  /** Title, name of the component, or type in words. */
  label: string
  /** Values of the discriminator that mean this one; none where nothing tells the options apart. */
  values: string[]
  schema: SchemaView
  anchor: string
}

export interface PropertyView {
  name: string
  required: boolean
  /** Not a property but any whose name fits a pattern, or a place in a list. */
  kind?: 'pattern' | 'item'
  schema: SchemaView
  /** Unique on its page, e.g. `body-name`, `response-200-data-id`. */
  anchor: string
}

/** A component schema with a page of its own. */
export interface SchemaPage {
  name: string
  href: string
  /** Last segment of its address. */
  slug: string
  deprecated: boolean
  title: string
  /** Markdown. */
  description: string
  /** Worked out when it is looked at. */
  view: SchemaView
  /** Of the whole value; made where the document gives none. */
  examples: Example[]
  /** Operations, webhooks and callbacks that name it themselves. */
  usedBy: Operation[]
  /** Components that name it. */
  usedIn: { name: string; href: string }[]
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
  /** How many tags it lies in. */
  depth: number
  /** Slug of the tag around it. */
  parent?: string
  /** What the document says it is for: `nav`, `badge`, `audience`. */
  kind?: string
  /** Heading that it stands under with others (`x-tagGroups`). */
  group?: string
  externalDocs?: ExternalDocs
  /** Those whose pages lie under it. */
  operations: Operation[]
  /** What the API calls: webhooks, and callbacks of its operations. */
  events: Operation[]
  /** Operations that bear it besides the tag their page lies under. */
  also: Operation[]
}

/** The whole reference, read once per build. */
export interface Reference {
  title: string
  version: string
  /** Markdown. */
  description: string
  /** One line about the API; may be empty. */
  summary: string
  contact?: { name: string; url: string; email: string }
  license?: { name: string; url: string; identifier: string }
  termsOfService?: string
  externalDocs?: ExternalDocs
  /** Server URLs of the document, with the defaults of their variables. */
  servers: { url: string; description: string }[]
  /** The same with what may be put into them. */
  serverDescriptions: ServerDescription[]
  /** In reading order, what lies inside a tag right after it. */
  tags: Tag[]
  /** All operations in reading order. */
  operations: Operation[]
  /** All webhooks and callbacks in reading order. */
  events: Operation[]
  /** Component schemas in the document's order. */
  schemas: SchemaPage[]
  problems: Problem[]
  /** In the document's order. */
  securitySchemes: SecuritySchemeDescription[]
  /** Absolute address that relative links of its words are meant from; nothing where unknown. */
  linkRoot?: string
  /** What is missing anywhere, as in `Operation.gaps`. */
  readonly gaps: Gap[]
  /** Every scope any operation asks for, in the document's order. */
  scopes: Scope[]
}
