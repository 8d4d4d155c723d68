import type { ExactNumbers } from './exact-number.ts'

declare global {
  interface JSON {
    /** Part of ECMAScript 2026, present in Node since 21; the compiler's library lacks it. */
    rawJSON(text: string): unknown
  }
}

/**
 * JSON text with the digits the document has: `JSON.stringify` alone would round
 * 9007199254740993.
 *
 * @param indent Spaces per level; without it everything stands on one line.
 */
export function jsonText(value: unknown, numbers: ExactNumbers, indent?: number): string {
  if (numbers.size === 0) return JSON.stringify(value, undefined, indent) ?? 'null'
  const exact = (_key: string, item: unknown): unknown =>
    typeof item === 'number' && Number.isFinite(item) ? JSON.rawJSON(numbers.textOf(item)) : item
  return JSON.stringify(value, exact, indent) ?? 'null'
}
