import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../src/commands/chromium.ts'
import { startStaticServer } from '../../src/hosting/static-server.ts'
import { axeFindings } from '../e2e/harness/axe.ts'
import { type SearchCase, searchFindings } from './search.ts'

/** Opens a sample of a built site in a browser, and looks for what a reader would look for. */
export async function lookAt(
  directory: string,
  {
    base,
    files,
    events,
    searches,
  }: {
    base: string
    files: readonly string[]
    /** Pages of webhooks and callbacks, below the base. */
    events: readonly string[]
    searches: readonly SearchCase[]
  },
): Promise<{ looked: number; findings: string[] }> {
  const sample = await sampleOf(directory, files, events)
  const port = Number(process.env.DOCS_PORT ?? 4321)
  const server = await startStaticServer({ directory, base, port })
  const root = `${server.origin}${base === '/' ? '' : base}/`
  const executablePath = await findChromium()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const findings: string[] = []
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme })
      let at = ''
      const found = (message: string): void => {
        findings.push(`${at} (${colorScheme}): ${message}`)
      }
      page.on('console', (message) => {
        if (message.type() === 'error') found(message.text())
      })
      page.on('pageerror', (error) => found(error.message))
      for (const file of sample) {
        at = file
        await page.goto(root + file.replace(/(^|\/)index\.html$/, '$1'))
        if (!(await isShownIn(page, colorScheme))) found(`is not ${colorScheme}`)
        for (const { rule, at: where } of await axeFindings(page)) {
          found(`axe ${rule} at ${where.length > 1 ? `${where.length} places, ` : ''}${where[0]}`)
        }
      }
      await page.close()
    }
    findings.push(...(await withoutScript(browser, root, sample)))
    findings.push(...(await searchFindings(browser, root, searches)))
  } finally {
    await browser.close()
    await server.close()
  }
  return { looked: sample.length, findings }
}

async function isShownIn(page: Page, scheme: 'light' | 'dark'): Promise<boolean> {
  return (await page.locator('html').getAttribute('data-theme')) === scheme
}

/** Without script and on a phone: all that has an id can be unfolded, and nothing is cut off. */
async function withoutScript(
  browser: Browser,
  root: string,
  sample: readonly string[],
): Promise<string[]> {
  const findings: string[] = []
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  for (const file of sample) {
    await page.goto(root + file.replace(/(^|\/)index\.html$/, '$1'))
    const { wide, unseen } = await page.evaluate(() => {
      for (const details of document.querySelectorAll('main details')) {
        // Of those that exclude each other a reader opens one after the other.
        details.removeAttribute('name')
        details.setAttribute('open', '')
      }
      const places = [...document.querySelectorAll('main :is(.rows > div, .answer, .alternatives)')]
      return {
        wide: document.documentElement.scrollWidth,
        unseen: places.filter((place) => !place.checkVisibility()).map(({ id }) => id),
      }
    })
    if (wide > 390) findings.push(`${file} (phone): is ${wide} wide`)
    if (unseen.length > 0)
      findings.push(`${file} (without script): ${unseen.length} are unseen, ${unseen[0]}`)
  }
  await context.close()
  return findings
}

interface SizedPage {
  file: string
  html: string
}

/** One of each kind of page, the largest of most kinds among them. */
async function sampleOf(
  directory: string,
  files: readonly string[],
  events: readonly string[],
): Promise<string[]> {
  const wanted = new Map<string, SizedPage[]>()
  const add = (kind: string, page: SizedPage): void => {
    wanted.set(kind, [...(wanted.get(kind) ?? []), page])
  }
  for (const file of files.toSorted()) {
    const html = await readFile(path.join(directory, file), 'utf8')
    const steps = file.split('/').length
    const kind = !file.startsWith('reference/')
      ? 'home'
      : file.startsWith('reference/schemas/')
        ? 'schema'
        : events.includes(`/${file.replace('index.html', '')}`)
          ? 'event'
          : (['', '', 'reference', 'tag', 'operation'][steps] ?? 'operation')
    add(kind, { file, html })
    if (html.includes('class="alternatives"')) add(`${kind} with alternatives`, { file, html })
  }
  const sample = new Set<string>()
  for (const [kind, pages] of wanted) {
    const bySize = pages.toSorted((a, b) => b.html.length - a.html.length).map(({ file }) => file)
    const several = kind === 'operation' || kind === 'schema'
    const chosen = several
      ? [bySize[0], bySize[bySize.length >> 1], bySize.at(-1)]
      : kind === 'home'
        ? bySize.filter((file) => file === 'index.html' || file === '404.html')
        : [bySize[0]]
    for (const file of chosen) if (file !== undefined) sample.add(file)
  }
  return [...sample]
}
