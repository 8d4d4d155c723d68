import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyPart } from '../request/api-request.ts'
import { contentDisposition } from '../request/multipart.ts'
import {
  byteLength,
  checkCredential,
  isPlainField,
  layOut,
  placeholderPath,
} from './request-parts.ts'
import { shellQuoted, shellWord } from './shell-quote.ts'
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

/** Linux takes 128 KiB as one argument of a program; larger bodies go through a pipe. */
const longestArgument = 100_000

/** From here on curl asks `Expect: 100-continue` and waits a second for servers that do not know it. */
const expectFrom = 1_000_000

/**
 * A curl command for bash and zsh that sends exactly this request.
 *
 * The credential alone stands in double quotes, so that the shell fills in its variable; whatever
 * came from a reader or a document stands in single quotes.
 *
 * @throws {SnippetError} The request has a NUL character.
 * @see https://curl.se/docs/manpage.html
 */
export function printCurl(request: ApiRequest, credential: SnippetCredential | undefined): Token[] {
  if (request.body?.kind === 'multipart' && formLength(request.body.parts) > longestArgument) {
    const { segments, ...laidOut } = layOut(request)
    const [text] = segments
    // With files between the texts there is nothing to pipe: the arguments stay as long as they are.
    if (segments.length === 1 && typeof text === 'string') {
      return printCurl({ ...laidOut, body: { kind: 'text', text } }, credential)
    }
  }
  const text = request.body?.kind === 'text' ? request.body.text : undefined
  const piped = text !== undefined && byteLength(text) > longestArgument
  const lines: Piece[][] = [
    [
      ...(piped ? [keyword('printf'), " '%s' ", string(shellQuoted(text)), ' | '] : []),
      keyword('curl'),
      methodOption(request),
      // Brackets and braces would be patterns, dots would be folded.
      /[[\]{}]/.test(request.url) ? ' --globoff' : '',
      /\/\.{1,2}(\/|$)/.test(pathOf(request.url)) ? ' --path-as-is' : '',
      ' ',
      address(urlToken(request.url)),
    ],
  ]
  if (credential) {
    checkCredential(credential)
    const { header, prefix } = credential
    lines.push([
      '-H ',
      credentialPart(
        string(`"${header}: ${prefix}`),
        variable(`$${credential.variable}`),
        string('"'),
      ),
    ])
  }
  for (const [name, value] of request.headers) {
    // `Name:` alone would remove the header; `Name;` sends it empty.
    const line = value === '' ? `${name};` : `${name}: ${value}`
    lines.push(['-H ', string(shellQuoted(line))])
  }
  if (text !== undefined) {
    if (!request.headers.some(([name]) => name.toLowerCase() === 'content-type')) {
      lines.push(['-H ', string("'Content-Type:'")])
    }
    if (byteLength(text) > expectFrom) lines.push(['-H ', string("'Expect:'")])
    lines.push(piped ? ['--data-binary @-'] : ['--data-raw ', string(shellQuoted(text))])
  }
  if (request.body?.kind === 'file') {
    const file = string(shellQuoted(`@${placeholderPath(request.body.file)}`))
    lines.push(['-H ', string("'Expect:'")], ['--data-binary ', file])
  }
  if (request.body?.kind === 'multipart') {
    for (const part of request.body.parts) lines.push(formOption(part))
  }
  return tokens(lines.map((line, index) => (index === 0 ? line : [' \\\n  ', line])))
}

/** Says the method only where curl would choose another one. */
function methodOption({ method, body }: ApiRequest): string {
  if (method === 'HEAD' && !body) return ' --head'
  return method === (body ? 'POST' : 'GET') ? '' : ` --request ${shellWord(method)}`
}

function urlToken(url: string): Token {
  const word = shellWord(url)
  return word === url ? { text: url } : string(word)
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

function formLength(parts: readonly BodyPart[]): number {
  return Math.max(0, ...parts.map(({ value }) => byteLength(value)))
}

/**
 * `--form-string` takes its value literally. A type or a file name needs `--form`, where the
 * value stands in quotes, so that a leading `@` or `<` reads no file and `;` begins no option;
 * a name that has `=`, or none, is spelled out in the header curl would make of it.
 */
function formOption(part: BodyPart): Piece[] {
  const nameable = part.name !== '' && !part.name.includes('=')
  if (isPlainField(part) && nameable) {
    return ['--form-string ', string(shellQuoted(`${part.name}=${part.value}`))]
  }
  const options = [
    part.file ? `@${formQuoted(placeholderPath(part.file))}` : formQuoted(part.value),
  ]
  if (part.contentType !== undefined) {
    const plain = /^[\w.+-]+\/[\w.+-]+$/.test(part.contentType)
    options.push(
      plain
        ? `type=${part.contentType}`
        : `headers=${formQuoted(`Content-Type: ${part.contentType}`)}`,
    )
  }
  // curl names a file by the end of its path.
  const ownName = part.file !== undefined && /^[\w .,()+-]+$/.test(part.fileName ?? '')
  if ((part.fileName !== undefined && !ownName) || !nameable) {
    options.push(`headers=${formQuoted(`Content-Disposition: ${contentDisposition(part)}`)}`)
  }
  return ['--form ', string(shellQuoted(`${nameable ? part.name : 'field'}=${options.join(';')}`))]
}

function formQuoted(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
}
