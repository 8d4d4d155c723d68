import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
// Not the room's door: it brings the readers of YAML and of older editions along.
import { isObject, type JsonObject } from '../document/json-value.ts'
import { child, parsePointer, pointerFromFragment } from '../document/pointer.ts'

/** The OpenAPI document as the sandbox goes by it. A document that was just read is one. */
export interface Description {
  /** Every `$ref` in it leads to a place in it. */
  readonly json: JsonObject
  /** The value a reference leads to, through references that only lead on. */
  resolve(ref: string): unknown
  /** JSON text of the whole document, with the digits its author wrote. */
  jsonText(value?: unknown, indent?: number): string
}

const documentFile = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))
/** What reads the document, and the versions of what that uses. */
const readers = ['../document', '../../package.json'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** Removed with the data by `--reset`. */
export const keptDescription = 'openapi.json'

/**
 * Reads the OpenAPI document of the project. What was read is kept in the directory, for as long as
 * neither the document nor what reads it changes by a byte: parsing YAML takes longer than all else
 * at a start.
 *
 * @throws {DocumentError} The document cannot be used.
 */
export async function readDescription(directory: string): Promise<Description> {
  const kept = join(directory, keptDescription)
  const key = fingerprint([dirname(documentFile), ...readers])
  const known = await readKept(kept, key)
  if (known) return known
  const { readDocument } = await import('../document/index.ts')
  const document = await readDocument(documentFile)
  try {
    await writeFile(`${kept}.new`, `${key}\n${document.jsonText(document.json, 2)}`, {
      mode: 0o600,
    })
    await rename(`${kept}.new`, kept)
  } catch {
    // Read-only or full: the next start takes longer, that is all.
  }
  return document
}

async function readKept(file: string, key: string): Promise<Description | undefined> {
  try {
    const [known, ...rest] = (await readFile(file, 'utf8')).split('\n')
    return known === key ? new KeptDescription(rest.join('\n')) : undefined
  } catch {
    // Not there, or damaged: it is read anew.
    return undefined
  }
}

/** Of the files, and of every file below the folders, names included. */
function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesOf)) {
    const bytes = readFileSync(file)
    hash.update(`${file}\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest('base64url')
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

class KeptDescription implements Description {
  readonly json: JsonObject
  readonly #text: string

  constructor(text: string) {
    const json: unknown = JSON.parse(text)
    if (!isObject(json)) throw new TypeError('The kept description is no object.')
    this.json = json
    this.#text = text
  }

  resolve(ref: string): unknown {
    const seen = new Set<string>()
    for (let current = ref; !seen.has(current); ) {
      seen.add(current)
      const value = this.#at(current)
      const next = child(value, '$ref')
      if (typeof next !== 'string' || !isObject(value) || Object.keys(value).length > 1)
        return value
      current = next
    }
    throw new TypeError(`The reference "${ref}" leads back to itself.`)
  }

  #at(ref: string): unknown {
    let value: unknown = this.json
    for (const step of parsePointer(pointerFromFragment(ref.slice(1))) ?? []) {
      const through = child(value, '$ref')
      value =
        child(value, step) ??
        (typeof through === 'string' ? child(this.resolve(through), step) : undefined)
    }
    return value
  }

  jsonText(): string {
    return this.#text
  }
}
