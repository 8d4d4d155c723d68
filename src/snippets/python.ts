import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyFile, BodyPart } from '../request/api-request.ts'
import { checkCredential, combinedHeaders, isAscii, placeholderPath } from './request-parts.ts'
import {
  address,
  credentialPart,
  keyword,
  type Piece,
  string,
  type Token,
  tokens,
  variable,
} from './token.ts'

/**
 * A Python 3 script that sends the request with Requests and prints the answer.
 *
 * @see https://requests.readthedocs.io/
 */
export function printPython(
  request: ApiRequest,
  credential: SnippetCredential | undefined,
): Token[] {
  const method = request.method.toLowerCase()
  const known = /^(get|post|put|patch|delete|head|options)$/.test(method)
  return tokens(
    credential ? [keyword('import'), ' os\n\n'] : '',
    [keyword('import'), ' requests\n\n'],
    `response = requests.${known ? method : 'request'}(\n`,
    known ? '' : ['    ', string(quoted(request.method)), ',\n'],
    ['    ', address(string(quoted(request.url))), ',\n'],
    headersArgument(request, credential),
    bodyArgument(request),
    ')\n',
    'print(response.status_code, response.text)\n',
  )
}

function headersArgument(request: ApiRequest, credential: SnippetCredential | undefined): Piece {
  const lines: Piece[] = []
  if (credential) {
    checkCredential(credential)
    const { header, prefix } = credential
    const key = ['os.environ[', variable(quoted(credential.variable)), ']']
    const value = prefix === '' ? key : [string(`f"${prefix}`), '{', key, '}', string('"')]
    lines.push(['        ', credentialPart(string(quoted(header)), ': ', value), ',\n'])
  }
  for (const [name, value] of combinedHeaders(request.headers)) {
    lines.push(['        ', string(quoted(name)), ': ', string(quoted(value)), ',\n'])
  }
  return lines.length === 0 ? '' : ['    headers={\n', lines, '    },\n']
}

function bodyArgument({ body }: ApiRequest): Piece {
  if (!body) return ''
  if (body.kind === 'multipart') {
    return ['    files=[\n', body.parts.map(formField), '    ],\n']
  }
  if (body.kind === 'file') return ['    data=', opened(body.file), ',\n']
  const encode = isAscii(body.text) ? '' : '.encode()'
  return ['    data=', string(textLiteral(body.text)), encode, ',\n']
}

/** In `files`, a field without a file name is an ordinary one. */
function formField(part: BodyPart): Piece {
  const fileName = part.fileName === undefined ? keyword('None') : string(quoted(part.fileName))
  const type = part.contentType === undefined ? '' : [', ', string(quoted(part.contentType))]
  const value = part.file ? opened(part.file) : string(textLiteral(part.value))
  return ['        (', string(quoted(part.name)), ', (', fileName, ', ', value, type, ')),\n']
}

function opened(file: BodyFile): Piece {
  return ['open(', string(quoted(placeholderPath(file))), ', ', string("'rb'"), ')']
}

/** A text of several lines stays one, in triple quotes. */
function textLiteral(text: string): string {
  if (!text.includes('\n')) return quoted(text)
  return `'''${text.replaceAll(/[\\']/g, '\\$&').replaceAll(unprintable, hexEscape)}'''`
}

function quoted(text: string): string {
  return `'${text
    .replaceAll(/[\\']/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll(unprintable, hexEscape)}'`
}

/** What source code cannot hold, or an editor would not keep. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]/gu

function hexEscape(character: string): string {
  if (character === '\r') return '\\r'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
