import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

/** How much script something costs a reader, as static hosts send it. */
export interface ScriptSize {
  what: string
  /** Bytes after brotli at quality 5, the least that hosts use. */
  bytes: number
  /** What it may cost at most. */
  goal: number
  files: readonly string[]
}

const KiB = 1024

/** The page of an endpoint asks for its panel here. */
const pageScript = 'TryIt.astro_astro_type_script_index_0_lang'
/** What opening a panel loads. */
const opening = ['open-panel']
/** What it loads besides, where the operation takes a body that holds secrets. */
const body = ['body', 'secrets']
/** Loaded when JSON is first edited as text. */
const editing = ['edit-instead']
/** What signing in loads on top of it: the way there and back, and the worker that holds the token. */
const signingIn = [
  'connect',
  'sign-in-trip',
  'vault-worker',
  'callback.astro_astro_type_script_index_0_lang',
]

/**
 * Weighs the scripts that a reader gets one after the other, each without what came before.
 *
 * @param directory A built site.
 * @throws A script that is to be weighed is not there under its name.
 */
export async function scriptSizes(directory: string): Promise<ScriptSize[]> {
  const scripts = await readScripts(join(directory, '_astro'))
  const page = reached(scripts, [pageScript])
  const open = reached(scripts, opening, page)
  const opened = new Set([...page, ...open])
  const form = reached(scripts, body, opened)
  const signIn = reached(scripts, signingIn, opened)
  const editor = reached(scripts, editing, new Set([...opened, ...form]))
  const whole = new Set([...open, ...form])
  const weighed = (what: string, files: ReadonlySet<string>, most: number): ScriptSize => ({
    what,
    bytes: weigh(scripts, files),
    goal: most * KiB,
    files: [...files],
  })
  return [
    weighed('opening the panel', open, 25),
    weighed('opening the panel where a body holds secrets', whole, 25),
    weighed('editing JSON', editor, 130),
    weighed('signing in', signIn, 15),
  ]
}

type Scripts = ReadonlyMap<string, string>

async function readScripts(folder: string): Promise<Scripts> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const entries = names.map(
    async (name) => [name, await readFile(join(folder, name), 'utf8')] as const,
  )
  return new Map(await Promise.all(entries))
}

/** Files of these names and all that they import at once, without those that are there already. */
function reached(
  scripts: Scripts,
  names: readonly string[],
  known: ReadonlySet<string> = new Set(),
): Set<string> {
  const found = new Set(names.flatMap((name) => filesOf(scripts, name)))
  // The set grows while it is walked.
  for (const file of found) {
    for (const [, imported = ''] of (scripts.get(file) ?? '').matchAll(
      /(?:from|import)\s*["']\.\/([^"']+)["']/g,
    )) {
      found.add(imported)
    }
  }
  return new Set([...found].filter((file) => !known.has(file)))
}

function filesOf(scripts: Scripts, name: string): string[] {
  const files = [...scripts.keys()].filter(
    (file) => file.startsWith(name) && /^[.-][\w-]{8}\.js$/.test(file.slice(name.length)),
  )
  if (files.length === 0) throw new Error(`The build has no script called ${name}.`)
  return files
}

function weigh(scripts: Scripts, files: ReadonlySet<string>): number {
  let bytes = 0
  for (const file of files) {
    bytes += brotliCompressSync(scripts.get(file) ?? '', {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
    }).length
  }
  return bytes
}
