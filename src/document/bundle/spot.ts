import { isObject, type JsonObject } from '../json-value.ts'
import { child, formatPointer } from '../pointer.ts'
import type { Source } from '../source.ts'

/** A value in one of the files. */
export interface Spot {
  source: Source
  steps: readonly string[]
}

/** A value, and where it is really written. */
export type Found = Spot & { value: unknown }

/** The same for the same place; `home` parts the kinds of component a place may become. */
export function keyOf(home: readonly string[], { source, steps }: Spot): string {
  return `${home.join('/')}\n${source.path}\n${formatPointer(steps)}`
}

/** A reference with nothing beside it. */
export function isPureReference(value: unknown): value is { $ref: string } {
  return (
    isObject(value) && typeof child(value, '$ref') === 'string' && Object.keys(value).length === 1
  )
}

/** The value at a spot itself, without following references. */
export function valueAt({ source, steps }: Spot): unknown {
  return steps.reduce<unknown>((value, step) => child(value, step), source.value)
}

/** Steps as a URL fragment. */
export function fragmentOf(steps: readonly string[]): string {
  return encodeFragment(formatPointer(steps))
}

function encodeFragment(pointer: string): string {
  try {
    return encodeURI(pointer).replaceAll('#', '%23').replaceAll('?', '%3F')
  } catch {
    // Half a surrogate pair is no text that a URL can hold; it stands for itself.
    return pointer
  }
}

/** The mapping that components of a kind live in, made where it is missing. */
export function sectionIn(json: JsonObject, home: readonly string[]): JsonObject {
  let section = json
  for (const step of home) {
    const next = child(section, step)
    if (isObject(next)) {
      section = next
    } else {
      const made: JsonObject = {}
      section[step] = made
      section = made
    }
  }
  return section
}
