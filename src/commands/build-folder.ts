import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'

/** Where a site is made, before it is where it belongs. */
export interface BuildFolder {
  path: string
  /** Puts what was made into its place. */
  finish(): Promise<void>
  /** Removes what is left of it; does nothing once it is finished. */
  discard(): Promise<void>
}

/**
 * A folder to make a site in.
 *
 * Outside of the project, Astro would bundle the pages into one folder that all builds share, and
 * two at once take each other's files away. Such a site is made in a folder of its own in here.
 *
 * @param directory Where the site belongs.
 */
export async function buildFolder(directory: string): Promise<BuildFolder> {
  if (isInside(process.cwd(), directory)) {
    return { path: directory, finish: async () => {}, discard: async () => {} }
  }
  const caches = resolve('node_modules/.cache')
  await mkdir(caches, { recursive: true })
  const own = await mkdtemp(join(caches, 'build-'))
  // The folder of `mkdtemp` is closed to others, which a site must not be.
  const path = join(own, 'site')
  return {
    path,
    async finish() {
      await move(path, directory)
      await rm(own, { recursive: true, force: true })
    },
    discard: () => rm(own, { recursive: true, force: true }),
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(/[/\\]/)[0] !== '..'
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  try {
    await rename(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    // On another disk it has to be written anew.
    await cp(from, to, { recursive: true })
  }
}
