import { innermost } from '../components/schema/shape.ts'
import type { PropertyView, SchemaView } from '../model/operation.ts'
import { settleDescription, settleInline } from './description.ts'
import type { Link } from './links.ts'
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
  required?: boolean
  deprecated?: boolean
  /** Of the parameter or header; a property has none besides its schema's. */
  description?: string
  /** Said last among the facts. */
  note?: string
}

/** One item of a list: name, type, limits and meaning, then what is inside it. */
export function rowLines(row: Row, context: SchemaContext): string[] {
  const { schema, required = false, deprecated = false } = row
  const marks = [
    typeInWords(schema),
    ...factsInWords(schema),
    ...(required && !context.received ? ['required'] : []),
    ...(deprecated || schema.deprecated ? ['deprecated'] : []),
    ...(schema.readOnly ? ['read only'] : []),
    ...(schema.writeOnly ? ['write only'] : []),
    ...(schema.internal ? ["internal: the service's own, do not build on it"] : []),
    ...(row.note === undefined ? [] : [row.note]),
  ]
  return [
    ...describedItem(
      `${codeSpan(row.name)} (${marks.join(', ')})`,
      row.description || schema.description,
      context.link,
    ),
    ...indented([...valueLines(schema, context.link), ...insideLines(schema, context)]),
  ]
}

/** A body or an answer: its fields as a nested list, or what it is where it has none. */
export function schemaLines(schema: SchemaView, context: SchemaContext): string[] {
  if (innermost(schema).properties.length > 0) return insideLines(schema, context)
  const words = [typeInWords(schema), ...factsInWords(schema)].join(', ')
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

function typeInWords(schema: SchemaView): string {
  const { type, format } = schema
  const inside = innermost(schema)
  const name = inside.name !== undefined && !type.includes(inside.name) ? `, ${inside.name}` : ''
  return oneLine(format === undefined ? `${type}${name}` : `${type}${name}, ${format}`)
}

function factsInWords(schema: SchemaView): string[] {
  const inside = innermost(schema)
  const each = [...(inside.format === undefined ? [] : [inside.format]), ...inside.facts]
  return [
    ...schema.facts.map(factInWords),
    ...(inside !== schema && each.length > 0 ? [`each ${each.map(factInWords).join(', ')}`] : []),
    ...(schema.default === undefined ? [] : [`default ${codeSpan(schema.default)}`]),
    ...(schema.const === undefined ? [] : [`always ${codeSpan(schema.const)}`]),
  ]
}

/** A pattern is full of what Markdown takes for its own. */
function factInWords(fact: string): string {
  const [, pattern] = /^matches (.*)$/s.exec(fact) ?? []
  return pattern === undefined ? oneLine(fact) : `matches ${codeSpan(pattern)}`
}

function valueLines(schema: SchemaView, link: Link): string[] {
  // The values of an array of enums stand at its items.
  const values = schema.enum ?? innermost(schema).enum
  if (!values) return []
  if (!values.some(({ description }) => description)) {
    return [`- One of: ${values.map(({ value }) => codeSpan(value)).join(', ')}`]
  }
  return values.flatMap(({ value, description }) =>
    describedItem(codeSpan(value), description, link),
  )
}

/** What is inside a schema; nothing where it is a plain value. */
function insideLines(schema: SchemaView, context: SchemaContext): string[] {
  const inside = innermost(schema)
  const { properties, additionalProperties: more, alternatives, recursion, omitted } = inside
  const isInternal = ({ schema: property }: PropertyView): boolean => property.internal
  const shown = [
    ...properties.filter((property) => !isInternal(property)),
    ...properties.filter(isInternal),
  ]
  const lines = shown.flatMap((property) => rowLines(property, context))
  if (more) {
    const words = [typeInWords(more), ...factsInWords(more)].join(', ')
    lines.push(
      ...describedItem(`any other name (${words})`, more.description, context.link),
      ...indented([...valueLines(more, context.link), ...insideLines(more, context)]),
    )
  }
  if (alternatives) {
    const { kind, options, discriminator } = alternatives
    const how = discriminator === undefined ? '' : `, told apart by ${codeSpan(discriminator)}`
    lines.push(`- ${kind === 'oneOf' ? 'One of these' : 'Any of these'}${how}:`)
    for (const option of options) {
      const title = option.title ?? option.name
      const words = [typeInWords(option), ...factsInWords(option)].join(', ')
      const head = title === undefined ? words : `${plainWords(title)} (${words})`
      lines.push(
        ...indented(describedItem(head, option.description, context.link)),
        ...indented([...valueLines(option, context.link), ...insideLines(option, context)], '    '),
      )
    }
  }
  if (recursion) {
    lines.push(`- the fields of ${recursion.name ? plainWords(recursion.name) : 'it'}, as above`)
  }
  if (omitted !== undefined) lines.push(`- ${omitted} more, in the OpenAPI document`)
  return lines
}
