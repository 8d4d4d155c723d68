/**
 * Base URL of an operation in an environment: the environment's origin, and the path of the
 * server that the document names.
 *
 * @param server The operation's server; may be relative (`/v1`) or empty.
 * @param api Origin of the environment; without one the document's server stands as it is.
 * @returns Without a trailing slash.
 */
export function serverFor(server: string, api: string | undefined): string {
  if (api === undefined || api === '') return server.replace(/\/+$/, '')
  const { pathname } = new URL(server === '' ? '/' : server, api)
  return api.replace(/\/+$/, '') + pathname.replace(/\/+$/, '')
}
