import type { BodyPart } from './api-request.ts'

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
 * A `multipart/form-data` body as text, to be sent as UTF-8 with
 * `Content-Type: multipart/form-data; boundary=…`. Written here because `FormData` rewrites line
 * breaks in values and cannot give a part a type without also making it a file.
 *
 * @param boundary From `multipartBoundary`.
 */
export function multipartText(parts: readonly BodyPart[], boundary: string): string {
  const lines: string[] = []
  for (const part of parts) {
    lines.push(`--${boundary}`, `Content-Disposition: ${contentDisposition(part)}`)
    if (part.contentType !== undefined) lines.push(`Content-Type: ${part.contentType}`)
    lines.push('', part.value)
  }
  lines.push(`--${boundary}--`, '')
  return lines.join('\r\n')
}

/** The same parts always get the same boundary, one that none of them contains. */
export function multipartBoundary(parts: readonly BodyPart[]): string {
  for (let attempt = 0; ; attempt += 1) {
    const boundary = `form-part-${String(attempt).padStart(4, '0')}`
    if (!parts.some(({ name, value }) => `${name}${value}`.includes(boundary))) return boundary
  }
}
