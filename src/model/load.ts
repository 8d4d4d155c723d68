import { statSync } from 'node:fs'
import { type OpenApiDocument, readDocument } from '../document/index.ts'
import { readSite } from '../site.ts'
import type { Reference } from './operation.ts'
import { readReference } from './reference.ts'

interface Loaded {
  document: OpenApiDocument
  reference: Reference
  /** Tells whether a file has changed since. */
  stamp: string
}

declare global {
  /** What `loadReferenceOnce` has read: for every copy of this module in the process. */
  var loadedReference: Loaded | undefined
}

let loading: Promise<Loaded> | undefined
let loadedFrom = ''

/**
 * The reference of the site's OpenAPI document: read once, and again when one of its files has
 * changed.
 *
 * @throws {DocumentError}
 */
export async function loadReference(): Promise<Reference> {
  return (await load()).reference
}

/** What the site is called: someone else's document gives it the name of its API. */
export async function loadSiteTitle(): Promise<string> {
  const { foreignDocument, title } = readSite()
  return foreignDocument ? (await loadReference()).title : title
}

/** The document that `loadReference` reads. */
export async function loadDocument(): Promise<OpenApiDocument> {
  return (await load()).document
}

/**
 * The same for the whole of this process. A build's configuration and its pages have copies of this
 * module of their own, and a large document takes seconds to read.
 *
 * @throws {DocumentError}
 */
export async function loadReferenceOnce(): Promise<Loaded> {
  globalThis.loadedReference = await load()
  return globalThis.loadedReference
}

async function load(): Promise<Loaded> {
  if (globalThis.loadedReference) return globalThis.loadedReference
  const { openApiDocument, lenient } = readSite()
  if (loading && loadedFrom === openApiDocument) {
    // A failed reading is not kept: the next page asks again, when the author may have mended it.
    const loaded = await loading.catch(() => undefined)
    if (loaded && stampOf(loaded.document) === loaded.stamp) return loaded
  }
  loadedFrom = openApiDocument
  loading = read(openApiDocument, lenient)
  return loading
}

async function read(path: string, lenient: boolean): Promise<Loaded> {
  const document = await readDocument(path, { lenient })
  return { document, reference: readReference(document), stamp: stampOf(document) }
}

function stampOf(document: OpenApiDocument): string {
  return document.sources
    .map(({ path }) => {
      const stats = statSync(path, { throwIfNoEntry: false })
      return `${stats?.mtimeMs} ${stats?.size}`
    })
    .join()
}
