import { RequestError } from './request-error.ts'

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
