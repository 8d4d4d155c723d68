import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyFile, BodyPart, RequestBody } from '../request/api-request.ts'
import { multipartBoundary, multipartSegments } from '../request/multipart.ts'
import { SnippetError } from './snippet-error.ts'

type Header = readonly [name: string, value: string]

/**
 * Headers for a language that keeps them in a map: of one name there is one, its values joined,
 * which means the same (RFC 9110, 5.3).
 */
export function combinedHeaders(headers: readonly Header[]): Header[] {
  const byName = new Map<string, Header>()
  for (const [name, value] of headers) {
    const before = byName.get(name.toLowerCase())
    const values = [before?.[1], value].filter((one) => one !== undefined && one !== '')
    byName.set(name.toLowerCase(), [before?.[0] ?? name, values.join(', ')])
  }
  return [...byName.values()]
}

/** A part that is a plain field: a name and a text, no type, no file. */
export function isPlainField(part: BodyPart): boolean {
  return part.fileName === undefined && part.contentType === undefined && !part.file
}

/** Texts and files that make a body when they are put in a row. */
export type Segment = string | BodyFile

/** A request whose body is no form any more. */
export interface LaidOutRequest extends Omit<ApiRequest, 'body'> {
  /** Empty without a body. */
  segments: readonly Segment[]
}

/**
 * The request with its body laid out byte by byte; a multipart one spelled out, for languages whose
 * own form support would send other bytes.
 */
export function layOut(request: ApiRequest): LaidOutRequest {
  const { method, url, headers, body } = request
  if (body?.kind !== 'multipart') return { method, url, headers, segments: plainSegments(body) }
  const boundary = multipartBoundary(body.parts)
  return {
    method,
    url,
    headers: [...headers, ['Content-Type', `multipart/form-data; boundary=${boundary}`]],
    segments: multipartSegments(body.parts, boundary),
  }
}

function plainSegments(body: Exclude<RequestBody, { kind: 'multipart' }> | undefined): Segment[] {
  if (!body) return []
  return [body.kind === 'text' ? body.text : body.file]
}

/** Where a reader's file lies is not known; its name is. */
export function placeholderPath({ name }: BodyFile): string {
  return `/path/to/${name}`
}

/**
 * A credential is printed beside a variable, so its words must not be able to become code in any
 * language. They come from the API description, which may be anybody's.
 *
 * @throws {SnippetError} They could.
 */
export function checkCredential({ header, prefix, variable }: SnippetCredential): void {
  if (
    !/^[A-Za-z0-9_.-]+$/.test(header) ||
    !/^[A-Za-z0-9 _.:=-]*$/.test(prefix) ||
    !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)
  ) {
    throw new SnippetError('unsafe_credential', `"${header}" cannot be printed as a credential.`)
  }
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}
