import type { RemoteAnswer } from '../../oauth/vault/client.ts'
import { SendFailure } from '../../oauth/vault/send-failure.ts'

/** Bytes after which reading stops until the reader wants more. */
export const stopAfter = 64 * 1024 * 1024
/** Lines of an event stream that stay in view. */
export const eventLines = 1000

/** How far an answer has been read. */
export interface Received {
  bytes: number
  done: boolean
  /** Reading stopped at `stopAfter`, `continueReading` goes on. */
  paused: boolean
  /** Why it ended early. */
  failure?: SendFailure
}

/**
 * Reads an answer piece by piece. The next piece is asked for only when the last one is stored, so
 * that an endless answer fills no memory beyond `stopAfter`.
 */
export class AnswerReader {
  readonly pieces: Uint8Array<ArrayBuffer>[] = []
  private readonly answer: RemoteAnswer
  private readonly limitStep: number
  private limit: number
  private bytes = 0

  constructor(answer: RemoteAnswer, limit = stopAfter) {
    this.answer = answer
    this.limit = limit
    this.limitStep = limit
  }

  /** @param onProgress Called with each piece. */
  async read(onProgress: (received: Received, piece?: Uint8Array) => void): Promise<Received> {
    try {
      while (this.bytes < this.limit) {
        const piece = await this.answer.read()
        if (piece === undefined) return { bytes: this.bytes, done: true, paused: false }
        this.pieces.push(piece)
        this.bytes += piece.byteLength
        onProgress({ bytes: this.bytes, done: false, paused: false }, piece)
      }
      this.limit += this.limitStep
      return { bytes: this.bytes, done: false, paused: true }
    } catch (cause) {
      const failure =
        cause instanceof SendFailure
          ? cause
          : new SendFailure('broken_off', 'The answer broke off before its end.', { cause })
      return { bytes: this.bytes, done: false, paused: false, failure }
    }
  }

  blob(type: string): Blob {
    return new Blob(this.pieces, { type })
  }
}

/** What the panel does with a body. */
export type BodyKind = 'none' | 'json' | 'events' | 'text' | 'image' | 'binary'

/** Kinds of images that cannot hold script. */
const images = /^image\/(png|jpeg|gif|webp)$/

/**
 * Markup of any kind (HTML, SVG, XML) is text: it is shown as its source and never rendered.
 *
 * @param mediaType Lower case, without parameters.
 */
export function bodyKind(mediaType: string, bytes: number): BodyKind {
  if (mediaType === 'text/event-stream') return 'events'
  if (bytes === 0) return 'none'
  if (/^application\/(.+\+)?json$/.test(mediaType)) return 'json'
  if (images.test(mediaType)) return 'image'
  if (
    mediaType === '' ||
    /^text\//.test(mediaType) ||
    /[/+](xml|yaml|x-yaml|javascript|graphql|x-www-form-urlencoded|svg|x-ndjson|jsonl)$/.test(
      mediaType,
    )
  ) {
    return 'text'
  }
  return 'binary'
}

/** Media type without parameters, in lower case; empty where there is none or more than one. */
export function mediaTypeOf(header: string | undefined): string {
  const type = header?.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : ''
}

/** Text of a body in the charset its type names, UTF-8 otherwise. */
export async function decode(blob: Blob, contentType: string | undefined): Promise<string> {
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  const bytes = await blob.arrayBuffer()
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

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
