import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** Lies inside the build, whose server hands out no file that begins with a dot. */
const stampFile = '.stamp'

/** Whatever a built page can depend on, relative to the working directory. */
const inputs = [
  'src',
  'public',
  'openapi',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** Rooms below `src` that no page imports. */
const notInputs = ['src/sandbox', 'src/commands']

const variables = [
  'DOCS_TARGET',
  'DOCS_ENVIRONMENTS',
  'WITH_SANDBOX',
  'SITE_URL',
  'OPENAPI_DOCUMENT',
  'DOCS_PORT',
  'AUTH_PORT',
  'API_PORT',
  'MCP_PORT',
]

/**
 * A digest of everything that the build reads: same stamp, same site. Not so for someone else's
 * document (`OPENAPI_DOCUMENT`), which may refer to any file beside it.
 *
 * @param root Folder of the project.
 */
export async function inputsStamp(env: NodeJS.ProcessEnv, root = '.'): Promise<string> {
  const hash = createHash('sha256')
  for (const name of variables) hash.update(`${name}=${env[name] ?? ''}\0`)
  hash.update(`node=${process.versions.node}\0`)
  for (const input of inputs) {
    for (const file of await filesBelow(root, input)) {
      hash.update(`${file}\0`)
      hash.update(await readFile(join(root, file)))
      hash.update('\0')
    }
  }
  return hash.digest('hex')
}

/** The stamp of the build in this folder; undefined where none was finished. */
export async function readStamp(directory: string): Promise<string | undefined> {
  try {
    return await readFile(join(directory, stampFile), 'utf8')
  } catch {
    return undefined
  }
}

export async function writeStamp(directory: string, stamp: string): Promise<void> {
  await writeFile(join(directory, stampFile), stamp)
}

/** Relative to the root, in the same order on every machine. */
async function filesBelow(root: string, path: string): Promise<string[]> {
  let entries: import('node:fs').Dirent[]
  try {
    entries = await readdir(join(root, path), { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR') return [path]
    if (code === 'ENOENT') return []
    throw error
  }
  const found: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = join(path, entry.name)
    if (entry.name === 'node_modules' || notInputs.includes(child.split(sep).join('/'))) continue
    if (entry.isDirectory()) found.push(...(await filesBelow(root, child)))
    else if (entry.isFile()) found.push(child)
  }
  return found
}
