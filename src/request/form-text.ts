import type { MediaTypeDescription, PartEncoding } from '../model/operation.ts'
import type { ParameterValue } from './api-request.ts'
import { isJsonArray, isJsonObject, type JsonValue, plainText, readJson } from './json-text.ts'
import { type Encode, serializePairs } from './parameter-style.ts'
import { encodeForm, encodeReserved } from './percent-encoding.ts'
import { RequestError } from './request-error.ts'

export type Fields = { readonly [key: string]: JsonValue }

/**
 * Writes fields as `application/x-www-form-urlencoded`. A null is written as one: a field that is
 * not meant to go is not there.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-the-x-www-form-urlencoded-media-type
 */
export function formText(fields: Fields, encoding?: MediaTypeDescription['encoding']): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => {
    const own = ownEncoding(encoding, name)
    return fieldPairs(name, value, own, own?.allowReserved ? encodeReserved : encodeForm)
  })
  return pairs.join('&')
}

/** The `name=value` pairs of one field, escaped. */
export function fieldPairs(
  name: string,
  value: JsonValue,
  own: PartEncoding | undefined,
  encode: Encode,
): string[] {
  const style = own?.style ?? 'form'
  const explode = own?.explode ?? style === 'form'
  const styled = isStyled(own) || isJsonArray(value)
  const asValue = styled ? asParameterValue(value, style) : plainText(value)
  return serializePairs(name, asValue, { style, explode }, encode)
}

/** Such a field is written as a query would have it, and has no media type of its own. */
export function isStyled(own: PartEncoding | undefined): boolean {
  return (own?.style ?? own?.explode ?? own?.allowReserved) !== undefined
}

/**
 * A JSON value as a parameter's: a primitive as its bare text, digits kept. Only a deepObject nests
 * further, so for the other styles what lies deeper stays JSON.
 */
export function asParameterValue(value: JsonValue, style: string): ParameterValue {
  const inner = (member: JsonValue) =>
    style === 'deepObject' ? asParameterValue(member, style) : plainText(member)
  if (isJsonArray(value)) return value.map(inner)
  if (isJsonObject(value)) {
    return { entries: Object.entries(value).map(([key, member]) => [key, inner(member)]) }
  }
  return plainText(value)
}

export function ownEncoding(encoding: MediaTypeDescription['encoding'], name: string) {
  return encoding && Object.hasOwn(encoding, name) ? encoding[name] : undefined
}

/**
 * Reads the fields of a form, which are typed as a JSON object.
 *
 * @throws {RequestError} They are something else.
 */
export function readFields(text: string, field: string): Fields {
  let value: JsonValue
  try {
    value = readJson(text)
  } catch (cause) {
    throw new RequestError(
      'invalid_json',
      field,
      'The fields of this form are written as a JSON object, and this is not JSON.',
      { cause },
    )
  }
  if (!isJsonObject(value)) {
    throw new RequestError(
      'not_an_object',
      field,
      'The fields of this form are written as a JSON object, such as {"name": "value"}.',
    )
  }
  // Escapes such as "\ud800" and "\u0000" pass a check of the raw text.
  for (const [key, member] of Object.entries(value)) {
    checkText(key, field)
    checkText(plainText(member), field)
  }
  return value
}

/** @throws {RequestError} A body cannot hold the text. */
export function checkText(text: string, field: string): void {
  const what = field === 'body' ? 'The body' : 'The text'
  if (!text.isWellFormed()) {
    throw new RequestError('not_unicode', field, `${what} holds half a character (a surrogate).`)
  }
  if (text.includes('\0')) {
    throw new RequestError('nul_character', field, `${what} holds a NUL character.`)
  }
}
