/** What the panel does with a body. */
export type BodyKind =
  | 'none'
  | 'json'
  /** `text/event-stream`. */
  | 'events'
  /** A JSON value a line. */
  | 'lines'
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'binary'

/** Kinds of images that cannot hold script. */
const images = /^image\/(png|jpeg|gif|webp|avif|bmp)$/

/**
 * Markup of any kind (HTML, SVG, XML) is text: it is shown as its source and never rendered.
 *
 * @param mediaType Lower case, without parameters.
 */
export function bodyKind(mediaType: string, bytes: number): BodyKind {
  const stream = streamKind(mediaType)
  if (stream) return stream
  if (bytes === 0) return 'none'
  if (isJson(mediaType)) return 'json'
  if (images.test(mediaType)) return 'image'
  if (/^audio\//.test(mediaType)) return 'audio'
  if (/^video\//.test(mediaType)) return 'video'
  return isText(mediaType) ? 'text' : 'binary'
}

export function isJson(mediaType: string): boolean {
  return /^application\/(.+\+)?json$/.test(mediaType)
}

/** Media types whose parts are shown one by one as they come. */
export function streamKind(mediaType: string): 'events' | 'lines' | undefined {
  if (mediaType === 'text/event-stream') return 'events'
  return /^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)$/.test(
    mediaType,
  )
    ? 'lines'
    : undefined
}

/** What can be shown while it is still coming, JSON included. */
export function isText(mediaType: string): boolean {
  return (
    mediaType === '' ||
    /^text\//.test(mediaType) ||
    /[/+](json|xml|yaml|x-yaml|toml|javascript|graphql|sql|x-www-form-urlencoded|svg)$/.test(
      mediaType,
    )
  )
}

/** Media type without parameters, in lower case; empty where there is none or more than one. */
export function mediaTypeOf(header: string | undefined): string {
  const type = header?.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : ''
}

/** Charset that a `Content-Type` names, where this browser knows it; UTF-8 otherwise. */
export function charsetOf(contentType: string | undefined): string {
  const named = /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(named).encoding
  } catch {
    return 'utf-8'
  }
}

/** Text of a body in the charset that its type names. */
export async function decode(blob: Blob, contentType: string | undefined): Promise<string> {
  return new TextDecoder(charsetOf(contentType)).decode(await blob.arrayBuffer())
}
