import { RequestError } from './request-error.ts'

/** Settled by OpenAPI elsewhere (media types, security): parameters of these names mean nothing. */
const ignored = new Set(['accept', 'content-type', 'authorization'])

/** The sender's own, or a credential's. What a reader typed there would be a lie or a leak. */
const forbidden = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-api-key',
])

/** Sent by command-line clients, dropped by a browser without a word. */
const dropped = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'cookie',
  'date',
  'dnt',
  'referer',
  'via',
])

/** @see https://spec.openapis.org/oas/v3.1.1.html#parameter-name */
export function isIgnoredHeader(name: string): boolean {
  return ignored.has(name.toLowerCase())
}

export function isForbiddenHeader(name: string): boolean {
  return forbidden.has(name.toLowerCase()) || /^(sec|proxy)-/i.test(name)
}

/**
 * True for a header that `fetch` in a browser leaves out in silence, so that the panel can say it.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function browserDropsHeader(name: string): boolean {
  return dropped.has(name.toLowerCase())
}

/**
 * @throws {RequestError} The name or the value could not travel as it is: a line break would begin
 * a header of its own, spaces at the ends get lost, and characters outside ASCII are sent
 * differently by every client.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function checkHeader(name: string, value: string, field: string): void {
  if (!/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(name)) {
    throw new RequestError('invalid_header_name', field, `"${name}" cannot be a header name.`)
  }
  const problem = headerValueProblem(value)
  if (problem) throw new RequestError('invalid_header_value', field, `${name} ${problem}.`)
}

/** A value described by a media type as a header can hold it: JSON has escapes for what is not ASCII. */
export function headerText(text: string, mediaType: string): string {
  if (!/[/+]json\b/i.test(mediaType)) return text
  return text
    .replaceAll(/[\r\n\t]+ */g, ' ')
    .trim()
    .replaceAll(
      /[^\0-\x7f]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}

function headerValueProblem(value: string): string | undefined {
  if (/[\r\n]/.test(value)) return 'has a line break, which a header cannot hold'
  if (/[^\t\x20-\x7e]/.test(value)) return 'has a character that a header cannot hold (only ASCII)'
  if (/^[ \t]|[ \t]$/.test(value)) return 'begins or ends with a space, which would get lost'
  return undefined
}
