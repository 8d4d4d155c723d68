import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import type { JsonSchema } from '../../model/operation.ts'
import { complaint } from '../validation/complaint.ts'

/** What does not fit, and where. */
export interface ValueProblem {
  /** Path in words, e.g. `items[2].name`; empty for the whole. */
  place: string
  /** The same as steps. */
  path: readonly string[]
  message: string
}

const most = 5

/** Checks a value against its schema. */
export function checkValue(value: unknown, schema: JsonSchema | undefined): ValueProblem[] {
  if (typeof schema !== 'object') {
    return schema === false ? [{ place: '', path: [], message: 'Nothing fits here.' }] : []
  }
  const { errors } = validatorFor(schema).validate(value)
  return deepest(errors)
    .slice(0, most)
    .map((unit) => {
      const path = stepsOf(unit.instanceLocation)
      return { place: placeInWords(path), path, message: sentence(unit) }
    })
}

const validators = new WeakMap<object, Validator>()

function validatorFor(schema: object): Validator {
  const known = validators.get(schema)
  if (known) return known
  const validator = new Validator(withoutSlowPatterns(schema) as Schema, '2020-12', false)
  validators.set(schema, validator)
  return validator
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

function stepsOf(pointer: string): string[] {
  return pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function placeInWords(path: readonly string[]): string {
  return path.reduce((place, step) => {
    if (/^\d+$/.test(step)) return `${place}[${step}]`
    return place ? `${place}.${step}` : step
  }, '')
}

function sentence(unit: OutputUnit): string {
  return unit.keyword === 'false' ? 'is not a field of this body.' : `It ${complaint(unit)}.`
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
