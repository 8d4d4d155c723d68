const likely =
  /authorization|^(set-)?cookie2?$|(^|[-_.])(auth|token|secret|password|passwd|session|signature|sig)($|[-_.])|(api|access|private|secret)[-_]?key|accesstoken/i

/**
 * True for the name of a header or a parameter whose value is likely to be a credential, whatever the
 * document says of it. `Idempotency-Key`, `nextPageToken` and the like are none.
 */
export function namesCredential(name: string): boolean {
  return likely.test(name) && !/^(page|next|previous|cursor)[-_.]?token$/i.test(name)
}

/** An address without the values of such parameters. */
export function withoutCredentials(url: string): string {
  return url.replace(/([?&])([^=&#]*)=([^&#]*)/g, (pair, mark: string, name: string) =>
    namesCredential(decoded(name)) ? `${mark}${name}=…` : pair,
  )
}

/**
 * A body of JSON or of a form without the texts of such members; whatever else stays as it is.
 *
 * @param cover What stands in their place, as JSON.
 */
export function bodyWithoutCredentials(text: string, cover: string, mediaType?: string): string {
  if (mediaType?.includes('x-www-form-urlencoded')) return withoutCredentials(`?${text}`).slice(1)
  if (!/^\s*[{[]/.test(text)) return text
  let name = ''
  // Every string is taken from its beginning, so that none is mistaken for what lies between two.
  return text.replace(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}\]]/g, (token, string, colon) => {
    if (string !== undefined && colon === undefined) return namesCredential(name) ? cover : token
    // A name holds for the items of its list too.
    name = string === undefined ? '' : string.slice(1, -1)
    return token
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
