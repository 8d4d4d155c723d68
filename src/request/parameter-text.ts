import type { Parameter } from '../model/operation.ts'
import { type ParameterValue, parameterKey } from './api-request.ts'
import { formText, readFields } from './form-text.ts'
import { checkHeader, headerText } from './headers.ts'
import { isList, nestedText, serializeInPlace, serializePairs } from './parameter-style.ts'
import { encodeComponent, encodeReserved } from './percent-encoding.ts'
import { RequestError } from './request-error.ts'

/** As much of a parameter as its text depends on. */
export type ParameterShape = Pick<Parameter, 'in' | 'name' | 'style' | 'explode'> &
  Partial<Pick<Parameter, 'allowReserved' | 'mediaType'>>

/**
 * A parameter's value as it goes on the wire: what stands in the place of `{id}` in a path, the
 * `name=value` pairs of a query, the value of a header, the `name=value` of a cookie. Empty where
 * nothing goes: RFC 6570 takes an empty list for an absent one.
 *
 * @throws {RequestError} The value cannot travel as it is.
 * @see https://spec.openapis.org/oas/v3.2.0.html#style-values
 */
export function parameterText(parameter: ParameterShape, value: ParameterValue): string {
  const field = parameterKey(parameter)
  checkUnicode(parameter.name, value, field)
  switch (parameter.in) {
    case 'path':
      return pathText(parameter, value, field)
    case 'query':
      return queryText(parameter, value)
    case 'querystring':
      return wholeQueryText(parameter, value, field)
    case 'header':
      return headerParameterText(parameter, value, field)
    case 'cookie':
      return cookieText(parameter, value, field)
  }
}

function pathText(parameter: ParameterShape, value: ParameterValue, field: string): string {
  // A slash would begin another segment, whatever the document allows.
  const encode = parameter.allowReserved
    ? (text: string) => encodeReserved(text, isList(value) ? '/?,;=' : '/?')
    : encodeComponent
  const text =
    parameter.mediaType === undefined
      ? serializeInPlace(parameter.name, value, parameter, encode)
      : encodeComponent(contentText(value))
  if (text === '' || value === '') {
    throw new RequestError(
      'empty_path_value',
      field,
      `${parameter.name} is empty, which would make this another address.`,
    )
  }
  return text
}

function queryText(parameter: ParameterShape, value: ParameterValue): string {
  const { name, mediaType, allowReserved } = parameter
  if (mediaType !== undefined) {
    return `${encodeComponent(name)}=${encodeComponent(contentText(value))}`
  }
  // A comma inside an item must not look like one between items.
  const inList = typeof value !== 'string'
  const encode = allowReserved
    ? (text: string) => encodeReserved(text, inList ? ',;=' : '')
    : encodeComponent
  return serializePairs(name, value, parameter, encode).join('&')
}

/**
 * The whole query in one media type (OpenAPI 3.2). A form is a query already, the rest is escaped.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#parameter-locations
 */
function wholeQueryText(parameter: ParameterShape, value: ParameterValue, field: string): string {
  const text = contentText(value)
  if (!/^application\/x-www-form-urlencoded\b/i.test(parameter.mediaType ?? '')) {
    return encodeComponent(text)
  }
  return text === '' ? '' : formText(readFields(text, field))
}

function headerParameterText(
  parameter: ParameterShape,
  value: ParameterValue,
  field: string,
): string {
  const { name, mediaType } = parameter
  const text =
    mediaType === undefined
      ? serializeInPlace(name, value, { ...parameter, style: 'simple' }, (one) => one)
      : headerText(contentText(value), mediaType)
  checkHeader(name, text, field)
  return text
}

/** @see https://spec.openapis.org/oas/v3.2.0.html#appendix-d-serializing-headers-and-cookies */
function cookieText(parameter: ParameterShape, value: ParameterValue, field: string): string {
  const { name, mediaType, explode } = parameter
  if (mediaType !== undefined) {
    return `${encodeComponent(name)}=${encodeComponent(contentText(value))}`
  }
  const asIs = parameter.style === 'cookie'
  if (asIs && textsOf(value).some((text) => !/^[!#-:<-[\]-~]*$/.test(text))) {
    throw new RequestError(
      'invalid_cookie_value',
      field,
      `${name} has a character that a cookie cannot hold.`,
    )
  }
  const encode = asIs ? (text: string) => text : encodeComponent
  return serializePairs(name, value, { style: 'form', explode }, encode).join('; ')
}

/** A parameter described by `content` is typed as the text of that media type. */
function contentText(value: ParameterValue): string {
  return typeof value === 'string' ? value : nestedText(value)
}

function checkUnicode(name: string, value: ParameterValue, field: string): void {
  if (textsOf(value).every((text) => text.isWellFormed())) return
  throw new RequestError('not_unicode', field, `${name} holds half a character (a surrogate).`)
}

/** Every text in a value, keys included. */
export function textsOf(value: ParameterValue): string[] {
  if (typeof value === 'string') return [value]
  if (isList(value)) return value.flatMap(textsOf)
  return value.entries.flatMap(([key, member]) => [key, ...textsOf(member)])
}
