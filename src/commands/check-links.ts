import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Element, Root, RootContent } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { headersFor, readHeaders } from '../hosting/read-headers.ts'

export interface BuildProblem {
  /** File below the build's folder. */
  file: string
  message: string
}

export interface BuildReport {
  pages: number
  /** Files of the pages, below the build's folder. */
  files: string[]
  links: number
  problems: BuildProblem[]
}

interface BuiltPage {
  file: string
  /** Address the page is served at. */
  url: URL
  root: Root
  ids: Set<string>
}

/**
 * Walks a built site as a browser would: every internal address and fragment leads somewhere, ids
 * are unique, nothing is loaded from another host, and every inline script or style is one that the
 * page's own policies (`<meta>` and `_headers`) know.
 *
 * @param site Origin and base path that the site was built for.
 */
export async function checkBuild(
  directory: string,
  site: { origin: string; base: string },
): Promise<BuildReport> {
  const base = site.base === '/' ? '' : site.base
  const files = new Set(await filesBelow(directory))
  const headers = readHeaders(await readFile(join(directory, '_headers'), 'utf8').catch(() => ''))
  const problems: BuildProblem[] = []
  const pages = new Map<string, BuiltPage>()
  for (const file of files) {
    if (!file.endsWith('.html')) continue
    const html = await readFile(join(directory, file), 'utf8')
    const url = new URL(`${base}/${file.replace(/(^|\/)index\.html$/, '$1')}`, site.origin)
    const page = { file, url, root: parser.parse(html), ids: new Set<string>() }
    pages.set(file, page)
    problems.push(...collectIds(page))
  }

  const built: BuiltSite = { origin: site.origin, base, files, pages }
  let links = 0
  for (const page of pages.values()) {
    const policies = [headersFor(headers, page.url.pathname).get('content-security-policy')]
    policies.push(...metaPolicies(page.root))
    for (const element of elements(page.root)) {
      const messages = attributeProblems(element)
      for (const policy of policies) {
        if (policy) messages.push(...inlineProblems(element, policy))
      }
      for (const address of addressesOf(element)) {
        links += 1
        const problem = addressProblem(address, page, built)
        if (problem) messages.push(problem)
      }
      problems.push(...messages.map((message) => ({ file: page.file, message })))
    }
  }
  return { pages: pages.size, files: [...pages.keys()], links, problems }
}

interface BuiltSite {
  origin: string
  /** Empty, or with a leading slash. */
  base: string
  files: ReadonlySet<string>
  pages: ReadonlyMap<string, BuiltPage>
}

function addressProblem(
  { text, loaded }: Address,
  page: BuiltPage,
  { origin, base, files, pages }: BuiltSite,
): string | undefined {
  if (!URL.canParse(text, page.url)) return `"${text}" is not an address.`
  const url = new URL(text, page.url)
  if (loaded && ['data:', 'blob:'].includes(url.protocol)) return undefined
  if (!/^https?:$/.test(url.protocol)) {
    return ['mailto:', 'tel:'].includes(url.protocol)
      ? undefined
      : `"${text}" is not a safe address.`
  }
  if (url.origin !== origin) return loaded ? `"${text}" is loaded from another host.` : undefined
  if (!`${url.pathname}/`.startsWith(`${base}/`)) {
    // In full it names the host's other pages; as a path it has lost the base.
    return /^https?:/.test(text) ? undefined : `"${text}" lies outside the base path ${base}/.`
  }
  const target = fileOf(decodeURIComponent(url.pathname.slice(base.length)), files)
  if (target === undefined) return `"${text}" leads nowhere.`
  // What a script of the page is to read, such as `#query=…`, is no id.
  if (url.hash === '' || /^#(?::~:|[\w-]+=)/.test(url.hash)) return undefined
  const fragment = decodeURIComponent(url.hash.slice(1))
  const ids = pages.get(target)?.ids
  return ids && !ids.has(fragment) ? `"${text}" leads to an id that ${target} has not.` : undefined
}

const parser = unified().use(rehypeParse)

function collectIds(page: BuiltPage): BuildProblem[] {
  const problems: BuildProblem[] = []
  for (const element of elements(page.root)) {
    const id = property(element, 'id')
    if (id === '') continue
    if (page.ids.has(id))
      problems.push({ file: page.file, message: `The id "${id}" stands twice.` })
    page.ids.add(id)
  }
  const shown = elements(page.root, ({ properties }) => !properties.hidden)
  const headings = shown.filter(({ tagName }) => tagName === 'h1').toArray().length
  if (headings !== 1) {
    problems.push({
      file: page.file,
      message: `There are ${headings} headings <h1> instead of one.`,
    })
  }
  return problems
}

function metaPolicies(root: Root): string[] {
  return [...elements(root)]
    .filter((element) => /^content-security-policy$/i.test(property(element, 'httpEquiv')))
    .map((element) => property(element, 'content'))
}

function attributeProblems({ tagName, properties }: Element): string[] {
  return Object.keys(properties).flatMap((name) => {
    if (name === 'style') return [`<${tagName}> has an inline style.`]
    return /^on[A-Z]/.test(name) ? [`<${tagName}> has an inline event handler.`] : []
  })
}

function inlineProblems(element: Element, policy: string): string[] {
  const isScript = element.tagName === 'script' && !element.properties.src && isRun(element)
  if (!isScript && element.tagName !== 'style') return []
  const text = element.children.map((child) => ('value' in child ? child.value : '')).join('')
  const digest = createHash('sha256').update(text).digest('base64')
  if (policy.includes(`'sha256-${digest}'`)) return []
  return [`An inline <${element.tagName}> is not in the policy: ${text.trim().slice(0, 60)}…`]
}

/** Data blocks such as `application/json` are not run. */
function isRun(script: Element): boolean {
  const type = property(script, 'type')
  return type === '' || type === 'module' || /javascript$/.test(type)
}

interface Address {
  text: string
  /** The browser fetches it by itself. */
  loaded: boolean
}

function addressesOf(element: Element): Address[] {
  const { tagName } = element
  const found: Address[] = []
  const add = (name: string, loaded: boolean): void => {
    const value = element.properties[name]
    if (typeof value === 'string') found.push({ text: value, loaded })
  }
  if (tagName === 'a' || tagName === 'area') add('href', false)
  else if (tagName === 'link') {
    const relations = [element.properties.rel].flat()
    add(
      'href',
      !relations.some((one) => ['canonical', 'alternate', 'next', 'prev'].includes(`${one}`)),
    )
  } else if (tagName === 'form') add('action', false)
  else if (tagName === 'object') add('data', true)
  else add('src', true)
  if (tagName === 'video') add('poster', true)
  const { srcSet } = element.properties
  for (const candidate of typeof srcSet === 'string' ? srcSet.split(',') : []) {
    const [text = ''] = candidate.trim().split(/\s+/)
    if (text) found.push({ text, loaded: true })
  }
  return found
}

/** @param path Decoded, below the base. */
function fileOf(path: string, files: ReadonlySet<string>): string | undefined {
  const name = path.slice(1)
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name
  return files.has(file) ? file : undefined
}

function property(element: Element, name: string): string {
  const value = element.properties[name]
  return Array.isArray(value) ? value.join(' ') : String(value ?? '')
}

/** Every element, `<template>` contents included, but for those that are not wanted and theirs. */
function* elements(
  parent: Root | Element,
  wanted: (element: Element) => boolean = () => true,
): Generator<Element> {
  for (const child of parent.children as RootContent[]) {
    if (child.type !== 'element' || !wanted(child)) continue
    yield child
    yield* elements(child, wanted)
    if (child.content) yield* elements(child.content, wanted)
  }
}

/** Paths with forward slashes. */
async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
