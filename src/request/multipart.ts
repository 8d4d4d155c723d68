import type { BodyFile, BodyPart } from './api-request.ts'

/** Names and file names inside quotes, as browsers and curl write them. */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/**
 * Value of a part's `Content-Disposition`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578#section-4.2
 */
export function contentDisposition(part: BodyPart): string {
  const fileName = part.fileName === undefined ? '' : `; filename="${quoted(part.fileName)}"`
  return `form-data; name="${quoted(part.name)}"${fileName}`
}

/**
 * A `multipart/form-data` body spelled out, its texts to be sent as UTF-8 with
 * `Content-Type: multipart/form-data; boundary=…`. Written here because `FormData` rewrites line
 * breaks in values and cannot give a part a type without also making it a file.
 *
 * @param boundary From `multipartBoundary`.
 * @returns Texts and files in their order.
 */
export function multipartSegments(
  parts: readonly BodyPart[],
  boundary: string,
): (string | BodyFile)[] {
  const segments: (string | BodyFile)[] = []
  let text = ''
  for (const part of parts) {
    text += `--${boundary}\r\nContent-Disposition: ${contentDisposition(part)}\r\n`
    if (part.contentType !== undefined) text += `Content-Type: ${part.contentType}\r\n`
    text += '\r\n'
    if (part.file) {
      segments.push(text, part.file)
      text = '\r\n'
    } else {
      text += `${part.value}\r\n`
    }
  }
  return [...segments, `${text}--${boundary}--\r\n`]
}

/** Nobody knows what a file will hold, so its boundary is one that nobody else would write. */
const unlikely = '-Zk4Rb9LwM8Qx2Vt7'

/** The same parts always get the same boundary, one that none of them contains. */
export function multipartBoundary(parts: readonly BodyPart[]): string {
  const end = parts.some(({ file }) => file) ? unlikely : ''
  for (let attempt = 0; ; attempt += 1) {
    const boundary = `form-part-${String(attempt).padStart(4, '0')}${end}`
    if (!parts.some(({ name, value }) => `${name}${value}`.includes(boundary))) return boundary
  }
}
