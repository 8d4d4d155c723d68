import type { SnippetCredential } from '../model/operation.ts'
import type { ApiRequest, BodyFile, BodyPart } from '../request/api-request.ts'
import { contentDisposition } from '../request/multipart.ts'
import { checkCredential, combinedHeaders, isPlainField, placeholderPath } from './request-parts.ts'
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

/** A Go program that sends the request with the standard library and prints the answer. */
export function printGo(request: ApiRequest, credential: SnippetCredential | undefined): Token[] {
  const { body } = request
  return tokens(
    [keyword('package'), ' main\n\n', keyword('import'), ' (\n'],
    imports(request, credential).map((name): Piece => ['\t', string(`"${name}"`), '\n']),
    [')\n\n', keyword('func'), ' main() {\n'],
    body ? bodyLines(body) : '',
    ['\trequest, err := http.NewRequest(', string(quoted(request.method)), ', '],
    [address(string(quoted(request.url))), ', ', bodyReader(body), ')\n'],
    orPanic(),
    headerLines(request, credential),
    '\n\tresponse, err := http.DefaultClient.Do(request)\n',
    orPanic(),
    ['\t', keyword('defer'), ' response.Body.Close()\n'],
    '\tanswer, err := io.ReadAll(response.Body)\n',
    orPanic(),
    '\tfmt.Println(response.Status, ',
    'string(answer))\n}\n',
  )
}

function imports({ body }: ApiRequest, credential: SnippetCredential | undefined): string[] {
  const names = ['fmt', 'io', 'net/http']
  const readsFiles =
    body?.kind === 'file' || (body?.kind === 'multipart' && body.parts.some(({ file }) => file))
  if (credential || readsFiles) names.push('os')
  if (body?.kind === 'file') names.push('bytes')
  if (body?.kind === 'text') names.push('strings')
  if (body?.kind === 'multipart') {
    names.push('bytes', 'mime/multipart')
    if (body.parts.some((part) => !isWritableField(part))) names.push('net/textproto')
  }
  return names.sort()
}

function bodyLines(body: NonNullable<ApiRequest['body']>): Piece {
  if (body.kind === 'text') {
    return ['\tbody := strings.NewReader(', string(textLiteral(body.text)), ')\n']
  }
  if (body.kind === 'file')
    return [readFile('file', body.file), '\tbody := bytes.NewReader(file)\n']
  return [
    ['\t', keyword('var'), ' body bytes.Buffer\n'],
    '\tform := multipart.NewWriter(&body)\n',
    body.parts.map(partLines),
    '\tform.Close()\n\n',
  ]
}

function bodyReader(body: ApiRequest['body']): Piece {
  if (!body) return keyword('nil')
  return body.kind === 'multipart' ? '&body' : 'body'
}

function readFile(name: string, file: BodyFile): Piece {
  const path = string(quoted(placeholderPath(file)))
  return [`\t${name}, err := os.ReadFile(`, path, ')\n', orPanic()]
}

/** `WriteField` escapes quotes in its own way, and writes neither a type nor a file name. */
function isWritableField(part: BodyPart): boolean {
  return isPlainField(part) && !/["\\\r\n]/.test(part.name)
}

function partLines(part: BodyPart, index: number): Piece {
  const value = string(textLiteral(part.value))
  if (isWritableField(part)) {
    return ['\tform.WriteField(', string(quoted(part.name)), ', ', value, ')\n']
  }
  const headers: [string, string][] = [['Content-Disposition', contentDisposition(part)]]
  if (part.contentType !== undefined) headers.push(['Content-Type', part.contentType])
  const name = `part${index + 1}`
  return [
    part.file ? readFile(`file${index + 1}`, part.file) : '',
    `\t${name}, _ := form.CreatePart(textproto.MIMEHeader{\n`,
    headers.map(([key, line]): Piece => {
      return ['\t\t', string(quoted(key)), ': {', string(quoted(line)), '},\n']
    }),
    '\t})\n',
    part.file
      ? `\t${name}.Write(file${index + 1})\n`
      : [`\tio.WriteString(${name}, `, value, ')\n'],
  ]
}

function headerLines(request: ApiRequest, credential: SnippetCredential | undefined): Piece {
  const lines: Piece[] = []
  if (credential) {
    checkCredential(credential)
    const { header, prefix } = credential
    lines.push([
      '\trequest.Header.Set(',
      credentialPart(
        string(quoted(header)),
        ', ',
        prefix === '' ? '' : [string(quoted(prefix)), '+'],
        'os.Getenv(',
        variable(quoted(credential.variable)),
        ')',
      ),
      ')\n',
    ])
  }
  for (const [name, value] of combinedHeaders(request.headers)) {
    lines.push(['\trequest.Header.Set(', string(quoted(name)), ', ', string(quoted(value)), ')\n'])
  }
  if (request.body?.kind === 'multipart') {
    const type = string(quoted('Content-Type'))
    lines.push(['\trequest.Header.Set(', type, ', form.FormDataContentType())\n'])
  }
  return lines
}

function orPanic(): Piece {
  return ['\t', keyword('if'), ' err != ', keyword('nil'), ' {\n\t\tpanic(err)\n\t}\n']
}

/** A text of several lines stays one, in a raw literal where that can hold it. */
function textLiteral(text: string): string {
  // Raw literals lose carriage returns and end at a backquote.
  const raw =
    text.includes('\n') &&
    !/[`\ufeff]/.test(text) &&
    !text.replaceAll(/[\n\t]/g, '').match(unprintable)
  return raw ? `\`${text}\`` : quoted(text)
}

/** @see https://go.dev/ref/spec#String_literals */
function quoted(text: string): string {
  return `"${text
    .replaceAll(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replaceAll(unprintable, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })}"`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g
