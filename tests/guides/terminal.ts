import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CodeBlock } from './code-blocks.ts'

export interface Outcome {
  /** What the block printed, both streams as a terminal shows them. */
  output: string
  /** Of its last command. */
  exit: number
  /** HTTP statuses of the answers that its curl commands got. */
  statuses: string[]
}

/** Where the reader works, and what the guide is worked through with. */
export interface Desk {
  /** A folder of the guide's own; it is made. */
  folder: string
  /** The sandbox's folder of data. */
  sandboxData: string
  /** What earlier guides told to save, by file name. */
  saved: ReadonlyMap<string, string>
  /** Puts addresses in the place of `%NAME%`. */
  settle(text: string): string
  /** Opens an address in a browser, as a program in the terminal asks: signs in and allows. */
  visit(address: string): Promise<void>
}

const project = fileURLToPath(new URL('../../', import.meta.url))

/** Longer than any guide takes; a loop that waits for nothing must not outlive the tests. */
const patience = 90_000

/**
 * Works through a guide as a reader does: in one terminal and one folder, where the sandbox's data
 * and the installed packages are, saves what the guide says to save and pastes the rest into bash.
 *
 * @param blocks Those that can be run, in reading order.
 * @returns What came of each block, by place. A block that was not reached is not there.
 */
export async function workThrough(
  blocks: readonly CodeBlock[],
  desk: Desk,
): Promise<Map<string, Outcome>> {
  const { folder, sandboxData, saved, settle } = desk
  const answers = join(folder, '.answers')
  await mkdir(answers, { recursive: true })
  await symlink(sandboxData, join(folder, '.sandbox'))
  for (const name of ['node_modules', 'src']) await symlink(project + name, join(folder, name))
  for (const [name, text] of saved) await writeFile(join(folder, name), `${settle(text)}\n`)
  const end = `=== ${crypto.randomUUID()} ===`
  const script = [
    'exec </dev/null 2>&1',
    // A guide after the quickstart takes the key as given; the file that holds it is the reader's.
    '. .sandbox/demo.env; export STREAMLOOP_API_KEY',
    `curl() { command curl -D "${answers}/$BLOCK.$(date +%s%N).$BASHPID" "$@"; }`,
  ]
  for (const [index, block] of blocks.entries()) {
    script.push(`BLOCK=${index}`, await commandOf(block, folder, settle), `echo "${end}$?"`)
  }
  const parts = (await bash(script.join('\n'), desk)).split(end)
  const statuses = await readStatuses(answers)
  return new Map(
    blocks.flatMap((block, index) => {
      // The exit code of a block stands before the output of the next.
      const exit = /^\d+(?=\n)/.exec(parts[index + 1] ?? '')?.[0]
      if (exit === undefined) return []
      const output = (parts[index] ?? '').replace(/^\d+\n/, '')
      return [[block.place, { output, exit: Number(exit), statuses: statuses.get(index) ?? [] }]]
    }),
  )
}

const interpreters: Readonly<Record<string, string>> = {
  js: 'node --input-type=module -e',
  python: 'python3 -c',
}

async function commandOf(
  { language, source, file }: CodeBlock,
  folder: string,
  settle: (text: string) => string,
): Promise<string> {
  const text = settle(source)
  if (file !== undefined) {
    await writeFile(join(folder, file), `${text}\n`)
    return 'true'
  }
  const interpreter = interpreters[language]
  return interpreter ? `${interpreter} '${text.replaceAll("'", `'\\''`)}'` : text
}

async function bash(script: string, { folder, visit }: Desk): Promise<string> {
  await writeFile(join(folder, '.script'), script)
  const shell = spawn('bash', ['--noprofile', '--norc', '.script'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  shell.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    const [address] = /^http\S+\/oauth2\/authorize\?\S+$/m.exec(chunk.toString('utf8')) ?? []
    // What goes wrong in the browser shows as a program that waits in vain.
    if (address) visit(address).catch((error) => chunks.push(Buffer.from(`${error}\n`)))
  })
  shell.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const timer = setTimeout(() => process.kill(-(shell.pid ?? 0), 'SIGKILL'), patience)
  await new Promise((resolve) => shell.on('close', resolve))
  clearTimeout(timer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Of each block, by its index; each file holds the headers of one curl command. */
async function readStatuses(folder: string): Promise<Map<number, string[]>> {
  const statuses = new Map<number, string[]>()
  for (const name of (await readdir(folder)).toSorted()) {
    const headers = await readFile(join(folder, name), 'utf8')
    const status = [...headers.matchAll(/^HTTP\/\S+ (\d+)/gm)].at(-1)?.[1]
    const block = Number(name.split('.')[0])
    if (status !== undefined) statuses.set(block, [...(statuses.get(block) ?? []), status])
  }
  return statuses
}
