import { kebabCase } from '../model/slug.ts'
import type { DocPage } from './built-docs.ts'

/** Of the page that is called what was asked for: `STREAM_LIVE` is `/errors/stream-live.md`. */
const namedBonus = 10

export interface SearchHit {
  page: DocPage
  /** The line where most of the words stand. */
  excerpt: string
}

/** Weight of a word in the title, in the path and in a heading, beside one in the text. */
const weights = { title: 8, path: 5, heading: 3 }

/**
 * Finds pages by words. A rare word counts for more than a common one; a page that has all of them
 * comes before one that has some.
 *
 * @returns Best first.
 */
export function searchPages(pages: readonly DocPage[], query: string, limit: number): SearchHit[] {
  const words = [...new Set(wordsOf(query))]
  if (words.length === 0) return []
  const indexed = pages.map((page) => ({ page, ...indexOf(page) }))
  const slug = kebabCase(query)
  const rarity = new Map(
    words.map((word) => {
      const holders = indexed.filter(({ counts }) => counts.has(word)).length
      return [word, Math.log(1 + pages.length / (1 + holders))]
    }),
  )
  return indexed
    .map(({ page, counts }) => {
      const present = words.filter((word) => counts.has(word))
      const score = present.reduce(
        (sum, word) => sum + Math.log(1 + (counts.get(word) ?? 0)) * (rarity.get(word) ?? 0),
        0,
      )
      const named = page.path.endsWith(`/${slug}.md`) ? namedBonus : 1
      return { page, score: score * (present.length / words.length) ** 2 * named }
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.page.path < b.page.path ? -1 : 1))
    .slice(0, limit)
    .map(({ page }) => ({ page, excerpt: excerptOf(page.text, words) }))
}

const indexes = new WeakMap<DocPage, Map<string, number>>()

function indexOf(page: DocPage): { counts: ReadonlyMap<string, number> } {
  const known = indexes.get(page)
  if (known) return { counts: known }
  const counts = new Map<string, number>()
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + weight)
  }
  add(page.title, weights.title)
  add(page.path, weights.path)
  for (const line of page.text.split('\n')) add(line, line.startsWith('#') ? weights.heading : 1)
  indexes.set(page, counts)
  return { counts }
}

/** Lower case; `listStreams` and `STREAM_LIVE` are found by their parts and as a whole. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{N}_]+/gu)].flatMap(([name]) => {
    const parts = name
      .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
      .split(/[\s_]+/)
      .filter(Boolean)
    const all = parts.length > 1 ? [name, ...parts] : [name]
    return all.map((word) => stem(word.toLowerCase()))
  })
}

/** One and many are the same to a reader. */
function stem(word: string): string {
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

function excerptOf(text: string, words: readonly string[]): string {
  const wanted = new Set(words)
  let best = ''
  let most = 0
  for (const line of text.split('\n')) {
    const found = new Set(wordsOf(line).filter((word) => wanted.has(word))).size
    if (found > most && !line.startsWith('# ')) [best, most] = [line, found]
  }
  const plain = best.replace(/^[#>\s-]+/, '').trim()
  return plain.length > 240 ? `${plain.slice(0, 240)}…` : plain
}
