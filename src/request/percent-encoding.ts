/**
 * Percent-encoding by RFC 3986, stricter than `encodeURIComponent`, which leaves `!'()*` alone:
 * `'` in a query is rewritten by browsers, and none of them would mean itself everywhere.
 */

const encoder = new TextEncoder()

function escapeCharacter(character: string): string {
  let escaped = ''
  for (const byte of encoder.encode(character)) {
    escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

/**
 * Escapes everything but the unreserved characters.
 *
 * @param text Well-formed Unicode: a lone surrogate has no bytes to escape.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.3
 */
export function encodeComponent(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~]/gu, escapeCharacter)
}

/**
 * Escapes for a parameter with `allowReserved`. Reserved characters and percent-encoded triplets
 * pass, apart from those that a query cannot hold (`[`, `]`, `#`), that would begin another
 * parameter or turn into a space (`&`, `+`), and `'`, which browsers escape in any case.
 *
 * @param alsoEncode Of `/?,;=`, those that would mean something else in this place.
 * @see https://spec.openapis.org/oas/v3.1.1.html#parameter-allow-reserved
 */
export function encodeReserved(text: string, alsoEncode = ''): string {
  return text.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~:@!$()*]/gu, (found) => {
    if (found.length === 3 && found.startsWith('%')) return normalizeTriplet(found)
    if (/[/?,;=]/.test(found) && !alsoEncode.includes(found)) return found
    return escapeCharacter(found)
  })
}

/** Clients differ in whether they undo needless escapes (RFC 3986, 6.2.2); after this none is left. */
function normalizeTriplet(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
  return /[A-Za-z0-9\-._~]/.test(character) ? character : triplet.toUpperCase()
}

/** Escapes for `application/x-www-form-urlencoded`, where a space is `+`. */
export function encodeForm(text: string): string {
  return encodeComponent(text).replaceAll('%20', '+')
}

/**
 * Makes the fixed text of a path template fit for a path: what the document wrote is kept where
 * a path may hold it (RFC 3986, 3.3), the rest is escaped.
 */
export function encodePathLiteral(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~:/@!$&'()*+,;=]/gu, (found) =>
    found.length === 3 && found.startsWith('%') ? found : escapeCharacter(found),
  )
}
