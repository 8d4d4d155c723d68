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
