/** The `Bearer` challenge of an answer (RFC 6750, 3). */
export interface Challenge {
  error?: string
  /** Scopes the call needs. */
  scopes: string[]
}

/**
 * Reads the first `Bearer` challenge of a `WWW-Authenticate` header, which may hold several of
 * other schemes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function readChallenge(header: string | undefined): Challenge | undefined {
  if (header === undefined) return undefined
  // Quoted text may hold anything, so it is passed over where a scheme is looked for. Without its
  // end it goes on to the last character: else each quote in it would be tried for a beginning.
  const bare = header.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, (quoted) => '_'.repeat(quoted.length))
  const start = /(?:^|,)\s*bearer(?=\s|,|$)/i.exec(bare)
  if (!start) return undefined
  const challenge: Challenge = { scopes: [] }
  const parameter = /\s*,?\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/y
  parameter.lastIndex = start.index + start[0].length
  for (let found = parameter.exec(header); found; found = parameter.exec(header)) {
    const [, name = '', quoted, token] = found
    const value = quoted?.replace(/\\(.)/g, '$1') ?? token ?? ''
    if (name.toLowerCase() === 'error') challenge.error = value
    if (name.toLowerCase() === 'scope') challenge.scopes = value.split(/\s+/).filter(Boolean)
  }
  return challenge
}
