import { firstSentence, plainText } from '../markdown/first-sentence.ts'
import type { PropertyView, Reference, SchemaView } from '../model/operation.ts'
import type { RecordKind, SearchRecord } from './record.ts'

/** Places of one name that can be found; `id` stands in hundreds. */
const most: Readonly<Record<Place, number>> = { parameter: 2, body: 2, answer: 1, schema: 1 }

type Place = 'parameter' | 'body' | 'answer' | 'schema'

/** Parameters and properties by name: what is sent before what comes back. */
export function fieldRecords({ operations, events, schemas }: Reference): SearchRecord[] {
  const fields = new Fields()
  for (const operation of [...operations, ...events]) {
    const { href, summary } = operation
    for (const { name, anchor, description, view, in: where } of operation.parameters) {
      const words = where === 'header' || where === 'cookie' ? where : `${where} parameter`
      fields.add(
        'parameter',
        'Parameter',
        name,
        `${href}#${anchor}`,
        `${words} of ${summary}`,
        description,
      )
      fields.addAll('parameter', view, href, `${name} of ${summary}`)
    }
    for (const { view } of operation.requestBody?.content ?? []) {
      if (view) fields.addAll('body', view, href, `body of ${summary}`)
    }
    for (const response of operation.responses) {
      for (const { name, anchor, description } of response.headers) {
        fields.add(
          'answer',
          'Parameter',
          name,
          `${href}#${anchor}`,
          `header of ${summary}`,
          description,
        )
      }
      for (const { view } of response.content) {
        if (view) fields.addAll('answer', view, href, `answer of ${summary}`)
      }
    }
  }
  for (const { name, href, view } of schemas) fields.addAll('schema', view, href, name)
  return fields.records
}

class Fields {
  readonly records: SearchRecord[] = []
  readonly #counts = new Map<string, number>()

  add(
    place: Place,
    kind: RecordKind,
    name: string,
    href: string,
    words: string,
    description: string,
  ): void {
    const key = `${place} ${name}`
    const count = (this.#counts.get(key) ?? 0) + 1
    if (count > most[place]) return
    this.#counts.set(key, count)
    const text = plainText(firstSentence(description))
    this.records.push({ kind, href, title: name, place: words, text })
  }

  /** The properties inside a schema, whatever they lie in. */
  addAll(place: Place, schema: SchemaView, href: string, words: string): void {
    const waiting: SchemaView[] = [schema]
    for (let view = waiting.pop(); view; view = waiting.pop()) {
      for (const property of view.properties) {
        if (!isNamed(property)) continue
        const { name, anchor } = property
        const description = property.schema.description
        this.add(place, 'Property', name, `${href}#${anchor}`, words, description)
      }
      waiting.push(...insideOf(view))
    }
  }
}

/** A pattern and a place in a list have no name to look for; the service's own fields are no one's. */
function isNamed({ kind, schema }: PropertyView): boolean {
  return kind === undefined && !schema.internal
}

function insideOf(view: SchemaView): SchemaView[] {
  return [
    ...view.properties.map(({ schema }) => schema),
    ...(view.items ? [view.items] : []),
    ...(view.additionalProperties ? [view.additionalProperties] : []),
    ...(view.alternatives ?? []).flatMap(({ options }) => options.map(({ schema }) => schema)),
    ...(view.parts ?? []).map(({ schema }) => schema),
  ]
}
