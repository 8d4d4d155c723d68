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
  credentialPart,
  keyword,
  type Piece,
  string,
  type Token,
  tokens,
  variable,
} from './token.ts'

/** A PHP 8.1 script that sends the request with the cURL extension and prints the answer. */
export function printPhp(request: ApiRequest, credential: SnippetCredential | undefined): Token[] {
  const parts =
    request.body?.kind === 'multipart' && arraySends(request.body.parts) ? request.body.parts : []
  const laidOut = parts.length > 0 ? { ...request, segments: [] } : layOut(request)
  return tokens(
    [keyword('<?php'), '\n\n', variable('$curl'), ' = curl_init('],
    [address(string(quoted(request.url))), ');\n'],
    ['curl_setopt_array(', variable('$curl'), ', [\n'],
    methodOption(request),
    headersOption(laidOut, credential),
    parts.length > 0
      ? ['    CURLOPT_POSTFIELDS => [\n', parts.map(formField), '    ],\n']
      : bodyOption(laidOut),
    ['    CURLOPT_RETURNTRANSFER => ', keyword('true'), ',\n]);\n'],
    [variable('$answer'), ' = curl_exec(', variable('$curl'), ');\n'],
    [keyword('echo'), ' curl_getinfo(', variable('$curl'), ', CURLINFO_RESPONSE_CODE), '],
    [string('"\\n"'), ', ', variable('$answer'), ';\n'],
  )
}

function methodOption({ method, body }: ApiRequest): Piece {
  if (method === 'HEAD' && !body) return ['    CURLOPT_NOBODY => ', keyword('true'), ',\n']
  if (method === (body ? 'POST' : 'GET')) return ''
  return ['    CURLOPT_CUSTOMREQUEST => ', string(quoted(method)), ',\n']
}

function headersOption(request: LaidOutRequest, credential: SnippetCredential | undefined): Piece {
  const lines: Piece[] = []
  if (credential) {
    checkCredential(credential)
    const { header, prefix } = credential
    lines.push([
      '        ',
      credentialPart(
        string(quoted(`${header}: ${prefix}`)),
        ' . getenv(',
        variable(quoted(credential.variable)),
        ')',
      ),
      ',\n',
    ])
  }
  const headers = combinedHeaders(request.headers)
  for (const [name, value] of headers) {
    // `Name:` alone would remove the header; `Name;` sends it empty.
    lines.push(['        ', string(quoted(value === '' ? `${name};` : `${name}: ${value}`)), ',\n'])
  }
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type')
  if (request.segments.length > 0 && !typed) {
    lines.push(['        ', string("'Content-Type:'"), ',\n'])
  }
  return lines.length === 0 ? '' : ['    CURLOPT_HTTPHEADER => [\n', lines, '    ],\n']
}

function bodyOption({ segments }: LaidOutRequest): Piece {
  if (segments.length === 0) return ''
  const pieces = segments.map((segment, index): Piece => {
    return [index > 0 ? '\n        . ' : '', segmentPiece(segment)]
  })
  return ['    CURLOPT_POSTFIELDS => ', pieces, ',\n']
}

function segmentPiece(segment: Segment): Piece {
  if (typeof segment === 'string') return string(quoted(segment))
  return ['file_get_contents(', string(quoted(placeholderPath(segment))), ')']
}

/** An array holds one value a name, and gives a type to files only. */
function arraySends(parts: readonly BodyPart[]): boolean {
  const names = new Set(parts.map(({ name }) => name))
  return (
    names.size === parts.length &&
    parts.every(
      (part) =>
        part.name !== '' &&
        (isPlainField(part) || (part.fileName !== undefined && part.contentType !== undefined)),
    )
  )
}

function formField(part: BodyPart): Piece {
  const value = string(quoted(part.value))
  const name = ['        ', string(quoted(part.name)), ' => ']
  if (isPlainField(part)) return [name, value, ',\n']
  const fileName = string(quoted(part.fileName ?? ''))
  const type = string(quoted(part.contentType ?? ''))
  if (part.file) {
    const path = string(quoted(placeholderPath(part.file)))
    return [name, keyword('new'), ' CURLFile(', path, ', ', type, ', ', fileName, '),\n']
  }
  return [name, keyword('new'), ' CURLStringFile(', value, ', ', fileName, ', ', type, '),\n']
}

/** @see https://www.php.net/manual/en/language.types.string.php */
function quoted(text: string): string {
  if (!unprintable.test(text)) return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
  return `"${text
    .replaceAll(/[\\"$]/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replaceAll(new RegExp(unprintable, 'g'), (character) => {
      return `\\u{${character.charCodeAt(0).toString(16)}}`
    })}"`
}

/** A line break is kept as it is; other control characters would not survive copying. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f\ufeff]/
