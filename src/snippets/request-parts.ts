import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyPart } from '../request/api-request.ts'
import { multipartBoundary, multipartText } from '../request/multipart.ts'
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
  return part.fileName === undefined && part.contentType === undefined
}

/**
 * The request with its multipart body spelled out, for languages whose own form support would
 * send other bytes.
 */
export function withMultipartSpelledOut(request: ApiRequest): ApiRequest {
  if (request.body?.kind !== 'multipart') return request
  const boundary = multipartBoundary(request.body.parts)
  return {
    ...request,
    headers: [...request.headers, ['Content-Type', `multipart/form-data; boundary=${boundary}`]],
    body: { kind: 'text', text: multipartText(request.body.parts, boundary) },
  }
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
