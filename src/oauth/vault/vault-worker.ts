/**
 * The vault as a shared worker: one for all tabs of the site, and alive for a while after the last
 * one has gone to the authorization server. Its own file is served with its own
 * Content-Security-Policy, as the policy of a page's `<meta>` does not reach it.
 */
import { browserVault } from './browser-vault.ts'
import { servePort } from './serve-port.ts'

const vault = browserVault()

const scope = globalThis as unknown as {
  onconnect: (event: { ports: readonly MessagePort[] }) => void
}
scope.onconnect = ({ ports }) => {
  for (const port of ports) servePort(vault, port)
}
