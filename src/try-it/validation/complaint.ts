import type { OutputUnit } from '@cfworker/json-schema'

/**
 * What a validator found about a value, as the end of a sentence: `is a string; documented is
 * integer`. The validator tells most of it only in the words of its messages, which are read here.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function complaint({ keyword, error }: OutputUnit): string {
  return sentences[keyword]?.(error) ?? ownWords(error)
}

/** The property that `required` misses. */
export function missingName({ keyword, error }: OutputUnit): string | undefined {
  return keyword === 'required' ? quotedIn(error) : undefined
}

const sentences: Record<string, (error: string) => string | undefined> = {
  type: (error) => {
    const [, actual = '', expected = ''] = /type "(\w+)".*Expected (.*)\.$/.exec(error) ?? []
    const documented = [...expected.matchAll(/"([^"]*)"/g)].map(([, name]) => name)
    return `is ${kinds[actual] ?? actual}; documented is ${documented.join(' or ')}`
  },
  required: (error) => `lacks ${quotedIn(error)}, which is required`,
  dependentRequired: (error) => {
    const [, has = '', lacks = ''] = /has "(.*)" but does not have "(.*)"/s.exec(error) ?? []
    return `has ${has} and so must have ${lacks}`
  },
  enum: (error) => {
    const [, list] = /any of (\[.*\])\.$/s.exec(error) ?? []
    const values: unknown[] = list === undefined ? [] : JSON.parse(list)
    const named = values.map((value) => JSON.stringify(value)).join(', ')
    const isShort = named !== '' && named.length <= longest
    return `is none of the documented values${isShort ? `: ${named}` : ''}`
  },
  const: (error) => {
    const [, only = ''] = /match (.*)\.$/s.exec(error) ?? []
    return `is not the documented value${only && only.length <= longest ? ` ${only}` : ''}`
  },
  pattern: () => 'does not have the documented pattern',
  format: (error) => `is not in the documented format ${quotedIn(error)}`,
  oneOf: (error) => {
    const [, matches = '0'] = /\((\d+) matches\)/.exec(error) ?? []
    return matches === '0'
      ? fitsNone
      : `is like ${matches} of the documented alternatives; it may be like one`
  },
  anyOf: () => fitsNone,
  not: () => 'is what the documentation rules out',
  minimum: (error) => limited(error, (least) => `is ${least} or more`),
  maximum: (error) => limited(error, (most) => `is ${most} or less`),
  exclusiveMinimum: (error) => limited(error, (least) => `is more than ${least}`),
  exclusiveMaximum: (error) => limited(error, (most) => `is less than ${most}`),
  multipleOf: (error) => limited(error, (factor) => `are multiples of ${factor}`),
  minLength: (error) => counted(error, 'character', 'more'),
  maxLength: (error) => counted(error, 'character', 'fewer'),
  minItems: (error) => counted(error, 'item', 'more'),
  maxItems: (error) => counted(error, 'item', 'fewer'),
  minProperties: (error) => `has fewer than the documented ${firstNumber(error)} properties`,
  // The validator's message says "at least" here.
  maxProperties: (error) => `has more than the documented ${firstNumber(error)} properties`,
  uniqueItems: (error) => {
    const [first = '', second = ''] = error.match(/\d+/g) ?? []
    return `has the same item twice, at ${first} and ${second}`
  },
  contains: () => 'has no item of the kind that one must be',
  minContains: () => 'has too few items of a documented kind',
  maxContains: () => 'has too many items of a documented kind',
  propertyNames: (error) => `has ${quotedIn(error)}, which no property may be called`,
}

/** Characters of values that a sentence still bears. */
const longest = 200

const fitsNone = 'is like none of the documented alternatives'

const kinds: Record<string, string> = {
  null: 'null',
  array: 'an array',
  object: 'an object',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
}

/** `-1 is less than 0.` */
function limited(error: string, words: (limit: string) => string): string | undefined {
  const [, actual, limit] = /^(\S+) is .* (\S+)\.$/.exec(error) ?? []
  return limit === undefined ? undefined : `is ${actual}; documented ${words(limit)}`
}

/** `String is too short (1 < 5).` */
function counted(error: string, what: string, kind: 'more' | 'fewer'): string | undefined {
  const [, actual, limit] = /\((\d+) [<>] (\d+)\)/.exec(error) ?? []
  if (limit === undefined) return undefined
  return `has ${actual} ${what}${actual === '1' ? '' : 's'}; documented are ${limit} or ${kind}`
}

function quotedIn(error: string): string {
  return /"(.*)"/s.exec(error)?.[1] ?? ''
}

function firstNumber(error: string): string {
  return /\d+/.exec(error)?.[0] ?? ''
}

function ownWords(error: string): string {
  const words = error.replace(/^Instance /, '').replace(/\.$/, '')
  return words.charAt(0).toLowerCase() + words.slice(1)
}
