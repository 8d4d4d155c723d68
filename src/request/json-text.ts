/** A parsed JSON value whose numbers keep the digits they were typed with. */
export type JsonValue =
  | string
  | boolean
  | null
  | JsonNumber
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** A number as its text: `12345678901234567890` stays what it is. */
export class JsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type ReviverWithSource = (key: string, value: unknown, context?: { source?: string }) => unknown

/**
 * @throws {SyntaxError} The text is not JSON.
 */
export function readJson(text: string): JsonValue {
  // Where a browser does not tell the source of a number, its usual text has to do.
  const keepDigits: ReviverWithSource = (_key, value, context) =>
    typeof value === 'number' ? new JsonNumber(context?.source ?? String(value)) : value
  return JSON.parse(text, keepDigits) as JsonValue
}

export function isJsonObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonNumber)
  )
}

export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** JSON text in one line. */
export function writeJson(value: JsonValue): string {
  if (value instanceof JsonNumber) return value.text
  if (isJsonArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`,
    )
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value)
}

/** A value as a form field shows it: bare text for a string, digits for a number, JSON otherwise. */
export function plainText(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}
