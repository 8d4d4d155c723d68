import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A `sh` block of a guide: what a reader pastes, and what the guide says comes of it. */
export interface CommandBlock {
  /** File and line of the opening fence, as editors take it: `quickstart.mdx:29`. */
  place: string
  /** As written, with `%NAME%` values still in it. */
  source: string
  /** A piece of the output that the guide promises. */
  expect?: string
  /** Why the block cannot be run here. */
  skip?: string
}

const folder = new URL('../../src/content/docs/guides/', import.meta.url).pathname

/** Reads the command blocks of each guide, in reading order. */
export async function readCommandBlocks(): Promise<Map<string, CommandBlock[]>> {
  const guides = new Map<string, CommandBlock[]>()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.mdx')).sort()) {
    const blocks = blocksOf(file, await readFile(join(folder, file), 'utf8'))
    if (blocks.length > 0) guides.set(file, blocks)
  }
  return guides
}

function blocksOf(file: string, text: string): CommandBlock[] {
  const blocks: CommandBlock[] = []
  const fence = /^```sh(?<info>[^\n]*)\n(?<source>[\s\S]*?)\n```$/gm
  for (const match of text.matchAll(fence)) {
    const info = match.groups?.['info'] ?? ''
    blocks.push({
      place: `${file}:${text.slice(0, match.index).split('\n').length}`,
      source: match.groups?.['source'] ?? '',
      expect: attribute(info, 'expect'),
      skip: attribute(info, 'skip'),
    })
  }
  return blocks
}

function attribute(info: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}=(?:"([^"]*)"|'([^']*)')`).exec(info)
  return match?.[1] ?? match?.[2]
}
