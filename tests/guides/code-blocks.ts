import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A block of a guide that a reader pastes, saves or runs, and what the guide says comes of it. */
export interface CodeBlock {
  /** File and line of the opening fence, as editors take it: `quickstart.mdx:29`. */
  place: string
  language: string
  /** As written, with `%NAME%` values still in it. */
  source: string
  /** The reader saves it under this name; a later command runs it. */
  file?: string
  /** A piece of the output that the guide promises. */
  expect?: string
  /** HTTP statuses that must be among the answers. Without it, every answer is a success. */
  status: string[]
  /** Exit code of the block's last command. */
  exit: number
  /** Interpreter without which the block says nothing. */
  needs?: string
  /** Why the block cannot be run here. */
  skip?: string
}

const folder = new URL('../../src/content/docs/guides/', import.meta.url).pathname

/** What a block may say about itself after its language. */
const known = ['expect', 'status', 'exit', 'file', 'needs', 'skip', 'title']

/** Languages whose blocks are run, or saved for a command that runs them. */
const run = ['sh', 'js', 'python', 'html']

/** Reads the blocks of each guide, in reading order. */
export async function readCodeBlocks(): Promise<Map<string, CodeBlock[]>> {
  const guides = new Map<string, CodeBlock[]>()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.mdx')).sort()) {
    const blocks = blocksOf(file, await readFile(join(folder, file), 'utf8'))
    if (blocks.length > 0) guides.set(file, blocks)
  }
  return guides
}

/** @throws {Error} A fence that this reader would pass over, with its place. */
export function blocksOf(file: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  const fence =
    /^(?<indent>[ \t]*)```(?<language>\w+)(?<info>[^\n]*)\n(?<source>[\s\S]*?)\n\s*```$/gm
  for (const match of text.matchAll(fence)) {
    const { indent = '', language = '', info = '', source = '' } = match.groups ?? {}
    const place = `${file}:${text.slice(0, match.index).split('\n').length}`
    if (/^(bash|shell|console|javascript|mjs|ts|py|python3)$/.test(language)) {
      throw new Error(`${place}: call the language one of ${run.join(', ')}, so that it is run.`)
    }
    if (!run.includes(language)) continue
    if (indent) throw new Error(`${place}: a block that is run stands at the start of the line.`)
    const words = attributes(info, place)
    blocks.push({
      place,
      language,
      source,
      status: words.get('status')?.split(' ') ?? [],
      exit: Number(words.get('exit') ?? 0),
      ...pick(words, 'file'),
      ...pick(words, 'expect'),
      ...pick(words, 'needs'),
      ...pick(words, 'skip'),
    })
  }
  return blocks
}

function pick<Name extends string>(
  words: ReadonlyMap<string, string>,
  name: Name,
): { [key in Name]?: string } {
  const value = words.get(name)
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: string })
}

function attributes(info: string, place: string): Map<string, string> {
  const words = new Map<string, string>()
  const rest = info.replace(/(\w+)=(?:"([^"]*)"|'([^']*)')/g, (_, name, double, single) => {
    words.set(name, double ?? single)
    return ''
  })
  const stray = [...words.keys()].filter((name) => !known.includes(name))
  if (stray.length > 0 || rest.trim() !== '') {
    throw new Error(`${place}: "${info.trim()}" is more than ${known.join('="…", ')}="…".`)
  }
  return words
}
