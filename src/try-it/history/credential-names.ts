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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
