import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { guideGroups } from '../content/guide-groups.ts'

/** A guide as it lies in the folder of guides. */
export interface Guide {
  /** Path of the file from the project's folder, for messages. */
  file: string
  /** Path of its page below the site's base. */
  path: string
  title: string
  description: string
  /** Addresses of an earlier site that lead here. */
  formerly: readonly string[]
  /** The whole MDX file. */
  source: string
}

const places = guideGroups.flatMap(({ guides }) => guides)

/** In the sidebar; a guide that is not in it comes last. */
function placeOf({ path }: Pick<Guide, 'path'>): number {
  const place = places.indexOf(path.split('/').at(-2) ?? '')
  return place < 0 ? places.length : place
}

const content = join('src', 'content', 'docs')

/**
 * Reads the guides in the order of the sidebar.
 *
 * @param folder The content collection; guides lie in its `guides` folder.
 */
export function readGuides(folder = content): Guide[] {
  return guideFiles(folder)
    .map((name) => {
      const file = join(folder, name)
      const source = readFileSync(file, 'utf8')
      const front = frontMatter(source)
      const path = `/${name.replaceAll('\\', '/').replace(/(?:\/index)?\.mdx?$/, '')}/`
      return {
        file,
        path,
        source,
        title: text(front.title) || path,
        description: text(front.description),
        formerly: Array.isArray(front.formerly) ? front.formerly.map(text) : [],
        draft: front.draft === true,
      }
    })
    .filter(({ draft }) => !draft)
    .map(({ draft: _, ...guide }) => guide)
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.path < b.path ? -1 : 1))
}

/** Changes when a guide does. */
export function stampOfGuides(folder = content): string {
  return guideFiles(folder)
    .map((name) => {
      const { mtimeMs, size } = statSync(join(folder, name))
      return `${name} ${mtimeMs} ${size}`
    })
    .join()
}

function guideFiles(folder: string): string[] {
  return readdirSync(join(folder, 'guides'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.mdx?$/.test(name))
    .map((name) => join('guides', name))
    .toSorted()
}

function frontMatter(source: string): Record<string, unknown> {
  const [, yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(source) ?? []
  const front: unknown = parse(yaml)
  return typeof front === 'object' && front !== null ? (front as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
