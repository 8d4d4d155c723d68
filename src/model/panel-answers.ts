import type { JsonSchema, Operation, ResponseDescription, SchemaView } from './operation.ts'

/** What the panel needs once an answer is there: what the document says about every answer. */
export interface PanelAnswers {
  answers: DocumentedAnswer[]
}

export interface DocumentedAnswer {
  /** `200`, `4XX` or `default`. */
  status: string
  /** On the operation's page. */
  anchor: string
  headers: { name: string; required: boolean; anchor: string }[]
  content: DocumentedContent[]
}

export interface DocumentedContent {
  mediaType: string
  schema?: JsonSchema
  places?: Places
}

/** Where the reference describes the parts of a value. Short keys: there are many of them. */
export interface Places {
  /** Properties: name, anchor, 1 where the value is secret, what is inside. */
  p?: [name: string, anchor: string, secret: 0 | 1, inside?: Places][]
  /** Items of an array. */
  i?: Places
  /** Values of properties that are not named. */
  a?: Places
  /** Alternatives. */
  o?: Places[]
  /** The same as at this anchor, further up. */
  to?: string
  /** Not everything that is documented stands here. */
  cut?: 1
}

export function describeAnswers({ responses }: Operation): PanelAnswers {
  return { answers: responses.map(describeAnswer) }
}

function describeAnswer({
  status,
  anchor,
  headers,
  content,
}: ResponseDescription): DocumentedAnswer {
  return {
    status,
    anchor,
    headers: headers.map(({ name, required, anchor: own }) => ({ name, required, anchor: own })),
    content: content.map(({ mediaType, schema, view }) => {
      const places = view && placesOf(view)
      return {
        mediaType,
        ...(schema !== undefined && { schema }),
        ...(places && { places }),
      }
    }),
  }
}

/** @returns Nothing where there is nothing inside that has a place of its own. */
function placesOf(view: SchemaView): Places | undefined {
  const places: Places = {}
  if (view.properties.length > 0) {
    places.p = view.properties.map(({ name, anchor, schema }) => {
      const inside = placesOf(schema)
      const secret = schema.secret ? 1 : 0
      return inside ? [name, anchor, secret, inside] : [name, anchor, secret]
    })
  }
  const items = view.items && placesOf(view.items)
  if (items) places.i = items
  if (view.additionalProperties) places.a = placesOf(view.additionalProperties) ?? {}
  const options = (view.alternatives ?? []).flatMap((group) => group.options)
  if (options.length > 0) places.o = options.map(({ schema }) => placesOf(schema) ?? {})
  if (view.recursion) places.to = view.recursion.anchor
  if (view.omitted || view.elsewhere) places.cut = 1
  return Object.keys(places).length > 0 ? places : undefined
}
