import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Element, Nodes } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { expect, test } from './harness/fixtures.ts'

/** Pages that hold nothing to read: what is not there, the way back from signing in, tools. */
const withoutText = /^\/(404\.html|oauth\/callback\/|explorer\/|graphql\/explorer\/)$/

const parser = unified().use(rehypeParse)

test('every built page has a Markdown twin, names it, and says nothing that the twin does not', async ({
  product: { directory },
}) => {
  const files = await readdir(directory, { recursive: true })
  const pages = files
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file.replaceAll(sep, '/').replace(/(^|\/)index\.html$/, '$1')}`)
    .filter((path) => !withoutText.test(path))
  expect(pages.length).toBeGreaterThan(200)
  const problems = await Promise.all(pages.map((path) => problemsOf(directory, path)))
  expect(problems.flat()).toEqual([])
})

/** @param path Of a page, with slashes at both ends. */
async function problemsOf(directory: string, path: string): Promise<string[]> {
  const html = parser.parse(await readFile(join(directory, path, 'index.html'), 'utf8'))
  const twin = `${path.replace(/\/$/, '') || '/index'}.md`
  const named = all(html, ({ tagName, properties }) => {
    return tagName === 'link' && properties.type === 'text/markdown'
  }).map(({ properties }) => properties.href)
  if (named.length !== 1 || named[0] !== twin) return [`${path} names ${named} as its twin`]
  const text = await readFile(join(directory, twin), 'utf8')
  // The front page invites; its twin is the index of all pages.
  if (path === '/') return []
  return factsOf(html)
    .filter(missingIn(text))
    .map((fact) => `${twin} does not say: ${fact}`)
}

/**
 * What a page states in so many letters: headings, cells of tables, and everything that is set as
 * code, which are names of parameters, fields, types, scopes and errors. Examples are whole texts
 * and compared elsewhere.
 */
function factsOf(html: Nodes): string[] {
  const [main] = all(html, ({ tagName }) => tagName === 'main')
  if (!main) return ['<main>']
  const named = all(main, ({ tagName }) => /^(code|h1|h2|h3|th|dt)$/.test(tagName)).map(textOf)
  const cells = all(main, ({ tagName }) => tagName === 'td').flatMap(piecesOf)
  return [...new Set([...named, ...cells].map(words).filter(Boolean))]
}

/** A cell may hold a list, which is a sentence in Markdown. */
function piecesOf(node: Nodes): string[] {
  if (node.type === 'text') return [node.value]
  // The label of a folded list only counts it.
  if (node.type === 'element' && node.tagName === 'summary') return []
  return 'children' in node ? node.children.flatMap(piecesOf) : []
}

const missingIn = (markdown: string) => {
  const text = words(markdown.replace(/\\([^\w\s])/g, '$1').replace(/\]\([^()\s]*\)/g, ''))
  return (fact: string): boolean => !text.includes(fact)
}

const words = (text: string): string =>
  text
    .replace(/[`\\[\]]/g, '')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()

function all(node: Nodes, wanted: (element: Element) => boolean): Element[] {
  if (node.type === 'element') {
    // Other languages than curl, and what a fold repeats, are not in the text face.
    if (wanted(node)) return [node]
    if (node.tagName === 'pre' || node.tagName === 'template') return []
  }
  return 'children' in node ? node.children.flatMap((child) => all(child, wanted)) : []
}

/** Without what a heading has beside its words: its type, and the link to itself. */
function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (node.type === 'element' && isAside(node)) return ''
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

function isAside({ tagName, properties }: Element): boolean {
  const classes = Array.isArray(properties.className) ? properties.className : []
  return (
    tagName === 'small' || classes.includes('type') || String(properties.href ?? '').startsWith('#')
  )
}
