import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const entry = createRequire(import.meta.url).resolve('@scalar/api-reference')
const folder = join(dirname(entry), '..')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  version: string
}
const browser = join(folder, 'dist', 'browser')

/** Folder of the library's files on the site. Its name changes with their version. */
const home = `/explorer/scalar-${version}/`

/** Where the library's first module lies on the site; it fetches the others as they are needed. */
export const scalarScript = `${home}standalone.esm.js`

/**
 * The library's modules as they were published: bundling them anew would add a quarter of a minute
 * to every build and change nothing.
 *
 * @returns Path on the site, without its ending → file.
 */
export function scalarFiles(): { path: string; file: string }[] {
  const chunks = readdirSync(join(browser, 'chunks')).map((name) => join('chunks', name))
  return ['standalone.esm.js', ...chunks]
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({
      path: (home + name.replaceAll('\\', '/')).replace(/^\/explorer\/|\.js$/g, ''),
      file: join(browser, name),
    }))
}
