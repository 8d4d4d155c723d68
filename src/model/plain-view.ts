import { child, isObject } from '../document/index.ts'
import { linkOf } from './field.ts'
import type { SchemaView } from './operation.ts'
import { factsOf, typeWords } from './schema-words.ts'
import type { Schemas, SettledSchema } from './settled-schema.ts'

/** What a schema says of itself; what lies inside it is left empty. */
export function plainView(settled: SettledSchema, schemas: Schemas): SchemaView {
  const { keywords } = settled
  const { document } = schemas
  const text = (key: string): string | undefined => {
    const value = keywords[key]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const values = enumOf(settled, schemas)
  const view: SchemaView = {
    type: typeWords(settled, schemas),
    description: text('description') ?? '',
    nullable: settled.nullable,
    facts: [...factsOf(settled, document), ...unnamedRequired(settled, schemas)],
    examples: examplesOf(keywords).map((value) => document.jsonText(value)),
    deprecated: keywords.deprecated === true,
    readOnly: keywords.readOnly === true,
    writeOnly: keywords.writeOnly === true,
    internal: keywords['x-internal-field'] === true,
    secret: keywords.format === 'password' || keywords['x-secret'] === true,
    properties: [],
    ...linkOf(keywords.externalDocs),
  }
  if (settled.name !== undefined) view.name = settled.name
  if (settled.origins.length > 0) {
    view.origins = settled.origins.map((origin) => ({
      ...origin,
      ...(schemas.addressOfName(origin.name) ?? {}),
    }))
  }
  const page = schemas.addressOf(settled)
  if (page) view.href = page.href
  const heirs = heirsOf(settled, schemas)
  if (heirs) view.heirs = heirs
  const title = text('title')
  if (title !== undefined) view.title = title
  const format = text('format')
  if (format !== undefined) view.format = format
  if (keywords.default !== undefined) view.default = document.jsonText(keywords.default)
  if (keywords.const !== undefined) view.const = document.jsonText(keywords.const)
  if (values) view.enum = values
  return view
}

function heirsOf({ heirs, identity }: SettledSchema, schemas: Schemas): SchemaView['heirs'] {
  if (!heirs) return undefined
  const { property, mapping } = heirs
  const mapped = [...mapping].flatMap(([target, values]) =>
    values.map((value) => ({ name: nameIn(target), value })),
  )
  const others = schemas
    .heirsOf(identity)
    .filter((name) => !mapped.some((one) => one.name === name))
    .map((name) => ({ name, value: name }))
  const options = [...mapped, ...others].map((one) => ({
    ...one,
    ...(schemas.addressOfName(one.name) ?? {}),
  }))
  return options.length > 0 ? { property, options } : undefined
}

/** What must come although nothing describes it. */
function unnamedRequired(settled: SettledSchema, schemas: Schemas): string[] {
  const known = new Set(settled.properties.keys())
  for (const { options } of settled.alternatives) {
    for (const option of options) {
      for (const name of schemas.settle(option).properties.keys()) known.add(name)
    }
  }
  const names = [...settled.required].filter((name) => !known.has(name))
  // Alternatives that only name what must come say so in a sentence of their own.
  return names.length > 0 ? [`needs ${names.join(', ')}`] : []
}

/** Last step of a reference, or a bare name. */
export function nameIn(target: string): string {
  const last = target.split('/').at(-1) ?? target
  return last.replaceAll('~1', '/').replaceAll('~0', '~')
}

function enumOf(settled: SettledSchema, schemas: Schemas): SchemaView['enum'] | undefined {
  const { keywords } = settled
  const texts = keywords['x-enum-descriptions'] ?? keywords['x-enumDescriptions']
  const names = keywords['x-enum-varnames'] ?? keywords['x-enumNames']
  if (!Array.isArray(keywords.enum)) return describedConsts(settled, schemas)
  return keywords.enum.map((value: unknown, index) => {
    const shown = typeof value === 'string' ? value : schemas.document.jsonText(value)
    const text = Array.isArray(texts) ? texts[index] : child(texts, shown)
    const name = Array.isArray(names) ? names[index] : child(names, shown)
    return {
      value: shown,
      ...(typeof name === 'string' && { name }),
      description: typeof text === 'string' ? text : '',
    }
  })
}

/** A choice of plain values, each with its words: an enum as JSON Schema describes one. */
function describedConsts(
  { alternatives, properties }: SettledSchema,
  { document }: Schemas,
): SchemaView['enum'] | undefined {
  const options = alternatives.length === 1 && properties.size === 0 ? alternatives[0]?.options : []
  if (!options?.length) return undefined
  if (!options.every((option) => isObject(option) && 'const' in option && isPlain(option))) {
    return undefined
  }
  return options.map((option) => {
    const value = child(option, 'const')
    const [title, description] = [child(option, 'title'), child(option, 'description')]
    return {
      value: typeof value === 'string' ? value : document.jsonText(value),
      ...(typeof title === 'string' && { name: title }),
      description: typeof description === 'string' ? description : '',
    }
  })
}

function isPlain(option: object): boolean {
  const known = ['const', 'title', 'description', 'type', 'deprecated']
  return Object.keys(option).every((key) => known.includes(key))
}

/** Examples inside a schema, the older single one first. */
export function examplesOf(keywords: { [key: string]: unknown }): unknown[] {
  const examples = Array.isArray(keywords.examples) ? keywords.examples : []
  return keywords.example === undefined ? examples : [keywords.example, ...examples]
}
