import { isObject, type JsonObject } from '../document/index.ts'
import type { Anchors } from './anchor.ts'
import type { Direction } from './direction.ts'
import { isJson, readExamples } from './example.ts'
import { text } from './field.ts'
import { standaloneSchema } from './json-schema.ts'
import { withLazy } from './lazy.ts'
import { type FindOperation, readLinks } from './link.ts'
import type {
  MediaTypeDescription,
  ProblemReference,
  RequestBodyDescription,
  ResponseDescription,
} from './operation.ts'
import { readHeaders, resolved } from './parameter.ts'
import { viewSchema } from './schema-view.ts'
import type { Schemas, SettledSchema } from './settled-schema.ts'

export function readRequestBody(
  entry: unknown,
  schemas: Schemas,
  anchors: Anchors,
): RequestBodyDescription {
  const raw = resolved(entry, schemas)
  return {
    required: raw.required === true,
    description: wordsOf(raw),
    content: readContent(raw.content, schemas, 'request', anchors, ['body'], 'body'),
  }
}

/** Answers: successes first, then errors, each in numeric order, then the default. */
export function readResponses(
  responses: unknown,
  schemas: Schemas,
  anchors: Anchors,
  problemsOf: (response: unknown) => ProblemReference[],
  operationNamed: FindOperation,
): ResponseDescription[] {
  if (!isObject(responses)) return []
  return Object.entries(responses)
    .filter(([status]) => !status.startsWith('x-'))
    .sort(([first], [second]) => orderOf(first) - orderOf(second))
    .map(([status, entry]) => {
      const raw = resolved(entry, schemas)
      const steps = ['response', status]
      const anchor = anchors.for(steps)
      const links = readLinks(raw.links, schemas, anchors, steps, operationNamed)
      return {
        status,
        description: wordsOf(raw),
        anchor,
        headers: readHeaders(raw.headers, schemas, anchors, steps),
        content: readContent(raw.content, schemas, 'response', anchors, steps, anchor),
        ...(links.length > 0 && { links }),
        problems: problemsOf(raw),
      }
    })
}

/** OpenAPI 3.2 lets an answer have a short line besides, or alone. */
function wordsOf(raw: JsonObject): string {
  const words = [text(raw.summary), text(raw.description)].filter(Boolean).join('\n\n')
  return words === '' && 'x-dangling-ref' in raw ? 'Missing from the document.' : words
}

function readContent(
  content: unknown,
  schemas: Schemas,
  direction: Direction,
  anchors: Anchors,
  steps: readonly string[],
  anchor: string,
): MediaTypeDescription[] {
  if (!isObject(content)) return []
  const types = Object.keys(content)
  const main = types.find(isJson) ?? types[0]
  return Object.entries(content).map(([mediaType, entry]) => {
    const raw = resolved(entry, schemas)
    // Of several media types one keeps the short anchors, whatever their order.
    const inside = mediaType === main ? steps : [...steps, mediaType]
    const media: MediaTypeDescription = {
      mediaType,
      examples: readExamples(raw, schemas, direction, {
        mediaType,
        anchors,
        steps: [...inside, '*example'],
      }),
    }
    // OpenAPI 3.2 describes one item of a sequence such as server-sent events.
    const schema = raw.schema ?? raw.itemSchema
    if (schema !== undefined) {
      // Its definitions may be most of the document, and few answers are checked.
      withLazy(media, 'schema', () => standaloneSchema(schema, schemas, direction))
      media.view = viewSchema(schema, schemas, direction, anchors, inside, anchor)
    }
    if (raw.schema === undefined && raw.itemSchema !== undefined) media.sequence = true
    const isMultipart = /^multipart\/form-data\b/i.test(mediaType)
    const encoding = readEncoding(raw.encoding, schemas, anchors, inside, isMultipart)
    if (encoding) media.encoding = encoding
    if (isMultipart) {
      const files = filesIn(schemas.settle(raw.schema), schemas)
      if (files.length > 0) media.files = files
    }
    return media
  })
}

/** Properties that are raw bytes, or lists of such; those of alternatives too. */
function filesIn(
  { properties, alternatives }: Pick<SettledSchema, 'properties' | 'alternatives'>,
  schemas: Schemas,
): string[] {
  const own = [...properties].filter(([, property]) => {
    const settled = schemas.settle(property)
    return isBytes(settled.items === undefined ? settled : schemas.settle(settled.items))
  })
  const inside = alternatives
    .flatMap(({ options }) => options)
    .flatMap((option) => filesIn({ ...schemas.settle(option), alternatives: [] }, schemas))
  return [...new Set([...own.map(([name]) => name), ...inside])]
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#working-with-binary-data */
function isBytes({ keywords }: SettledSchema): boolean {
  const { format, contentMediaType, contentEncoding } = keywords
  return format === 'binary' || (contentMediaType !== undefined && contentEncoding === undefined)
}

function readEncoding(
  encoding: unknown,
  schemas: Schemas,
  anchors: Anchors,
  steps: readonly string[],
  isMultipart: boolean,
): MediaTypeDescription['encoding'] | undefined {
  if (!isObject(encoding)) return undefined
  // Styles of parts came with OpenAPI 3.1; before, they are to be passed over.
  const hasStyles = !isMultipart || /^3\.[1-9]/.test(schemas.document.edition)
  return Object.fromEntries(
    Object.entries(encoding).map(([name, entry]) => {
      const { contentType, style, explode, allowReserved, headers } = isObject(entry) ? entry : {}
      const described = readHeaders(headers, schemas, anchors, [...steps, name])
      return [
        name,
        {
          ...(typeof contentType === 'string' && { contentType }),
          ...(hasStyles && typeof style === 'string' && { style }),
          ...(hasStyles && typeof explode === 'boolean' && { explode }),
          ...(hasStyles && typeof allowReserved === 'boolean' && { allowReserved }),
          ...(described.length > 0 && { headers: described }),
        },
      ]
    }),
  )
}

function orderOf(status: string): number {
  const digit = Number(status[0])
  if (!Number.isInteger(digit)) return 10_000
  // A whole class such as 4XX comes after the single answers of its class.
  const number = /^\d{3}$/.test(status) ? Number(status) : digit * 100 + 99.5
  // 1xx says that more is coming, so it follows the answers proper.
  return digit === 1 ? number + 300 : number
}
