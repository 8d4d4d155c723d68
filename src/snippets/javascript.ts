import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyPart } from '../request/api-request.ts'
import {
  checkCredential,
  combinedHeaders,
  isPlainField,
  type LaidOutRequest,
  layOut,
  placeholderPath,
  type Segment,
} from './request-parts.ts'
import {
  address,
  comment,
  credentialPart,
  keyword,
  type Piece,
  property,
  string,
  type Token,
  tokens,
} from './token.ts'

/**
 * A JavaScript module that sends the request with `fetch` and prints the answer; for Node, Deno
 * and Bun, since a key does not belong in a page. What `fetch` refuses to send (a body with GET)
 * is sent with `node:http`.
 */
export function printJavaScript(
  request: ApiRequest,
  credential: SnippetCredential | undefined,
): Token[] {
  const refused = /^(CONNECT|TRACE|TRACK)$/.test(request.method)
  if (refused || (request.body && /^(GET|HEAD)$/.test(request.method))) {
    return printNodeHttp(layOut(request), credential)
  }
  const parts =
    request.body?.kind === 'multipart' && formDataSends(request.body.parts)
      ? request.body.parts
      : []
  const laidOut = parts.length > 0 ? { ...request, segments: [] } : layOut(request)
  const { segments } = laidOut
  const options: Piece[] = []
  if (request.method !== 'GET') options.push(member('method', string(quoted(request.method)), 1))
  options.push(headersMember(laidOut, credential))
  if (segments.length > 0) options.push(member('body', fetchBody(laidOut), 1))
  else if (parts.length > 0) options.push(member('body', 'form', 1))
  const present = options.filter((piece) => piece !== '')
  const readsFiles = parts.some(({ file }) => file) || segments.some(isFile)
  return tokens(
    readsFiles ? [importLine('readFile', 'node:fs/promises'), '\n'] : '',
    parts.length > 0 ? formData(parts) : '',
    [keyword('const'), ' response = ', keyword('await'), ' fetch('],
    address(string(quoted(request.url))),
    present.length > 0 ? [', {\n', present, '}'] : '',
    ')\n',
    ['console.log(response.status, ', keyword('await'), ' response.text())\n'],
  )
}

function printNodeHttp(
  request: LaidOutRequest,
  credential: SnippetCredential | undefined,
): Token[] {
  const library = request.url.startsWith('https:') ? 'node:https' : 'node:http'
  const { segments } = request
  const hasBody = segments.length > 0
  return tokens(
    segments.some(isFile) ? importLine('readFile', 'node:fs/promises') : '',
    [importLine('request', library), '\n'],
    [comment(`// fetch refuses ${request.method}${hasBody ? ' with a body' : ''}.`), '\n'],
    hasBody ? [keyword('const'), ' body = ', bytes(segments), '\n'] : '',
    [keyword('const'), ' call = request(', address(string(quoted(request.url))), ', {\n'],
    member('method', string(quoted(request.method)), 1),
    headersMember(
      request,
      credential,
      hasBody ? ['    ', string("'Content-Length'"), ': Buffer.byteLength(body),\n'] : '',
    ),
    '})\n',
    ['call.on(', string("'response'"), ', ', keyword('async'), ' (response) => {\n'],
    ['  ', keyword('const'), ' answer = Buffer.concat(', keyword('await')],
    ' response.toArray()).toString()\n',
    '  console.log(response.statusCode, answer)\n})\n',
    hasBody ? 'call.end(body)\n' : 'call.end()\n',
  )
}

function importLine(name: string, library: string): Piece {
  return [keyword('import'), ` { ${name} } `, keyword('from'), ' ', string(`'${library}'`), '\n']
}

function isFile(segment: Segment): boolean {
  return typeof segment !== 'string'
}

/** A text, or the bytes of texts and files in a row. */
function bytes(segments: readonly Segment[]): Piece {
  const [first, ...others] = segments
  if (others.length === 0 && first !== undefined) return segmentPiece(first)
  const pieces = segments.map((segment): Piece => {
    const piece = segmentPiece(segment)
    return ['  ', typeof segment === 'string' ? ['Buffer.from(', piece, ')'] : piece, ',\n']
  })
  return ['Buffer.concat([\n', pieces, '])']
}

function segmentPiece(segment: Segment): Piece {
  if (typeof segment === 'string') return string(textLiteral(segment))
  return [keyword('await'), ' readFile(', string(quoted(placeholderPath(segment))), ')']
}

/** A string would bring a type of its own. */
function fetchBody({ segments, headers }: LaidOutRequest): Piece {
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type')
  const piece = bytes(segments)
  if (typed || segments.length > 1 || segments.some(isFile)) return piece
  return [keyword('new'), ' TextEncoder().encode(', piece, ')']
}

function member(name: string, value: Piece, depth: number): Piece {
  return ['  '.repeat(depth), property(name), ': ', value, ',\n']
}

function headersMember(
  request: Pick<ApiRequest, 'headers'>,
  credential: SnippetCredential | undefined,
  more: Piece = '',
): Piece {
  const lines = combinedHeaders(request.headers).map(([name, value]): Piece => {
    return ['    ', property(propertyName(name)), ': ', string(quoted(value)), ',\n']
  })
  if (credential) {
    checkCredential(credential)
    const { header, prefix } = credential
    const key = `process.env.${credential.variable}`
    const value = prefix === '' ? key : [string(`\`${prefix}`), '${', key, '}', string('`')]
    const entry = credentialPart(property(propertyName(header)), ': ', value)
    lines.unshift(['    ', entry, ',\n'])
  }
  if (lines.length === 0 && more === '') return ''
  return ['  ', property('headers'), ': {\n', lines, more, '  },\n']
}

/** In brackets, `__proto__` is a name like any other. */
function propertyName(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : quoted(name)
}

/**
 * `FormData` rewrites line breaks, makes a file of every part that has a type, and in Node leaves
 * an empty file name out.
 */
function formDataSends(parts: readonly BodyPart[]): boolean {
  return parts.every(
    (part) =>
      !/[\r\n]/.test(part.name) &&
      (isPlainField(part)
        ? !/[\r\n]/.test(part.value)
        : part.fileName && isBlobType(part.contentType)),
  )
}

/** A blob writes its type in small letters, and a part without one as `application/octet-stream`. */
function isBlobType(contentType: string | undefined): boolean {
  return contentType !== undefined && /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(contentType)
}

function formData(parts: readonly BodyPart[]): Piece {
  const lines = parts.map((part): Piece => {
    const name = string(quoted(part.name))
    const value = segmentPiece(part.file ?? part.value)
    if (isPlainField(part)) return ['form.append(', name, ', ', value, ')\n']
    const type = string(quoted(part.contentType ?? ''))
    const blob = [keyword('new'), ' Blob([', value, '], { ', property('type'), ': ', type, ' })']
    return ['form.append(', name, ', ', blob, ', ', string(quoted(part.fileName ?? '')), ')\n']
  })
  return [keyword('const'), ' form = ', keyword('new'), ' FormData()\n', lines, '\n']
}

/** A text of several lines stays one, as a template literal. */
function textLiteral(text: string): string {
  if (!text.includes('\n')) return quoted(text)
  return `\`${text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&').replaceAll(unprintable, unicodeEscape)}\``
}

function quoted(text: string): string {
  return `'${text
    .replaceAll(/[\\']/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll(unprintable, unicodeEscape)}'`
}

/** What source code cannot hold, or an editor would not keep. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]/gu

function unicodeEscape(character: string): string {
  if (character === '\r') return '\\r'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
