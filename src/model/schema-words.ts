import { isObject, type OpenApiDocument } from '../document/index.ts'
import type { Schemas, SettledSchema } from './settled-schema.ts'

/** Type of a schema in words: `string or null`, `array of Stream`. */
export function typeWords(settled: SettledSchema, schemas: Schemas): string {
  const words = wordsOf(settled, schemas, 0)
  return settled.nullable && words !== 'null' ? `${words} or null` : words
}

/** The same for one among several: what has a name is called by it. */
function shortWords(raw: unknown, schemas: Schemas, depth: number): string {
  const settled = schemas.settle(raw)
  const isComplex = settled.properties.size > 0 || settled.alternatives !== undefined
  const words =
    settled.name !== undefined && isComplex ? settled.name : wordsOf(settled, schemas, depth)
  return settled.nullable && words !== 'null' ? `${words} or null` : words
}

function wordsOf(settled: SettledSchema, schemas: Schemas, depth: number): string {
  if (settled.nothing) return 'nothing'
  if (depth > 4) return 'any'
  const types = settled.types ?? impliedTypes(settled)
  if (types.length === 0) {
    if (settled.types) return 'null'
    const { alternatives } = settled
    if (!alternatives) return 'any'
    const words = new Set(
      alternatives.options.map((option) => shortWords(option, schemas, depth + 1)),
    )
    return words.size <= 4 ? [...words].join(' or ') : `one of ${words.size} kinds`
  }
  return types
    .map((type) => {
      if (type !== 'array') return type
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
  const facts: string[] = []
  const say = (fact: string | undefined): void => {
    if (fact !== undefined) facts.push(fact)
  }
  say(numberRange(number))
  say(number('multipleOf') && `multiple of ${number('multipleOf')}`)
  say(countRange(number('minLength'), number('maxLength'), 'character'))
  if (typeof keywords.pattern === 'string') say(`matches ${keywords.pattern}`)
  if (keywords.contentEncoding === 'base64' || keywords.contentEncoding === 'base64url') {
    say(`${keywords.contentEncoding} text`)
  }
  if (typeof keywords.contentMediaType === 'string') {
    const binary = keywords.contentMediaType === 'application/octet-stream'
    say(binary ? 'bytes of a file' : `holds ${keywords.contentMediaType}`)
  }
  say(countRange(number('minItems'), number('maxItems'), 'item'))
  if (keywords.uniqueItems === true) say('no item twice')
  say(countRange(number('minProperties'), number('maxProperties'), 'property', 'properties'))
  if (settled.additionalProperties === false && settled.properties.size > 0) {
    say('no other properties')
  }
  say(neededTogether(settled))
  return facts
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
function neededTogether({ alternatives }: SettledSchema): string | undefined {
  if (!alternatives || !isRequirementOnly(alternatives.options)) return undefined
  const groups = alternatives.options.map((option) => option.required.join(' and '))
  return `${alternatives.kind === 'oneOf' ? 'exactly one of' : 'at least one of'}: ${groups.join(', ')}`
}

export function isRequirementOnly(
  options: readonly unknown[],
): options is { required: string[] }[] {
  return options.every(
    (option) =>
      isObject(option) && Array.isArray(option.required) && Object.keys(option).length === 1,
  )
}
