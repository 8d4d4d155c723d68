/** Hosts that give strangers a folder each on one origin, where they can read each other's storage. */
const shared =
  /(^|\.)(github\.io|gitlab\.io|bitbucket\.io|codeberg\.page|sourceforge\.io|neocities\.org)$/i

/**
 * True where other people's pages may share this site's origin.
 *
 * @param base Base path of the site. A site at the root of such a host has it for itself.
 */
export function isSharedOrigin(hostname: string, base: string): boolean {
  return base !== '/' && shared.test(hostname)
}
