/** Reason phrases for answers that come without one, as over HTTP/2 (RFC 9110, 15). */
const reasons = new Map(
  Object.entries({
    200: 'OK',
    201: 'Created',
    202: 'Accepted',
    204: 'No Content',
    206: 'Partial Content',
    304: 'Not Modified',
    400: 'Bad Request',
    401: 'Unauthorized',
    402: 'Payment Required',
    403: 'Forbidden',
    404: 'Not Found',
    405: 'Method Not Allowed',
    406: 'Not Acceptable',
    409: 'Conflict',
    410: 'Gone',
    412: 'Precondition Failed',
    413: 'Content Too Large',
    415: 'Unsupported Media Type',
    422: 'Unprocessable Content',
    428: 'Precondition Required',
    429: 'Too Many Requests',
    500: 'Internal Server Error',
    501: 'Not Implemented',
    502: 'Bad Gateway',
    503: 'Service Unavailable',
    504: 'Gateway Timeout',
  }),
)

export function statusLine(status: number, statusText: string): string {
  const reason = statusText || reasons.get(String(status)) || ''
  return `${status} ${reason}`.trim()
}

/** e.g. `231 B`, `4.2 KB`. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** e.g. `84 ms`, `2.3 s`. */
export function timeInWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** e.g. `1 item`, `3 items`. */
export function countInWords(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`
}

const protocols = new Map([
  ['h2', 'HTTP/2'],
  ['h3', 'HTTP/3'],
])

/** Name of a protocol as people know it, from its ALPN name. */
export function protocolInWords(alpn: string): string {
  return protocols.get(alpn) ?? alpn.toUpperCase()
}
