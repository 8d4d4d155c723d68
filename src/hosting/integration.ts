import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import type { Site } from '../site.ts'
import { joinBase } from '../site-path.ts'
import { contentType } from './content-types.ts'
import { redirectsOf } from './former-addresses.ts'
import { headerBlocks, printHeaders } from './headers-file.ts'
import { type InlineSources, type PolicyContext, pagePolicy, workerPolicy } from './policy.ts'
import { printRedirects } from './redirects.ts'
import {
  insertIntoHead,
  makeStrict,
  printStyleClasses,
  type StrictPage,
  StrictPageError,
} from './strict-page.ts'

/**
 * After a build, puts every page under a strict Content-Security-Policy of its own and writes the
 * `_headers` and `_redirects` files that a host, or our own server, goes by.
 */
export function hosting(site: Site): AstroIntegration {
  return {
    name: 'hosting',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir)
        const pages = await secureSite(folder, site)
        const redirects = await redirectsOf(site)
        if (redirects.length > 0) {
          await writeFile(join(folder, '_redirects'), printRedirects(redirects, site.base))
        }
        logger.info(`${pages} pages under a strict policy, headers in _headers`)
      },
    },
  }
}

/**
 * @param folder The built site; its pages are rewritten in place.
 * @returns The number of pages.
 * @throws {StrictPageError} A page holds what the policy cannot allow; the message names the page.
 */
export async function secureSite(folder: string, site: Site): Promise<number> {
  const context: PolicyContext = {
    environments: site.environments,
    secure: site.url.startsWith('https:'),
  }
  const files = await readdir(folder, { recursive: true })
  const pages = files.filter((file) => file.endsWith('.html')).toSorted()
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const styleClasses = new Map<string, string>()
  let search = false
  const others = new Map<string, InlineSources>()

  // A class sheet serves the whole site, so its name is known only after all pages are read.
  const withClasses: { file: string; page: StrictPage }[] = []
  for (const file of pages) {
    const page = await readPage(folder, file)
    for (const source of page.inline.scripts) scripts.add(source)
    for (const source of page.inline.styles) styles.add(source)
    search ||= page.inline.search
    if (page.inline.styleAttributes) others.set(folderOf(file), page.inline)
    if (page.styleClasses.size > 0) {
      for (const entry of page.styleClasses) styleClasses.set(...entry)
      withClasses.push({ file, page })
    } else {
      await writePage(folder, file, page, context)
    }
  }

  if (withClasses.length > 0) {
    const sheet = printStyleClasses(styleClasses)
    const hash = createHash('sha256').update(sheet).digest('hex').slice(0, 8)
    const path = `/_astro/attributes.${hash}.css`
    await mkdir(join(folder, '_astro'), { recursive: true })
    await writeFile(join(folder, path), sheet)
    for (const { file, page } of withClasses) {
      await writePage(folder, file, page, context, joinBase(site.base, path))
    }
  }

  const workers = files
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((file) => /^\/_astro\/[^/]*worker[^/]*\.js$/i.test(file))
    .toSorted()
  const blocks = headerBlocks({
    base: site.base,
    pagePolicy: pagePolicy(
      context,
      {
        scripts: [...scripts].toSorted(),
        styles: [...styles].toSorted(),
        search,
        styleAttributes: false,
      },
      'header',
    ),
    workerPolicy: workerPolicy(context),
    policies: new Map(
      [...others].map(([path, inline]) => [path, pagePolicy(context, inline, 'header')]),
    ),
    workers,
    types: typesOf(files),
    secure: context.secure,
  })
  await writeFile(join(folder, '_headers'), printHeaders(blocks))
  return pages.length
}

/** `explorer/index.html` → `/explorer/` */
function folderOf(file: string): string {
  return `/${file.replaceAll('\\', '/').replace(/index\.html$/, '')}`
}

/** What an ending does not tell, or tells differently from host to host. */
const namedFiles =
  /^(?:\.well-known\/api-catalog|llms(?:-full)?\.txt|openapi\.yaml|[^/]+\.graphql)$/

function typesOf(files: readonly string[]): Map<string, string> {
  return new Map(
    files
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => namedFiles.test(file))
      .toSorted()
      .map((file) => [`/${file}`, contentType(`/${file}`)]),
  )
}

async function readPage(folder: string, file: string): Promise<StrictPage> {
  try {
    return makeStrict(await readFile(join(folder, file), 'utf8'))
  } catch (cause) {
    if (!(cause instanceof StrictPageError)) throw cause
    throw new StrictPageError(`${file}: ${cause.message}`, { cause })
  }
}

async function writePage(
  folder: string,
  file: string,
  page: StrictPage,
  context: PolicyContext,
  styleSheet?: string,
): Promise<void> {
  const policy = pagePolicy(context, page.inline, 'meta')
  try {
    await writeFile(join(folder, file), insertIntoHead(page.html, policy, styleSheet))
  } catch (cause) {
    if (!(cause instanceof StrictPageError)) throw cause
    throw new StrictPageError(`${file}: ${cause.message}`, { cause })
  }
}
