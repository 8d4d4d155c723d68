import type { ApiRequest, BodyFile, BodyPart } from '../../src/request/api-request.ts'
import { contentDisposition } from '../../src/request/multipart.ts'
import type { Received } from './echo-server.ts'

/** What every client adds by itself. */
const ownHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'host',
  'sec-fetch-mode',
  'user-agent',
])

/** One request as the model says it, in a form that can be compared with `seen`. */
export function meant(request: ApiRequest, credential: readonly [string, string] | undefined) {
  const url = new URL(request.url)
  return {
    method: request.method,
    target: request.url.slice(url.origin.length),
    headers: combine([...(credential ? [credential] : []), ...request.headers]),
    body:
      request.body?.kind === 'multipart'
        ? request.body.parts.map(expectedPart)
        : request.body?.kind === 'file'
          ? contentOf(request.body.file)
          : (request.body?.text ?? ''),
  }
}

/** The same of what came over the wire; a multipart boundary is left aside. */
export function seen({ method, target, headers, body }: Received, multipart: boolean) {
  const kept = headers.filter(([name]) => !ownHeaders.has(name.toLowerCase()))
  if (!multipart) return { method, target, headers: combine(kept), body: body.toString() }
  const type = kept.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const boundary = /^multipart\/form-data; boundary="?([^"]+)"?$/.exec(type)?.[1] ?? 'no boundary'
  return {
    method,
    target,
    headers: combine(kept.filter(([name]) => name.toLowerCase() !== 'content-type')),
    body: parts(body.toString(), boundary),
  }
}

/** Names in small letters, values of one name joined (RFC 9110, 5.3). */
function combine(headers: readonly (readonly [string, string])[]): Map<string, string> {
  const byName = new Map<string, string>()
  for (const [name, value] of headers) {
    const values = [byName.get(name.toLowerCase()), value].filter((one) => one)
    byName.set(name.toLowerCase(), values.join(', '))
  }
  return new Map([...byName].sort())
}

function expectedPart(part: BodyPart) {
  const headers = [`content-disposition: ${contentDisposition(part)}`]
  if (part.contentType !== undefined) headers.push(`content-type: ${part.contentType}`)
  return { headers, value: part.file ? contentOf(part.file) : part.value }
}

/** What stands in a file of this name while a snippet runs. */
export function contentOf({ name }: BodyFile): string {
  return `the bytes of ${name}\r\n--form-part-0000`
}

/** Parts with sorted headers: their order within a part means nothing. */
export function parts(body: string, boundary: string) {
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`)
  if (pieces[0] !== '' || pieces.at(-1)?.trim() !== '--') return `not multipart: ${body}`
  return pieces.slice(1, -1).map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    const headers = piece
      .slice(2, end)
      .split('\r\n')
      .map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase()))
      .sort()
    return { headers, value: piece.slice(end + 4) }
  })
}
