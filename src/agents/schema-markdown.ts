import { presence } from '../components/schema/presence.ts'
import { limits, typePieces } from '../components/schema/schema-line.ts'
import { innermost } from '../components/schema/shape.ts'
import { propertyNames } from '../components/schema/sources.ts'
import type { AlternativesView, PropertyView, SchemaView } from '../model/operation.ts'
import { settleDescription, settleInline } from './description.ts'
import { documentLink, type Link } from './links.ts'
import { codeSpan, indented, oneLine, plainWords } from './markdown-text.ts'

/** Where the schema stands, and how its text is settled. */
export interface SchemaContext {
  link: Link
  /** Part of an answer: what is always there needs no mark. */
  received: boolean
}

/** A named value: a parameter, a header or a property. */
export interface Row {
  name: string
  schema: SchemaView
  /** Nothing where it goes without saying. */
  required?: boolean | undefined
  kind?: PropertyView['kind']
  deprecated?: boolean
  /** Of the parameter or header; a property has none besides its schema's. */
  description?: string
  /** Said last among the facts. */
  note?: string
}

/** One item of a list: name, type, limits and meaning, then what is inside it. */
export function rowLines(row: Row, context: SchemaContext): string[] {
  const { schema, deprecated = false } = row
  const needed = presence(row, context.received)
  const marks = [
    typeInWords(schema, context.link),
    ...factsInWords(schema),
    ...(needed === undefined ? [] : [needed]),
    ...(deprecated || schema.deprecated ? ['deprecated'] : []),
    ...(schema.readOnly ? ['read only'] : []),
    ...(schema.writeOnly ? ['write only'] : []),
    ...(schema.internal ? ["internal: the service's own, do not build on it"] : []),
    ...(row.note === undefined ? [] : [row.note]),
  ]
  return [
    ...describedItem(
      `${row.kind === 'item' ? 'item ' : ''}${codeSpan(row.name)} (${marks.join(', ')})`,
      row.description || schema.description,
      context.link,
    ),
    ...indented([
      ...innerText(schema, context.link),
      ...valueLines(schema, context.link),
      ...insideLines(schema, context),
    ]),
  ]
}

/** What the items of a list, or the values of a map, are. */
function innerText(schema: SchemaView, link: Link): string[] {
  const inner = innermost(schema)
  if (inner === schema || inner.description.trim() === '') return []
  return describedItem('Each', inner.description, link)
}

/** A body or an answer: its fields as a nested list, or what it is where it has none. */
export function schemaLines(schema: SchemaView, context: SchemaContext): string[] {
  const inner = innermost(schema)
  if (inner.properties.length > 0) {
    const texts = inner === schema ? [schema] : [schema, inner]
    return [
      ...texts.flatMap(({ description }) => {
        const text = settleDescription(description, 6, context.link)
        return text ? [text, ''] : []
      }),
      ...insideLines(schema, context),
    ]
  }
  const words = [typeInWords(schema, context.link), ...factsInWords(schema)].join(', ')
  return [
    ...describedItem(words, schema.description, context.link),
    ...indented([...valueLines(schema, context.link), ...insideLines(schema, context)]),
  ]
}

/** An item and its text: on the same line where that is one paragraph, below it otherwise. */
export function describedItem(head: string, description: string, link: Link): string[] {
  if (description.trim() === '') return [`- ${head}`]
  const inline = settleInline(description, link)
  if (inline !== undefined) return [`- ${head}: ${inline}`]
  // A heading inside an item would cut the page in two; six is as deep as they go.
  const text = settleDescription(description, 6, link)
  return [`- ${head}:`, '', ...indented(text.split('\n')), '']
}

function typeInWords(schema: SchemaView, link: Link): string {
  const words = typePieces(schema).map(({ text, href }) => {
    return href === undefined ? text.replace(/\s+/g, ' ') : `[${plainWords(text)}](${link(href)})`
  })
  return words.join('')
}

function factsInWords(schema: SchemaView): string[] {
  const inside = innermost(schema)
  const fixed = schema.const ?? inside.const
  const each = inside === schema ? undefined : inside.default
  return [
    ...limits(schema).map(factInWords),
    ...(schema.default === undefined ? [] : [`default ${codeSpan(schema.default)}`]),
    ...(each === undefined ? [] : [`default of each ${codeSpan(each)}`]),
    ...(fixed === undefined ? [] : [`always ${codeSpan(fixed)}`]),
  ]
}

/** A pattern is full of what Markdown takes for its own. */
function factInWords(fact: string): string {
  const [, pattern] = /^matches (.*)$/s.exec(fact) ?? []
  return pattern === undefined ? oneLine(fact) : `matches ${codeSpan(pattern)}`
}

function valueLines(schema: SchemaView, link: Link): string[] {
  return [...enumLines(schema, link), ...exampleLines(schema, link)]
}

function enumLines(schema: SchemaView, link: Link): string[] {
  // The values of an array of enums stand at its items.
  const values = schema.enum ?? innermost(schema).enum
  if (!values) return []
  if (!values.some(({ name, description }) => name || description)) {
    return [`- One of: ${values.map(({ value }) => codeSpan(value)).join(', ')}`]
  }
  return values.flatMap(({ value, name, description }) => {
    const head = name === undefined ? codeSpan(value) : `${codeSpan(value)} (${codeSpan(name)})`
    return describedItem(head, description, link)
  })
}

function exampleLines(schema: SchemaView, link: Link): string[] {
  const examples = schema.examples.length > 0 ? schema.examples : innermost(schema).examples
  const { externalDocs } = schema
  return [
    ...(examples.length > 0
      ? [
          `- ${examples.length === 1 ? 'Example' : 'Examples'}: ${examples.map(codeSpan).join(', ')}`,
        ]
      : []),
    ...(externalDocs
      ? [`- ${documentLink(externalDocs.description || externalDocs.url, externalDocs.url, link)}`]
      : []),
  ]
}

/** What is inside a schema; nothing where it is a plain value. */
function insideLines(schema: SchemaView, context: SchemaContext): string[] {
  const inside = innermost(schema)
  const { properties, additionalProperties: more, recursion, omitted, elsewhere } = inside
  const isInternal = ({ schema: property }: PropertyView): boolean => property.internal
  const shown = [
    ...properties.filter((property) => !isInternal(property)),
    ...properties.filter(isInternal),
  ]
  const parts: SchemaView['parts'] = []
  for (let at: SchemaView | undefined = schema; at; at = at.items) parts.push(...(at.parts ?? []))
  return [
    ...sourceLines(inside, context.link),
    ...shown.flatMap((property) => rowLines(property, context)),
    ...(more ? namedLines('any other name', more, context) : []),
    ...(inside.alternatives ?? []).flatMap((group) => alternativeLines(group, context)),
    ...parts.flatMap((part) => namedLines(oneLine(part.words), part.schema, context)),
    ...(recursion
      ? [`- the fields of ${recursion.name ? plainWords(recursion.name) : 'it'}, as above`]
      : []),
    ...(elsewhere
      ? [`- [fields of ${plainWords(elsewhere.name)}](${context.link(elsewhere.href)})`]
      : []),
    ...(omitted === undefined ? [] : [`- ${omitted} more, in the OpenAPI document`]),
  ]
}

/** A schema under words of our own. */
function namedLines(words: string, schema: SchemaView, context: SchemaContext): string[] {
  const marks = [typeInWords(schema, context.link), ...factsInWords(schema)].join(', ')
  return [
    ...describedItem(`${words} (${marks})`, schema.description, context.link),
    ...indented([...valueLines(schema, context.link), ...insideLines(schema, context)]),
  ]
}

function alternativeLines(group: AlternativesView, context: SchemaContext): string[] {
  const { kind, options, discriminator } = group
  const how = discriminator === undefined ? '' : `, told apart by ${codeSpan(discriminator)}`
  return [
    `- ${kind === 'oneOf' ? 'One of these' : 'Any of these'}${how}:`,
    ...options.flatMap(({ label, values, schema }) => {
      const marks = [
        ...(values.length === 0 ? [] : [codeSpan(`${discriminator}: ${values.join(', ')}`)]),
        ...(label === schema.type ? [] : [typeInWords(schema, context.link)]),
        ...factsInWords(schema),
        ...(schema.deprecated ? ['deprecated'] : []),
      ]
      const head = `${plainWords(label)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`
      return [
        ...indented(describedItem(head, schema.description, context.link)),
        ...indented([...valueLines(schema, context.link), ...insideLines(schema, context)], '    '),
      ]
    }),
  ]
}

/** Components merged into it, and those that build on it. */
function sourceLines({ origins = [], heirs }: SchemaView, link: Link): string[] {
  const nameOf = ({ name, href }: { name: string; href?: string }): string =>
    href === undefined ? plainWords(name) : `[${plainWords(name)}](${link(href)})`
  const made = origins.map((origin) => {
    const names = propertyNames(origin.properties).map(({ text, isName }) => {
      return isName ? codeSpan(text) : text
    })
    return names.length > 0 ? `${nameOf(origin)}: ${names.join(', ')}` : nameOf(origin)
  })
  return [
    ...(made.length > 0
      ? [`- ${made.length === 1 ? 'Made with' : 'Made of'} ${made.join('; ')}`]
      : []),
    ...(heirs?.options ?? []).map((heir) => {
      return `- ${codeSpan(`${heirs?.property}: ${heir.value}`)} means ${nameOf(heir)}`
    }),
  ]
}
