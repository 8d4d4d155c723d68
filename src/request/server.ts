/** Stands where neither the document nor an environment names a host; it belongs to nobody. */
export const unnamedHost = 'https://api.example'

/** True where a reader has to put the host of their own in the place of `unnamedHost`. */
export function namesNoHost(server: string, api: string | undefined): boolean {
  return !api && !URL.canParse(server)
}

/**
 * Base URL of an operation in an environment: the environment's origin, and the path of the
 * server that the document names.
 *
 * @param server The operation's server; may be relative (`/v1`) or empty.
 * @param api Origin of the environment.
 * @returns Without a trailing slash.
 */
export function serverIn(server: string, api: string): string {
  const { pathname } = new URL(server === '' ? '/' : server, api)
  return api.replace(/\/+$/, '') + pathname.replace(/\/+$/, '')
}

/**
 * The same where a site may have no environment: then the document's server stands as it is, and a
 * relative one on `unnamedHost`.
 */
export function serverFor(server: string, api: string | undefined): string {
  if (api) return serverIn(server, api)
  return namesNoHost(server, api) ? serverIn(server, unnamedHost) : server.replace(/\/+$/, '')
}
