import { child, isObject, type JsonObject } from '../document/index.ts'
import type { Anchors } from './anchor.ts'
import type { Direction } from './direction.ts'
import type { Example } from './operation.ts'
import { examplesOf } from './plain-view.ts'
import { sampleValue, sampleXml } from './sample.ts'
import type { Schemas } from './settled-schema.ts'

/** What holds examples: a media type, a parameter or a header. */
export interface ExampleHolder {
  examples?: unknown
  example?: unknown
  schema?: unknown
}

/** Where examples stand. */
export interface ExamplePlace {
  /** Nothing for a parameter, whose primitives are shown as bare text. */
  mediaType?: string | undefined
  /** On one line: it goes into an address or a header. */
  compact?: true
  anchors: Anchors
  /** What their anchors begin with. */
  steps: readonly string[]
}

/**
 * Examples in the order of trust: the holder's named ones, its single one, those of its schema, and
 * one made from the schema where there is nothing else.
 */
export function readExamples(
  holder: ExampleHolder,
  schemas: Schemas,
  direction: Direction,
  { mediaType, compact, anchors, steps }: ExamplePlace,
): Example[] {
  return examplesAt(holder, schemas, direction, mediaType, compact).map((example) => ({
    ...example,
    anchor: anchors.for([...steps, example.name]),
  }))
}

function examplesAt(
  holder: ExampleHolder,
  schemas: Schemas,
  direction: Direction,
  mediaType: string | undefined,
  compact: true | undefined,
): Omit<Example, 'anchor'>[] {
  const indent = compact || mediaType === undefined ? undefined : 2
  const text = (value: unknown): string => textOf(value, holder.schema, schemas, mediaType, indent)
  const named = namedExamples(holder.examples, schemas, text)
  if (named.length === 0 && holder.example !== undefined) {
    named.push(plainExample('example', text(holder.example)))
  }
  // The page of a component shows its examples; those of a schema without one stand here alone.
  const isComponent = child(holder.schema, '$ref') !== undefined
  if (holder.schema === undefined || (named.length > 0 && isComponent)) return named
  const ofSchema = examplesOf(schemas.settle(holder.schema).keywords)
    .filter((value) => child(value, '$ref') === undefined)
    .map((value, index) =>
      plainExample(index === 0 ? 'of-schema' : `of-schema-${index + 1}`, text(value)),
    )
    .filter((one) => !named.some((other) => other.text === one.text))
  if (named.length > 0) return [...named, ...ofSchema]
  if (ofSchema.length > 0) {
    return ofSchema.map((one, index) => ({
      ...one,
      name: index === 0 ? 'example' : `example-${index + 1}`,
    }))
  }
  const made = madeText(holder.schema, schemas, direction, mediaType, text)
  return made === undefined ? [] : [{ ...plainExample('generated', made), generated: true }]
}

function namedExamples(
  examples: unknown,
  schemas: Schemas,
  text: (value: unknown) => string,
): Omit<Example, 'anchor'>[] {
  if (!isObject(examples)) return []
  return Object.entries(examples).flatMap(([name, entry]) => {
    const ref = child(entry, '$ref')
    const example = typeof ref === 'string' ? schemas.document.resolve(ref) : entry
    return isObject(example) ? [namedExample(name, example, text)] : []
  })
}

function namedExample(
  name: string,
  example: JsonObject,
  text: (value: unknown) => string,
): Omit<Example, 'anchor'> {
  // OpenAPI 3.2 tells the value from its text on the wire.
  const serialized = example.serializedValue
  const value = 'value' in example ? example.value : example.dataValue
  const result: Omit<Example, 'anchor'> = {
    ...plainExample(name, typeof serialized === 'string' ? serialized : ''),
    summary: words(example.summary),
    description: words(example.description),
  }
  if (typeof serialized !== 'string' && value !== undefined) {
    result.text = text(value)
  }
  if (typeof example.externalValue === 'string') result.externalValue = example.externalValue
  return result
}

function plainExample(name: string, text: string): Omit<Example, 'anchor'> {
  return { name, summary: '', description: '', text, generated: false }
}

function madeText(
  schema: unknown,
  schemas: Schemas,
  direction: Direction,
  mediaType: string | undefined,
  text: (value: unknown) => string,
): string | undefined {
  if (mediaType !== undefined && /[/+]xml\b/i.test(mediaType)) {
    return sampleXml(schema, schemas, direction)
  }
  const value = sampleValue(schema, schemas, direction)
  return value === undefined ? undefined : text(value)
}

/** Text of a value as it is shown and sent. */
function textOf(
  value: unknown,
  schema: unknown,
  schemas: Schemas,
  mediaType: string | undefined,
  indent: number | undefined,
): string {
  const { document } = schemas
  if (typeof value !== 'string') {
    return document.jsonText(value, indent)
  }
  if (mediaType === undefined || !isJson(mediaType)) return value
  const types = schema === undefined ? undefined : schemas.settle(schema).types
  // Authors write whole JSON texts as a string; only a schema of strings means the string itself.
  const isText = types?.includes('string') ?? false
  return !isText && isJsonText(value) ? value : document.jsonText(value)
}

/** `application/json`, `application/problem+json`, `text/json; charset=utf-8` and the like. */
export function isJson(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(mediaType)
}

function isJsonText(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
