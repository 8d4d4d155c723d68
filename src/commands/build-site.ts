import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildFolder } from './build-folder.ts'
import { runChild } from './child.ts'
import { CommandError } from './command.ts'
import { inputsStamp, readStamp, writeStamp } from './stamp.ts'

export interface BuildOptions {
  /** Where the site is written; whatever lies there is replaced. */
  directory: string
  /** Over this process's environment variables: `DOCS_TARGET`, ports, …; undefined unsets one. */
  env: NodeJS.ProcessEnv
  signal?: AbortSignal
  /** Prints what Astro says; otherwise only a failure is printed. */
  show?: boolean
  /** Keeps a build that came from the same inputs. */
  reuse?: boolean
}

/**
 * Collects garbage when the heap has grown by two fifths, not when it is several times what is in
 * use: a large build takes a quarter less memory, and hardly more time.
 */
const frugal = '--heap-growing-percent=40'

/**
 * Builds the site in processes of their own, which give their memory back when they are done.
 *
 * @returns Seconds it took, or undefined where an earlier build was kept.
 * @throws {CommandError} `build_failed`; the message ends with what the build said.
 */
export async function buildSite(options: BuildOptions): Promise<number | undefined> {
  const directory = resolve(options.directory)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    OUT_DIR: directory,
    ASTRO_TELEMETRY_DISABLED: '1',
    // Threads that write files would each keep a heap of their own, half a gigabyte in a large build.
    MALLOC_ARENA_MAX: '2',
    // What the bundler no longer needs goes back at once.
    MIMALLOC_PURGE_DELAY: '0',
  }
  const stamp = await inputsStamp(env)
  const reuse = options.reuse && !env.OPENAPI_DOCUMENT
  if (reuse && (await readStamp(directory)) === stamp) return undefined

  const started = performance.now()
  await rm(directory, { recursive: true, force: true })
  const folder = await buildFolder(directory)
  try {
    // One after the other: the index is made when the pages' memory has been given back.
    for (const program of ['./astro-build.ts', './search-index.ts']) {
      const file = fileURLToPath(new URL(program, import.meta.url))
      const { code, output } = await runChild(process.execPath, [frugal, file], {
        env: { ...env, OUT_DIR: folder.path },
        show: options.show ?? false,
        ...(options.signal && { signal: options.signal }),
      })
      options.signal?.throwIfAborted()
      if (code !== 0) {
        throw new CommandError('build_failed', `${output.trimEnd()}\nThe site could not be built.`)
      }
    }
    await folder.finish()
  } finally {
    await folder.discard()
  }
  await writeStamp(directory, stamp)
  return (performance.now() - started) / 1000
}
