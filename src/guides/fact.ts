import { distance } from 'fastest-levenshtein'
import type { OpenApiDocument } from '../document/index.ts'
import type { Reference } from '../model/operation.ts'

/** Something that a guide shows and the OpenAPI document says. Cells and words are Markdown. */
export type Fact =
  | { kind: 'link'; text: string; href: string }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'code'; language: string; text: string }
  /** Shown by its component alone; the guide says the same in a table. */
  | { kind: 'drawing' }

/** Where facts come from. */
export interface FactSource {
  document: OpenApiDocument
  reference: Reference
}

/** What a guide wrote between `<` and `/>`. */
export type FactAttributes = ReadonlyMap<string, string>

/** @throws {FactError} The guide names what the document does not have. */
export type ReadFact = (attributes: FactAttributes, source: FactSource) => Fact

/** A guide names something that the OpenAPI document does not have. */
export class FactError extends Error {
  override readonly name = 'FactError'
  readonly code = 'fact_unknown'

  /** @param kind What was looked for, e.g. `operation`. */
  constructor(kind: string, name: string, known: Iterable<string>) {
    const names = [...known]
    const near = nearest(name, names)
    const hint = near
      ? `Did you mean "${near}"?`
      : `It has: ${names.slice(0, 40).join(', ') || 'none'}.`
    super(`the OpenAPI document has no ${kind} "${name}". ${hint}`)
  }
}

/** The name that differs least, if by little. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({
      candidate,
      distance: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(1, name.length / 4) ? best.candidate : undefined
}
