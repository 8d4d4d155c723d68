import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import type { JsonSchema } from '../../../model/operation.ts'
import type { Places } from '../../../model/panel-answers.ts'
import { complaint, missingName } from '../../validation/complaint.ts'
import { escapeStep, fromFragment } from './json-pointer.ts'
import { PlaceFinder } from './place-finder.ts'

/** One thing in which an answer is not as documented. */
export interface Difference {
  kind: 'missing' | 'extra' | 'type' | 'value'
  /** JSON Pointer of the value; of the object, where a property is missing. */
  pointer: string
  /** A sentence part that follows the place, e.g. `is not documented`. */
  text: string
  /** On the operation's page: the property, or what holds it. */
  anchor?: string
}

export interface Findings {
  differences: Difference[]
  /** There are more than `differences` names. */
  more: number
  /** JSON Pointers of values that the document marks secret. */
  secrets: string[]
}

const mostShown = 200
/** Steps into a value; what lies deeper is the validator's alone. */
const deepest = 100

/**
 * Compares a value with its schema and with what the reference names.
 *
 * @param anchor Of the whole answer.
 * @param part What of the value the schema is to be held against, where all is too much.
 */
export function findDifferences(
  value: unknown,
  schema: JsonSchema | undefined,
  places: Places | undefined,
  anchor?: string,
  part = value,
): Findings {
  const finder = new PlaceFinder(places, anchor)
  const units = schema === undefined ? [] : causes(errorsOf(part, schema))
  const found = units.slice(0, mostShown).map((unit) => toDifference(unit, finder))
  const named = walk(value, finder)
  const known = new Set(units.map(({ instanceLocation }) => fromFragment(instanceLocation)))
  const extra = named.extra.filter((pointer) => !known.has(pointer))
  for (const pointer of extra.slice(0, mostShown - found.length)) {
    const holder = finder.holder(pointer)
    found.push({
      kind: 'extra',
      pointer,
      text: 'is not documented',
      ...(holder && { anchor: holder }),
    })
  }
  return {
    differences: found,
    more: units.length + extra.length - found.length,
    secrets: named.secrets,
  }
}

function errorsOf(value: unknown, schema: JsonSchema): OutputUnit[] {
  return new Validator(schema as Schema | boolean, '2020-12', false).validate(value).errors
}

/** Keywords whose failure only says that something below them failed. */
const passedOn =
  /^(properties|patternProperties|items|prefixItems|allOf|\$ref|\$dynamicRef|additionalProperties|unevaluatedProperties|dependentSchemas|if|then|else)$/

function causes(errors: readonly OutputUnit[]): OutputUnit[] {
  // Of alternatives that all fail, each would be blamed for not being another: only the choice is.
  const choices = Object.keys(
    Object.groupBy(
      errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf'),
      ({ keywordLocation }) => `${keywordLocation}/`,
    ),
  )
  const seen = new Set<string>()
  return errors.filter(({ keyword, keywordLocation, instanceLocation, error }) => {
    if (passedOn.test(keyword)) return false
    if (choices.some((choice) => keywordLocation.startsWith(choice))) return false
    const key = `${instanceLocation} ${keyword} ${error}`
    return !seen.has(key) && seen.add(key)
  })
}

function toDifference(unit: OutputUnit, finder: PlaceFinder): Difference {
  const pointer = fromFragment(unit.instanceLocation)
  const missing = missingName(unit)
  if (missing !== undefined) {
    const anchor = finder.anchor(`${pointer}/${escapeStep(missing)}`) ?? finder.holder(pointer)
    return {
      kind: 'missing',
      pointer,
      text: `lacks ${missing}, which is documented as always there`,
      ...(anchor && { anchor }),
    }
  }
  const anchor = finder.anchor(pointer) ?? finder.holder(pointer)
  const link = anchor ? { anchor } : {}
  if (unit.keyword === 'false') {
    return { kind: 'extra', pointer, text: 'is not documented', ...link }
  }
  const kind = unit.keyword === 'type' ? 'type' : 'value'
  return { kind, pointer, text: complaint(unit), ...link }
}

/** Goes through a value beside what the reference names. */
function walk(value: unknown, finder: PlaceFinder): { extra: string[]; secrets: string[] } {
  const extra: string[] = []
  const secrets: string[] = []
  const waiting = [{ value, pointer: '', places: finder.root, depth: 0 }]
  // The list grows while it is gone through.
  for (const job of waiting) {
    const { value: here, pointer, places, depth } = job
    if (places.length === 0 || typeof here !== 'object' || here === null || depth > deepest) {
      continue
    }
    if (Array.isArray(here)) {
      const inside = finder.items(places)
      if (inside.length === 0) continue
      for (const [index, item] of here.entries()) {
        waiting.push({
          value: item,
          pointer: `${pointer}/${index}`,
          places: inside,
          depth: depth + 1,
        })
      }
      continue
    }
    for (const [name, member] of Object.entries(here)) {
      const step = `${pointer}/${escapeStep(name)}`
      const property = finder.property(places, name)
      if (property.secret && typeof member === 'string') secrets.push(step)
      if (property.unknown) extra.push(step)
      else {
        waiting.push({ value: member, pointer: step, places: property.inside, depth: depth + 1 })
      }
    }
  }
  return { extra, secrets }
}
