import { isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'
import type { AlternativeGroup, Schemas, SettledSchema } from './settled-schema.ts'

/** Type of a schema in words: `string or null`, `array of Stream`. */
export function typeWords(settled: SettledSchema, schemas: Schemas): string {
  const words = wordsOf(settled, schemas, 0)
  return settled.nullable && words !== 'null' ? `${words} or null` : words
}

/** The same for one among several: what has a name is called by it. */
function shortWords(raw: unknown, schemas: Schemas, depth: number): string {
  const settled = schemas.settle(raw)
  const isComplex = settled.properties.size > 0 || settled.alternatives.length > 0
  const words =
    settled.name !== undefined && isComplex ? settled.name : wordsOf(settled, schemas, depth)
  return settled.nullable && words !== 'null' ? `${words} or null` : words
}

function wordsOf(settled: SettledSchema, schemas: Schemas, depth: number): string {
  if (settled.nothing) return 'nothing'
  // Left by a reference that leads nowhere, in a document that is built all the same.
  if ('x-dangling-ref' in settled.keywords) return 'missing from the document'
  if (depth > 4) return 'any'
  const types = settled.types ?? impliedTypes(settled)
  if (types.length === 0) {
    if (settled.types) return 'null'
    const group = settled.alternatives.find(({ options }) => !isRequirementOnly(options))
    if (!group) return 'any'
    const words = new Set(group.options.map((option) => shortWords(option, schemas, depth + 1)))
    return words.size <= 4 ? [...words].join(' or ') : `one of ${words.size} kinds`
  }
  return types
    .map((type) => {
      if (type !== 'array') return type
      if (settled.prefixItems) return 'list of fixed places'
      if (settled.items === undefined || settled.items === true) return 'array'
      const item = shortWords(settled.items, schemas, depth + 1)
      return `array of ${item.includes(' or ') ? `(${item})` : item}`
    })
    .join(' or ')
}

/** What the keywords speak of, where no type is given. */
export function impliedTypes({ keywords, ...settled }: SettledSchema): string[] {
  if (settled.properties.size > 0 || settled.additionalProperties !== undefined) return ['object']
  if (settled.items !== undefined || settled.prefixItems) return ['array']
  const values = Array.isArray(keywords.enum) ? keywords.enum : []
  if ('const' in keywords) values.push(keywords.const)
  if (values.length > 0)
    return [...new Set(values.map(typeOfValue))].filter((type) => type !== 'null')
  if (
    ['pattern', 'minLength', 'maxLength', 'contentEncoding', 'contentMediaType'].some(
      (key) => key in keywords,
    )
  ) {
    return ['string']
  }
  if (
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].some(
      (key) => key in keywords,
    )
  ) {
    return ['number']
  }
  return []
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Limits and other facts, in words. */
export function factsOf(settled: SettledSchema, document: OpenApiDocument): string[] {
  const { keywords } = settled
  const number = (key: string): string | undefined => {
    const value = keywords[key]
    return typeof value === 'number' ? document.numberText(value) : undefined
  }
  return [
    numberRange(number),
    number('multipleOf') && `multiple of ${number('multipleOf')}`,
    countRange(number('minLength'), number('maxLength'), 'character'),
    typeof keywords.pattern === 'string' ? `matches ${keywords.pattern}` : undefined,
    encodingWords(keywords),
    mediaTypeWords(settled),
    countRange(number('minItems'), number('maxItems'), 'item'),
    keywords.uniqueItems === true ? 'no item twice' : undefined,
    countRange(number('minProperties'), number('maxProperties'), 'property', 'properties'),
    ...closedWords(settled),
    ...settled.alternatives.map(neededTogether),
    ...dependentWords(keywords.dependentRequired),
    xmlWords(keywords.xml),
  ].filter((fact): fact is string => fact !== undefined && fact !== '')
}

function encodingWords({ contentEncoding }: JsonObject): string | undefined {
  return typeof contentEncoding === 'string' ? `${contentEncoding} text` : undefined
}

function mediaTypeWords({ keywords, parts }: SettledSchema): string | undefined {
  const type = keywords.contentMediaType
  // What is inside is described by itself then.
  if (typeof type !== 'string' || parts.some(({ kind }) => kind === 'content')) return undefined
  return type === 'application/octet-stream' ? 'bytes of a file' : `holds ${type}`
}

/** What may not come besides. */
function closedWords({ keywords, ...settled }: SettledSchema): string[] {
  const properties =
    settled.additionalProperties === false || keywords.unevaluatedProperties === false
  const items =
    keywords.unevaluatedItems === false || (settled.prefixItems && settled.items === false)
  const hasSome = settled.properties.size > 0 || settled.patternProperties.size > 0
  return [
    ...(properties
      ? [hasSome || settled.alternatives.length > 0 ? 'no other properties' : 'no properties']
      : hasSome && isAnything(settled.additionalProperties)
        ? ['other properties too']
        : []),
    ...(items ? ['no further items'] : []),
  ]
}

function isAnything(schema: unknown): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0)
}

function dependentWords(dependent: unknown): string[] {
  return Object.entries(isObject(dependent) ? dependent : {}).flatMap(([name, needed]) =>
    Array.isArray(needed) && needed.length > 0 ? [`with ${name} also ${needed.join(' and ')}`] : [],
  )
}

/** How the value is written as XML. */
function xmlWords(xml: unknown): string | undefined {
  if (!isObject(xml)) return undefined
  const { name, prefix, namespace, attribute, wrapped, nodeType } = xml
  const tag = `${typeof prefix === 'string' ? `${prefix}:` : ''}${typeof name === 'string' ? name : ''}`
  const words = [
    attribute === true || nodeType === 'attribute' ? `attribute ${tag}`.trim() : tag && `<${tag}>`,
    wrapped === true ? 'wrapped in an element' : '',
    ['text', 'cdata', 'none'].includes(String(nodeType)) ? `as ${nodeType}` : '',
    typeof namespace === 'string' ? `namespace ${namespace}` : '',
  ].filter((word) => word !== '')
  return words.length > 0 ? `XML: ${words.join(', ')}` : undefined
}

function numberRange(number: (key: string) => string | undefined): string | undefined {
  const least = number('minimum')
  const most = number('maximum')
  const above = number('exclusiveMinimum')
  const below = number('exclusiveMaximum')
  if (least !== undefined && most !== undefined) return `${least} to ${most}`
  const words = [
    least !== undefined ? `at least ${least}` : above !== undefined ? `more than ${above}` : '',
    most !== undefined ? `at most ${most}` : below !== undefined ? `less than ${below}` : '',
  ].filter((word) => word !== '')
  return words.length > 0 ? words.join(', ') : undefined
}

function countRange(
  least: string | undefined,
  most: string | undefined,
  one: string,
  many = `${one}s`,
): string | undefined {
  const noun = (count: string): string => (count === '1' ? one : many)
  if (least === '0') least = undefined
  if (least !== undefined && most !== undefined) {
    return least === most ? `exactly ${least} ${noun(least)}` : `${least} to ${most} ${noun(most)}`
  }
  if (least !== undefined) return `at least ${least} ${noun(least)}`
  if (most !== undefined) return `up to ${most} ${noun(most)}`
  return undefined
}

/** Alternatives that only say which properties must come: a sentence, not a choice of shapes. */
function neededTogether({ kind, options }: AlternativeGroup): string | undefined {
  if (!isRequirementOnly(options)) return undefined
  const groups = options.map((option) => option.required.join(' and '))
  return `${kind === 'oneOf' ? 'exactly one of' : 'at least one of'}: ${groups.join(', ')}`
}

export function isRequirementOnly(
  options: readonly unknown[],
): options is { required: string[] }[] {
  return options.every(
    (option) =>
      isObject(option) && Array.isArray(option.required) && Object.keys(option).length === 1,
  )
}
