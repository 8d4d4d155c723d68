/** What the usual members of a token's header and claims are (RFC 7519, 9068; OpenID Connect). */
const meanings: Readonly<Record<string, string>> = {
  alg: 'how it is signed',
  typ: 'what kind of token',
  kid: 'which key signed it',
  iss: 'who wrote it',
  sub: 'whose account',
  aud: 'whom it is for',
  client_id: 'which client it was given to',
  azp: 'which client asked for it',
  scope: 'what it allows',
  sid: 'the session at the issuer',
  iat: 'written',
  nbf: 'not before',
  exp: 'ends',
  auth_time: 'signed in',
  jti: 'its own number',
}

const times = new Set(['iat', 'nbf', 'exp', 'auth_time'])

/**
 * A member in words: what it is, and what a number of seconds means.
 *
 * @param json JSON text of the value.
 */
export function claimWords(name: string, json: string): string | undefined {
  const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined
  const time = times.has(name) ? new Date(Number(json) * 1000) : undefined
  if (!time || Number.isNaN(time.getTime())) return meaning
  return `${meaning}: ${time.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' })}`
}
