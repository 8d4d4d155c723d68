/** True for the hosts that RFC 8252 (7.3, 8.3) lets speak plain http. */
export function isLoopback(url: URL): boolean {
  return (
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname)
  )
}
