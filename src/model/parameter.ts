import { child, isObject, type JsonObject } from '../document/index.ts'
import { type Anchors, parameterStep } from './anchor.ts'
import { readExamples } from './example.ts'
import { listOf, text } from './field.ts'
import { standaloneSchema } from './json-schema.ts'
import type { HeaderDescription, Parameter } from './operation.ts'
import { viewSchema } from './schema-view.ts'
import type { Schemas } from './settled-schema.ts'

const places = ['path', 'query', 'querystring', 'header', 'cookie'] as const

/** @see https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-for-use-with-schema */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization'])

/**
 * Parameters of an operation, those of its path included, in the order path, query,
 * header, cookie.
 *
 * @param path Template; a part of it that no parameter describes becomes a required text.
 * @param steps Where the operation stands in the document, for errors.
 */
export function readParameters(
  path: string,
  inherited: unknown,
  own: unknown,
  schemas: Schemas,
  anchors: Anchors,
  steps: readonly string[],
): Parameter[] {
  // An operation may restate a parameter of its path but cannot remove one, so the path's list
  // goes in first and the operation's writes over it.
  const merged = new Map<string, JsonObject>()
  for (const entry of [...listOf(inherited), ...listOf(own)]) {
    const parameter = resolved(entry, schemas)
    const { name, in: place } = parameter
    if (typeof name !== 'string' || typeof place !== 'string') {
      // A broken reference has been told already.
      if (parameter['x-dangling-ref'] !== undefined) continue
      schemas.document.refuse(
        'wrong_type',
        [...steps, 'parameters'],
        'A parameter lacks its name or its place.',
        'Give it "name" and "in".',
        steps,
      )
      continue
    }
    if (place === 'header' && ignoredHeaders.has(name.toLowerCase())) continue
    merged.set(`${place}:${place === 'header' ? name.toLowerCase() : name}`, parameter)
  }
  for (const [, name = ''] of path.matchAll(/\{([^{}]+)\}/g)) {
    if (merged.has(`path:${name}`)) continue
    merged.set(`path:${name}`, { name, in: 'path', required: true, schema: { type: 'string' } })
  }
  return places.flatMap((place) =>
    [...merged.values()]
      .filter((parameter) => parameter.in === place)
      .map((parameter) => describeParameter(parameter, place, schemas, anchors)),
  )
}

function describeParameter(
  raw: JsonObject,
  place: Parameter['in'],
  schemas: Schemas,
  anchors: Anchors,
): Parameter {
  const name = String(raw.name)
  const [mediaType, media] = isObject(raw.content) ? (Object.entries(raw.content)[0] ?? []) : []
  const schema = media === undefined ? (raw.schema ?? true) : (child(media, 'schema') ?? true)
  const fallback = place === 'query' || place === 'cookie' ? 'form' : 'simple'
  const style = typeof raw.style === 'string' ? raw.style : fallback
  const steps = [place, parameterStep(place, name)]
  const anchor = anchors.for(steps)
  const view = viewSchema(schema, schemas, 'request', anchors, steps, anchor)
  const parameter: Parameter = {
    name,
    in: place,
    required: place === 'path' || raw.required === true,
    deprecated: raw.deprecated === true || view.deprecated,
    description: text(raw.description) || view.description,
    style,
    explode: typeof raw.explode === 'boolean' ? raw.explode : /^(form|cookie)$/.test(style),
    allowReserved: raw.allowReserved === true,
    schema: standaloneSchema(schema, schemas, 'request'),
    view,
    examples: readExamples(
      media === undefined ? raw : { ...(isObject(media) ? media : {}), schema },
      schemas,
      'request',
      { mediaType, compact: true, anchors, steps: [...steps, '*example'] },
    ),
    anchor,
  }
  if (mediaType !== undefined) parameter.mediaType = mediaType
  if (raw.allowEmptyValue === true) parameter.allowEmptyValue = true
  return parameter
}

/** Headers of an answer. */
export function readHeaders(
  headers: unknown,
  schemas: Schemas,
  anchors: Anchors,
  steps: readonly string[],
): HeaderDescription[] {
  if (!isObject(headers)) return []
  return Object.entries(headers).flatMap(([name, entry]) => {
    // The media type says what this header would.
    if (name.toLowerCase() === 'content-type') return []
    const raw = resolved(entry, schemas)
    const media = isObject(raw.content) ? Object.values(raw.content)[0] : undefined
    const inside = [`${steps.join('-')}-header`, parameterStep('header', name)]
    const anchor = anchors.for(inside)
    const schema = raw.schema ?? child(media, 'schema') ?? true
    const view = viewSchema(schema, schemas, 'response', anchors, inside, anchor)
    return [
      {
        name,
        required: raw.required === true,
        deprecated: raw.deprecated === true,
        description: text(raw.description) || view.description,
        view,
        anchor,
      },
    ]
  })
}

/** An object that may be written as a reference to one. */
export function resolved(entry: unknown, schemas: Schemas): JsonObject {
  const ref = child(entry, '$ref')
  const target = typeof ref === 'string' ? schemas.document.resolve(ref) : entry
  if (!isObject(target)) return {}
  if (target === entry) return target
  // A reference may give its own words for this one use.
  const { $ref: _, ...own } = isObject(entry) ? entry : {}
  return { ...target, ...own }
}
