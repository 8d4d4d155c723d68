import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildProblem } from './check-links.ts'

/** What search engines and whoever shares a page are told in its head. */
interface Head {
  title: string
  description: string
  canonical: string
  /** `og:…` properties. */
  openGraph: ReadonlyMap<string, string>
  /** Not for search engines. */
  hidden: boolean
}

/** Characters that a list of results shows; longer texts are cut. */
const mostOfTitle = 90
const mostOfDescription = 300
const leastOfDescription = 8

/**
 * Looks at the head of every page of a built site: a title that no other page has, a description,
 * its own address as canonical, Open Graph text that says the same, and a place in the sitemap; the
 * sitemap in turn names no page that is not there.
 *
 * @param pages Paths of the pages' files below the folder, with forward slashes.
 */
export async function checkHeads(
  directory: string,
  pages: readonly string[],
  site: { url: string },
): Promise<BuildProblem[]> {
  const problems: BuildProblem[] = []
  const titles = new Map<string, string>()
  const listed = await readSitemap(directory)
  for (const file of pages) {
    // What is shown for whatever is not there has no address of its own.
    if (file === '404.html') continue
    const head = readHead(await readFile(join(directory, file), 'utf8'))
    const address = `${site.url}/${file.replace(/(^|\/)index\.html$/, '$1')}`
    const inSitemap = listed.delete(address)
    const found = head.hidden
      ? [inSitemap && 'stands in the sitemap and wants not to be found.']
      : [
          ...headProblems(head, address),
          !inSitemap && 'is not in the sitemap.',
          titles.has(head.title) && `has the title of ${titles.get(head.title)}: "${head.title}".`,
        ]
    if (!head.hidden) titles.set(head.title, file)
    for (const message of found)
      if (message) problems.push({ file, message: `The page ${message}` })
  }
  for (const address of listed) {
    problems.push({ file: 'sitemap-0.xml', message: `${address} is no page of the site.` })
  }
  return problems
}

function headProblems({ title, description, canonical, openGraph }: Head, address: string) {
  const graph = (name: string) => openGraph.get(name) ?? ''
  return [
    title === '' && 'has no title.',
    title.length > mostOfTitle && `has a title of ${title.length} characters: "${title}".`,
    description.length < leastOfDescription && `has too short a description: "${description}".`,
    description.length > mostOfDescription &&
      `has a description of ${description.length} characters: "${description}".`,
    canonical !== address && `has the canonical address "${canonical}".`,
    graph('url') !== address && `has the og:url "${graph('url')}".`,
    graph('description') !== description && 'has an og:description that is not its description.',
    (graph('title') === '' || !title.startsWith(graph('title'))) &&
      `has the og:title "${graph('title')}".`,
    graph('type') === '' && 'has no og:type.',
  ]
}

function readHead(html: string): Head {
  const head = html.slice(0, html.indexOf('</head>'))
  const tags = [...head.matchAll(/<(?:meta|link)\b[^>]*>/g)].map(([tag]) => attributesOf(tag))
  const meta = (name: string) => tags.find((tag) => tag.get('name') === name)?.get('content') ?? ''
  return {
    title: decode(/<title>([^<]*)/.exec(head)?.[1] ?? ''),
    description: meta('description'),
    canonical: tags.find((tag) => tag.get('rel') === 'canonical')?.get('href') ?? '',
    openGraph: new Map(
      tags.flatMap((tag) => {
        const [, name] = /^og:(.+)$/.exec(tag.get('property') ?? '') ?? []
        return name === undefined ? [] : [[name, tag.get('content') ?? ''] as const]
      }),
    ),
    hidden: meta('robots').includes('noindex'),
  }
}

function attributesOf(tag: string): Map<string, string> {
  return new Map(
    [...tag.matchAll(/([\w:-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)].map(
      ([, name = '', double, single, bare]) => [name, decode(double ?? single ?? bare ?? '')],
    ),
  )
}

function decode(text: string): string {
  return text
    .replace(/&#x([\da-f]+);/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

async function readSitemap(directory: string): Promise<Set<string>> {
  const index = await readFile(join(directory, 'sitemap-index.xml'), 'utf8').catch(() => '')
  const addresses = new Set<string>()
  for (const [, location = ''] of index.matchAll(/<loc>([^<]*)<\/loc>/g)) {
    const name = new URL(location).pathname.split('/').at(-1) ?? ''
    const text = await readFile(join(directory, name), 'utf8').catch(() => '')
    for (const [, address = ''] of text.matchAll(/<loc>([^<]*)<\/loc>/g)) {
      addresses.add(decode(address))
    }
  }
  return addresses
}
