import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { markdownTwinPath } from '../agents/links.ts'
import { readDocument } from '../document/index.ts'
import type { Operation } from '../model/operation.ts'
import { readReference } from '../model/reference.ts'

/** A page of a built site, as its Markdown twin. */
export interface DocPage {
  /** Below the site's base, as a twin: `/guides/quickstart.md`. */
  path: string
  title: string
  text: string
}

/** There is no built site where one was looked for. */
export class NoBuildError extends Error {
  override readonly name = 'NoBuildError'
  readonly code = 'no_build'

  constructor(directory: string, options?: ErrorOptions) {
    super(`There is no built site in "${directory}": run "npm run build" first.`, options)
  }
}

/** The Markdown twins of a built site and the operations of its OpenAPI document. */
export class BuiltDocs {
  readonly pages: readonly DocPage[]
  readonly operations: readonly Operation[]
  readonly #byPath: ReadonlyMap<string, DocPage>

  constructor(pages: readonly DocPage[], operations: readonly Operation[]) {
    this.pages = pages
    this.operations = operations
    this.#byPath = new Map(pages.map((page) => [page.path, page]))
  }

  /**
   * @param address A twin's path, a page's path, or the full address of either.
   */
  page(address: string): DocPage | undefined {
    const path = (URL.canParse(address) ? new URL(address).pathname : address).replace(
      /[?#].*$/s,
      '',
    )
    const rooted = path.startsWith('/') ? path : `/${path}`
    const twin = rooted.endsWith('.md') ? rooted : markdownTwinPath(rooted)
    const exact = this.#byPath.get(twin)
    // A full address may have the site's base path before it.
    return exact ?? this.pages.find((page) => page.path !== '/index.md' && twin.endsWith(page.path))
  }

  /** @param name An operation id, or method and path as in `GET /streams/{id}`. */
  operation(name: string): DocPage | undefined {
    const wanted = name.trim()
    const [, method = '', path = ''] = /^([a-z]+)\s+(\S+)$/i.exec(wanted) ?? []
    const found =
      this.operations.find(({ id }) => id === wanted) ??
      this.operations.find(({ id }) => id.toLowerCase() === wanted.toLowerCase()) ??
      this.operations.find(
        (operation) =>
          operation.method === method.toUpperCase() && shape(path).endsWith(shape(operation.path)),
      )
    return found && this.page(found.href)
  }
}

/** Names of path parameters, and values in their places, do not matter. */
function shape(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/\/+$/, '')
}

/**
 * Reads what `npm run build` or `npm start` has written.
 *
 * @throws {NoBuildError}
 */
export async function readBuiltDocs(directory: string): Promise<BuiltDocs> {
  const files = await readdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw new NoBuildError(directory, { cause })
  })
  const twins = files.filter((file) => file.endsWith('.md')).toSorted()
  if (twins.length === 0 || !files.includes('openapi.json')) throw new NoBuildError(directory)
  const pages = await Promise.all(
    twins.map(async (file): Promise<DocPage> => {
      const text = await readFile(join(directory, file), 'utf8')
      const title = /^# (.*)$/m.exec(text)?.[1] ?? file
      return { path: `/${file.split(sep).join('/')}`, title: title.replace(/\\(.)/g, '$1'), text }
    }),
  )
  const { operations } = readReference(await readDocument(join(directory, 'openapi.json')))
  return new BuiltDocs(pages, operations)
}
