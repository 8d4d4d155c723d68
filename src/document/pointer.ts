/**
 * JSON pointers.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */

/** One step of a pointer, escaped. */
export function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

export function formatPointer(segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${escapeSegment(String(segment))}`).join('')
}

/** The steps of a pointer, or nothing where the text is no pointer. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The pointer in the fragment of a reference (the part after `#`), percent escapes undone. */
export function pointerFromFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    // A stray `%` is read as it stands: it may well be the key's own.
    return fragment
  }
}

/** The child under a key, never something inherited such as `constructor`. */
export function child(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) {
    return (value as Record<string, unknown>)[key]
  }
  return undefined
}
