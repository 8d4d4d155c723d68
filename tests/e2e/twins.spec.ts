import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Element, Nodes } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { expect, test } from './harness/fixtures.ts'

/** Pages that hold nothing to read: what is not there, the way back from signing in, tools. */
const withoutText = /^\/(404\.html|oauth\/callback\/)$/

const parser = unified().use(rehypeParse)

test('every built page has a Markdown twin, names it, and says nothing that the twin does not', async ({
  product: { directory, docs },
}) => {
  const files = (await readdir(directory, { recursive: true })).map((file) =>
    file.replaceAll(sep, '/'),
  )
  const problems: string[] = []
  let pages = 0
  for (const file of files.filter((one) => one.endsWith('.html'))) {
    const path = `/${file.replace(/(^|\/)index\.html$/, '$1')}`
    if (withoutText.test(path)) continue
    pages += 1
    const html = parser.parse(await readFile(join(directory, file), 'utf8'))
    const alternate = all(html, ({ tagName, properties }) => {
      return tagName === 'link' && properties.type === 'text/markdown'
    })
    const hrefs = alternate.map(({ properties }) => String(properties.href))
    const twin = `${path.replace(/\/$/, '') || '/index'}.md`
    if (hrefs.length !== 1 || new URL(hrefs[0] ?? '', `${docs}/`).pathname !== twin) {
      problems.push(`${path} names ${hrefs.join(', ') || 'no twin'}`)
    }
    const text = await readFile(join(directory, twin), 'utf8').catch(() => undefined)
    if (text === undefined) problems.push(`${path} has no ${twin}`)
    else
      problems.push(
        ...factsOf(html)
          .filter(missingIn(text))
          .map((fact) => `${twin}: ${fact}`),
      )
  }
  expect(problems).toEqual([])
  expect(pages).toBeGreaterThan(200)
})

/**
 * What a page states in so many letters: names of parameters, fields, types, scopes, codes and
 * commands, and the title. Examples are whole texts and compared elsewhere.
 */
function factsOf(html: Nodes): string[] {
  const [main] = all(html, ({ tagName }) => tagName === 'main')
  if (!main) return ['<main>']
  const names = all(main, ({ tagName }) => tagName === 'code' || tagName === 'h1')
  return [...new Set(names.map((element) => words(textOf(element))).filter(Boolean))]
}

const missingIn = (markdown: string) => {
  const text = words(markdown.replace(/\\([^\w\s])/g, '$1').replace(/`/g, ''))
  return (fact: string): boolean => !text.includes(fact)
}

const words = (text: string): string => text.replace(/[`\\]/g, '').replace(/\s+/g, ' ').trim()

function all(node: Nodes, wanted: (element: Element) => boolean): Element[] {
  if (node.type === 'element') {
    // Other languages than curl, and what a fold repeats, are not in the text face.
    if (wanted(node)) return [node]
    if (node.tagName === 'pre' || node.tagName === 'template') return []
  }
  return 'children' in node ? node.children.flatMap((child) => all(child, wanted)) : []
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
