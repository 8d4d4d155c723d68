import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyPart } from '../request/api-request.ts'
import {
  checkCredential,
  combinedHeaders,
  isAscii,
  isPlainField,
  layOut,
  placeholderPath,
  type Segment,
} from './request-parts.ts'
import {
  address,
  credentialPart,
  keyword,
  type Piece,
  property,
  string,
  type Token,
  tokens,
  variable,
} from './token.ts'

/** PowerShell 7 (5.1 for all but forms) that sends the request and prints the answer. */
export function printPowerShell(
  request: ApiRequest,
  credential: SnippetCredential | undefined,
): Token[] {
  const parts =
    request.body?.kind === 'multipart' && formSends(request.body.parts) ? request.body.parts : []
  const laidOut = parts.length > 0 ? { ...request, segments: [] } : layOut(request)
  const known = /^(GET|HEAD|POST|PUT|DELETE|TRACE|OPTIONS|PATCH)$/.test(request.method)
  const headers = combinedHeaders(laidOut.headers)
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')
  return tokens(
    [variable('$request'), ' = @{\n'],
    member(known ? 'Method' : 'CustomMethod', string(quoted(request.method))),
    member('Uri', address(string(quoted(request.url)))),
    headersMember(
      headers.filter((header) => header !== contentType),
      credential,
    ),
    contentType ? member('ContentType', string(quoted(contentType[1]))) : '',
    parts.length > 0 ? formMember(parts) : bodyMember(laidOut.segments),
    '}\n',
    [keyword('Invoke-RestMethod'), ' ', variable('@request'), '\n'],
  )
}

function member(name: string, value: Piece): Piece {
  return ['    ', property(name), ' = ', value, '\n']
}

function headersMember(
  headers: readonly (readonly [name: string, value: string])[],
  credential: SnippetCredential | undefined,
): Piece {
  const lines: Piece[] = []
  if (credential) {
    checkCredential(credential)
    const { header, prefix } = credential
    const key = variable(`$env:${credential.variable}`)
    const value = prefix === '' ? key : [string(`"${prefix}`), key, string('"')]
    lines.push(['        ', credentialPart(string(quoted(header)), ' = ', value), '\n'])
  }
  for (const [name, value] of headers) {
    lines.push(['        ', string(quoted(name)), ' = ', string(quoted(value)), '\n'])
  }
  return lines.length === 0 ? '' : member('Headers', ['@{\n', lines, '    }'])
}

function formMember(parts: readonly BodyPart[]): Piece {
  const fields = parts.map((part): Piece => {
    return ['        ', string(quoted(part.name)), ' = ', string(quoted(part.value)), '\n']
  })
  return member('Form', ['@{\n', fields, '    }'])
}

function bodyMember(segments: readonly Segment[]): Piece {
  const [first, ...others] = segments
  if (first === undefined) return ''
  if (others.length > 0) {
    const pieces = segments.map(
      (segment, index): Piece => [index > 0 ? ' +\n        ' : '', bytes(segment)],
    )
    return member('Body', ['[byte[]](', pieces, ')'])
  }
  if (typeof first !== 'string') return member('InFile', string(quoted(placeholderPath(first))))
  // Text is not sent as UTF-8 by every version.
  return member('Body', isAscii(first) ? string(quoted(first)) : bytes(first))
}

function bytes(segment: Segment): Piece {
  return typeof segment === 'string'
    ? ['[Text.Encoding]::UTF8.GetBytes(', string(quoted(segment)), ')']
    : ['[IO.File]::ReadAllBytes(', string(quoted(placeholderPath(segment))), ')']
}

/** A form table holds one value a name, letter case aside, and gives no types. */
function formSends(parts: readonly BodyPart[]): boolean {
  const names = new Set(parts.map(({ name }) => name.toLowerCase()))
  return (
    names.size === parts.length && parts.every((part) => part.name !== '' && isPlainField(part))
  )
}

/**
 * PowerShell takes curly quotes for straight ones.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
function quoted(text: string): string {
  if (!unprintable.test(text)) return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`
  return `"${text
    .replaceAll(/[`$"\u201c-\u201e]/g, '`$&')
    .replaceAll(new RegExp(unprintable, 'g'), (character) => {
      return `$([char]0x${character.charCodeAt(0).toString(16)})`
    })}"`
}

/** A line break is kept as it is; other control characters would not survive copying. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\x00-\x08\x0b-\x1f\x7f\ufeff]/
