import type { MediaTypeDescription, RequestBodyDescription } from '../model/operation.ts'
import type { BodyPart, ParameterValue, RequestBody, RequestValues } from './api-request.ts'
import { checkHeader } from './headers.ts'
import { isJsonArray, isJsonObject, type JsonValue, plainText, readJson } from './json-text.ts'
import { serializePairs } from './parameter-style.ts'
import { encodeForm, encodeReserved } from './percent-encoding.ts'
import { RequestError } from './request-error.ts'

/** A body and the header that announces it; a multipart sender makes that header itself. */
export interface BuiltBody {
  body: RequestBody
  contentType?: string
}

/**
 * @throws {RequestError} With field `body`: a required body is missing, or the text cannot be
 * turned into the chosen media type.
 */
export function buildBody(
  description: RequestBodyDescription | undefined,
  values: RequestValues,
): BuiltBody | undefined {
  if (!description) return undefined
  const text = values.body ?? ''
  if (text === '') {
    if (description.required) {
      throw new RequestError('missing', 'body', 'This request needs a body.')
    }
    return undefined
  }
  const media = chooseMediaType(description, values.mediaType)
  if (!media) return undefined
  checkText(text)

  const essence = (media.mediaType.split(';')[0] ?? '').trim().toLowerCase()
  if (essence === 'multipart/form-data') {
    return { body: { kind: 'multipart', parts: multipartParts(readObject(text), media) } }
  }
  const contentType = essence.includes('*') ? 'application/octet-stream' : media.mediaType
  checkHeader('Content-Type', contentType, 'body')
  if (essence === 'application/x-www-form-urlencoded') {
    return { body: { kind: 'text', text: formText(readObject(text), media) }, contentType }
  }
  return { body: { kind: 'text', text }, contentType }
}

function chooseMediaType(
  { content }: RequestBodyDescription,
  wanted: string | undefined,
): MediaTypeDescription | undefined {
  if (wanted === undefined) return content[0]
  const found = content.find(({ mediaType }) => mediaType === wanted)
  if (!found) {
    throw new RequestError(
      'unknown_media_type',
      'body',
      `The body may be ${content.map(({ mediaType }) => mediaType).join(', ')}, not ${wanted}.`,
    )
  }
  return found
}

function checkText(text: string): void {
  if (!text.isWellFormed()) {
    throw new RequestError('not_unicode', 'body', 'The body holds half a character (a surrogate).')
  }
  if (text.includes('\0')) {
    throw new RequestError('nul_character', 'body', 'The body holds a NUL character.')
  }
}

function readObject(text: string): { readonly [key: string]: JsonValue } {
  let value: JsonValue
  try {
    value = readJson(text)
  } catch (cause) {
    throw new RequestError(
      'invalid_json',
      'body',
      'The fields of this form are written as a JSON object, and this is not JSON.',
      { cause },
    )
  }
  if (!isJsonObject(value)) {
    throw new RequestError(
      'not_an_object',
      'body',
      'The fields of this form are written as a JSON object, such as {"name": "value"}.',
    )
  }
  // Escapes such as "\ud800" and "\u0000" pass the check of the raw text.
  for (const [key, member] of Object.entries(value)) {
    checkText(key)
    checkText(plainText(member))
  }
  return value
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#encoding-the-x-www-form-urlencoded-media-type */
function formText(fields: { readonly [key: string]: JsonValue }, media: MediaTypeDescription) {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue
    const encoding = ownEncoding(media, name)
    const style = encoding?.style ?? 'form'
    const explode = encoding?.explode ?? style === 'form'
    const styled = encoding?.style !== undefined || encoding?.explode !== undefined
    const encode = encoding?.allowReserved ? encodeReserved : encodeForm
    pairs.push(...serializePairs(name, asParameter(value, styled), { style, explode }, encode))
  }
  return pairs.join('&')
}

/** An object stays JSON unless the document gives it a style. */
function asParameter(value: JsonValue, styled: boolean): ParameterValue {
  if (isJsonArray(value)) return value.map(plainText)
  if (styled && isJsonObject(value)) {
    return { entries: Object.entries(value).map(([key, member]) => [key, plainText(member)]) }
  }
  return plainText(value)
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#encoding-multipart-media-types */
function multipartParts(
  fields: { readonly [key: string]: JsonValue },
  media: MediaTypeDescription,
): BodyPart[] {
  const parts: BodyPart[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue
    const file = isFile(media, name)
    for (const item of isJsonArray(value) ? value : [value]) {
      const structured = isJsonArray(item) || isJsonObject(item)
      const contentType =
        partType(ownEncoding(media, name)?.contentType) ??
        (structured ? 'application/json' : file ? 'application/octet-stream' : undefined)
      if (contentType !== undefined) checkHeader('Content-Type', contentType, 'body')
      parts.push({
        name,
        value: plainText(item),
        ...(file && { fileName: name }),
        ...(contentType !== undefined && { contentType }),
      })
    }
  }
  return parts
}

/** The first of a list such as `image/png, image/jpeg`; a range says nothing about this part. */
function partType(contentType: string | undefined): string | undefined {
  const first = contentType?.split(',')[0]?.trim()
  return first && !first.includes('*') ? first : undefined
}

function ownEncoding({ encoding }: MediaTypeDescription, name: string) {
  return encoding && Object.hasOwn(encoding, name) ? encoding[name] : undefined
}

/** True for a property the document describes as raw bytes: receivers expect a file there. */
function isFile({ schema }: MediaTypeDescription, name: string): boolean {
  const property = member(member(schema, 'properties'), name)
  const described = member(property, 'items') ?? property
  return (
    member(described, 'format') === 'binary' ||
    (member(described, 'contentMediaType') !== undefined &&
      member(described, 'contentEncoding') === undefined)
  )
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
