/** A stretch of JSON text of one kind; white space and punctuation have none. */
export interface JsonToken {
  text: string
  kind?: 'property' | 'string' | 'number' | 'keyword'
}

/** Strings with what may make them a key, literals, numbers, and everything between. */
const pieces =
  /("[^"\\\n]*(?:\\.[^"\\\n]*)*"?)(\s*:)?|\b(true|false|null)\b|(-?\d[\d.eE+-]*)|[^"tfn\d-]+|-+|["tfn\d]/g

/**
 * Splits JSON into what has a colour, in linear time and without dropping a character. Text that
 * is not quite JSON comes through as well.
 */
export function jsonTokens(text: string): JsonToken[] {
  const row: JsonToken[] = []
  for (const [all, quoted, colon, literal, number] of text.matchAll(pieces)) {
    if (quoted !== undefined) {
      row.push({ text: quoted, kind: colon === undefined ? 'string' : 'property' })
      if (colon !== undefined) row.push({ text: colon })
    } else if (literal !== undefined) {
      row.push({ text: literal, kind: 'keyword' })
    } else if (number !== undefined) {
      row.push({ text: number, kind: 'number' })
    } else {
      const last = row.at(-1)
      if (last && last.kind === undefined) last.text += all
      else row.push({ text: all })
    }
  }
  return row
}
