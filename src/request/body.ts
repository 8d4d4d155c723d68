import type {
  MediaTypeDescription,
  PartEncoding,
  RequestBodyDescription,
} from '../model/operation.ts'
import type { BodyFile, BodyPart, RequestBody, RequestValues } from './api-request.ts'
import {
  checkText,
  type Fields,
  fieldPairs,
  formText,
  isStyled,
  ownEncoding,
  readFields,
} from './form-text.ts'
import { checkHeader } from './headers.ts'
import {
  isJsonArray,
  isJsonObject,
  type JsonValue,
  plainText,
  readJson,
  writeJson,
} from './json-text.ts'
import { essenceOf } from './media-type.ts'
import { encodeComponent } from './percent-encoding.ts'
import { RequestError } from './request-error.ts'

/** A body and the header that announces it; a multipart sender makes that header itself. */
export interface BuiltBody {
  body: RequestBody
  contentType?: string
}

/**
 * @param isOptional Makes no body of an empty text even where the document requires one.
 * @throws {RequestError} With field `body`: a required body is missing, or the text cannot be
 * turned into the chosen media type.
 */
export function buildBody(
  description: RequestBodyDescription | undefined,
  values: RequestValues,
  isOptional = false,
): BuiltBody | undefined {
  if (!description) return undefined
  const text = values.body ?? ''
  const files = values.files ?? {}
  const [whole] = files[''] ?? []
  if (text === '' && !whole && Object.keys(files).length === 0) {
    if (description.required && !isOptional) {
      throw new RequestError('missing', 'body', 'This request needs a body.')
    }
    return undefined
  }
  const media = chooseMediaType(description, values.mediaType)
  if (!media) return undefined
  checkText(text, 'body')

  const essence = essenceOf(media.mediaType)
  if (essence === 'multipart/form-data') {
    const fields = text === '' ? {} : readFields(text, 'body')
    return { body: { kind: 'multipart', parts: multipartParts(fields, files, media) } }
  }
  if (whole) return { body: { kind: 'file', file: whole }, contentType: fileType(whole, media) }
  const contentType = essence.includes('*') ? 'application/octet-stream' : media.mediaType
  checkHeader('Content-Type', contentType, 'body')
  if (essence === 'application/x-www-form-urlencoded') {
    const form = formText(readFields(text, 'body'), media.encoding)
    return { body: { kind: 'text', text: form }, contentType }
  }
  return { body: { kind: 'text', text }, contentType }
}

/** A range such as `image/*` leaves it to the file. */
function fileType({ type }: BodyFile, { mediaType }: MediaTypeDescription): string {
  const contentType = mediaType.includes('*') ? type || 'application/octet-stream' : mediaType
  checkHeader('Content-Type', contentType, 'body')
  return contentType
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

/** @see https://spec.openapis.org/oas/v3.1.1.html#encoding-multipart-media-types */
function multipartParts(
  fields: Fields,
  files: Readonly<Record<string, readonly BodyFile[]>>,
  media: MediaTypeDescription,
): BodyPart[] {
  const parts: BodyPart[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(files, name)) continue
    const own = ownEncoding(media.encoding, name)
    if (isStyled(own)) {
      parts.push(...styledParts(name, value, own))
      continue
    }
    const file = media.files?.includes(name)
    for (const item of isJsonArray(value) ? value : [value]) {
      const structured = isJsonArray(item) || isJsonObject(item)
      const contentType =
        partType(own?.contentType) ??
        (structured ? 'application/json' : file ? 'application/octet-stream' : undefined)
      if (contentType !== undefined) checkHeader('Content-Type', contentType, 'body')
      parts.push({
        name,
        value: isJson(contentType) ? jsonPart(item) : plainText(item),
        ...(file && { fileName: name }),
        ...(contentType !== undefined && { contentType }),
      })
    }
  }
  // Last: receivers that stream want to know the rest before a file begins.
  for (const [name, list] of Object.entries(files)) {
    for (const file of list) {
      checkText(file.name, 'body')
      const contentType =
        file.type ||
        (partType(ownEncoding(media.encoding, name)?.contentType) ?? 'application/octet-stream')
      checkHeader('Content-Type', contentType, 'body')
      parts.push({ name, value: '', fileName: file.name, contentType, file })
    }
  }
  return parts
}

/** What a query would hold, one part for each of its pairs; nothing is escaped in a part. */
function styledParts(name: string, value: JsonValue, own?: PartEncoding): BodyPart[] {
  return fieldPairs(name, value, own, encodeComponent).map((pair) => {
    const [key = '', ...rest] = pair.split('=').map(decodeURIComponent)
    return { name: key, value: rest.join('=') }
  })
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^[^/]+\/(.+\+)?json$/.test(essenceOf(contentType))
}

/** A text in a part of JSON is a JSON string, unless it is JSON that somebody has written as a text. */
function jsonPart(item: JsonValue): string {
  return typeof item === 'string' && /^\s*[[{"]/.test(item) && isJsonText(item)
    ? item
    : writeJson(item)
}

function isJsonText(text: string): boolean {
  try {
    readJson(text)
    return true
  } catch {
    return false
  }
}

/** The first of a list such as `image/png, image/jpeg`; a range says nothing about this part. */
function partType(contentType: string | undefined): string | undefined {
  const first = contentType?.split(',')[0]?.trim()
  return first && !first.includes('*') ? first : undefined
}
