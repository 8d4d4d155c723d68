import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import type { JsonSchema } from '../../model/operation.ts'

/** What does not fit, and where. */
export interface BodyProblem {
  /** Path in words, e.g. `items[2].name`; empty for the whole. */
  place: string
  message: string
}

const most = 5

/**
 * Checks a JSON body against its schema. The API has the last word: a body with problems can still
 * be sent.
 */
export function checkBody(text: string, schema: JsonSchema | undefined): BodyProblem[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return [{ place: '', message: `This is not JSON: ${jsonComplaint(cause)}` }]
  }
  if (typeof schema !== 'object') {
    return schema === false ? [{ place: '', message: 'No body fits here.' }] : []
  }
  const validator = new Validator(withoutSlowPatterns(schema) as Schema, '2020-12', false)
  const { errors } = validator.validate(value)
  return deepest(errors)
    .slice(0, most)
    .map((unit) => ({ place: placeInWords(unit.instanceLocation), message: sentence(unit) }))
}

function jsonComplaint(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/^JSON\.parse: /, '') : String(cause)
}

/** A failure of `properties` or `allOf` only says that something below it failed. */
function deepest(errors: readonly OutputUnit[]): OutputUnit[] {
  const causes = errors.filter(
    ({ keyword }) =>
      !/^(properties|items|prefixItems|allOf|\$ref|\$dynamicRef|additionalProperties|if)$/.test(
        keyword,
      ),
  )
  const chosen = causes.length > 0 ? causes : [...errors]
  const seen = new Set<string>()
  return chosen.filter(({ instanceLocation, error }) => {
    const key = `${instanceLocation} ${error}`
    return !seen.has(key) && seen.add(key)
  })
}

function placeInWords(pointer: string): string {
  return pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((place, step) => {
      if (/^\d+$/.test(step)) return `${place}[${step}]`
      return place ? `${place}.${step}` : step
    }, '')
}

function sentence({ keyword, error }: OutputUnit): string {
  if (keyword === 'false') return 'is not a field of this body.'
  return error.replace(/^Instance (does not have|type|)/, (_all, word: string) =>
    word === 'type' ? 'The type' : `It ${word}`,
  )
}

/**
 * A pattern with a repetition inside a repetition can take for ever on a few dozen characters, and
 * would freeze the page. The API still checks it.
 */
function withoutSlowPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutSlowPatterns)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([keyword, value]) =>
          !(keyword === 'pattern' && typeof value === 'string' && mayBeSlow(value)),
      )
      .map(([keyword, value]) => [keyword, withoutSlowPatterns(value)]),
  )
}

function mayBeSlow(pattern: string): boolean {
  return /[+*}]\)*[^()]*\)\s*[+*{]/.test(pattern) || /\([^)]*\|[^)]*\)[+*{]/.test(pattern)
}
