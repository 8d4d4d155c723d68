import type { JsonObject } from '../document/index.ts'

/**
 * Who reads: a request does not show what only the server sets, nor an answer what is only sent; the
 * page of a schema shows both.
 */
export type Direction = 'request' | 'response' | 'both'

/** True for what the other side alone sends. */
export function isLeftOut(keywords: JsonObject, direction: Direction): boolean {
  if (direction === 'both') return false
  return keywords[direction === 'request' ? 'readOnly' : 'writeOnly'] === true
}
