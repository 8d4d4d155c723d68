import { readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { DocumentError, type DocumentErrorCode, type Place } from './document-error.ts'
import { ExactNumbers } from './exact-number.ts'
import { limits } from './limits.ts'
import { locateInJson, parseJson } from './parse-json.ts'
import { locateInYaml, parseYaml } from './parse-yaml.ts'
import { formatPointer } from './pointer.ts'
import { ParseFailure, positionOf, positionsOf } from './text-position.ts'

/** One file of a document. */
export interface Source {
  /** Relative to the folder of the root document, with forward slashes. */
  file: string
  /** Absolute, links followed. */
  path: string
  value: unknown
  text: string
  format: 'json' | 'yaml'
}

/** Why a reference cannot be followed. The caller knows where it stands. */
export class RefFailure extends Error {
  override readonly name = 'RefFailure'
  readonly code: DocumentErrorCode
  readonly remedy: string

  constructor(code: DocumentErrorCode, problem: string, remedy: string) {
    super(problem)
    this.code = code
    this.remedy = remedy
  }
}

/** The files of one document: each is read once, none from outside the root's folder. */
export class SourceFiles {
  readonly numbers = new ExactNumbers()
  readonly root: Source
  readonly #folder: string
  readonly #byPath = new Map<string, Source>()
  readonly #read: Source[] = []
  #bytes = 0

  private constructor(root: Source, folder: string) {
    this.root = root
    this.#folder = folder
  }

  /** @throws {DocumentError} */
  static open(rootPath: string): SourceFiles {
    const shown = path.basename(rootPath)
    const start: Place = { file: shown, line: 1, column: 1, pointer: '' }
    let real: string
    try {
      real = realpathSync(rootPath)
    } catch (cause) {
      throw new DocumentError(
        'file_unreadable',
        start,
        `The file ${rootPath} cannot be opened.`,
        'Check the path.',
        { cause },
      )
    }
    const files = new SourceFiles(
      { file: path.basename(real), path: real, value: undefined, text: '', format: 'yaml' },
      path.dirname(real),
    )
    try {
      Object.assign(files.root, files.#load(real, shown))
    } catch (failure) {
      if (failure instanceof RefFailure) {
        throw new DocumentError(failure.code, start, failure.message, failure.remedy)
      }
      throw failure
    }
    files.#byPath.set(real, files.root)
    files.#read.push(files.root)
    return files
  }

  /** Every file read so far, the root first. */
  get all(): readonly Source[] {
    return this.#read
  }

  /**
   * Reads the file a reference names.
   *
   * @param location The reference up to its `#`, percent-encoded as in a URL.
   * @throws {RefFailure} It may not or cannot be read.
   * @throws {DocumentError} It is not well-formed.
   */
  open(location: string, from: Source): Source {
    if (/^[a-z][a-z0-9+.-]*:/i.test(location) || location.startsWith('//')) {
      throw new RefFailure(
        'ref_scheme',
        `The reference leads to "${location.slice(0, 200)}"; only files beside the document are read.`,
        'Keep a copy in the document’s folder and refer to that.',
      )
    }
    const target = path.resolve(path.dirname(from.path), decodePath(location))
    this.#keepInside(target, location)
    let real: string
    try {
      real = realpathSync(target)
    } catch {
      throw new RefFailure(
        'ref_dangling',
        `The file "${location}" does not exist.`,
        'Correct the path, which counts from the file it stands in.',
      )
    }
    this.#keepInside(real, location)
    const known = this.#byPath.get(real)
    if (known) return known
    const source = this.#load(real, this.#shown(real))
    this.#byPath.set(real, source)
    this.#read.push(source)
    return source
  }

  /** Where a pointer of a file stands in its text. */
  place(source: Source, steps: readonly string[]): Place {
    const [place] = this.places([{ source, steps }])
    if (!place) throw new Error('Every spot has a place.')
    return place
  }

  /** The same for many: each file is read through once. */
  places(spots: readonly { source: Source; steps: readonly string[] }[]): Place[] {
    const places = new Map<object, Place>()
    for (const [source, members] of Map.groupBy(spots, (spot) => spot.source)) {
      const { text, file, format } = source
      const pointers = members.map(({ steps }) => steps)
      const offsets =
        format === 'json'
          ? locateInJson(text, this.numbers, pointers)
          : locateInYaml(text, pointers)
      for (const [index, position] of positionsOf(text, offsets).entries()) {
        const spot = members[index]
        if (spot) places.set(spot, { file, ...position, pointer: formatPointer(spot.steps) })
      }
    }
    return spots.flatMap((spot) => places.get(spot) ?? [])
  }

  /** Lets go of the values, which the bundled document has taken over; texts stay, for places. */
  release(): void {
    for (const source of this.#read) source.value = undefined
  }

  #shown(real: string): string {
    return path.relative(this.#folder, real).split(path.sep).join('/')
  }

  #keepInside(target: string, location: string): void {
    const relative = path.relative(this.#folder, target)
    if (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)) {
      return
    }
    throw new RefFailure(
      'ref_outside',
      `The reference "${location.slice(0, 200)}" leaves the folder of the root document.`,
      'Move the file into that folder.',
    )
  }

  #load(real: string, shown: string): Source {
    const format = real.toLowerCase().endsWith('.json') ? 'json' : 'yaml'
    const bytes = this.#size(real, shown)
    const limit = format === 'json' ? limits.jsonBytes : limits.yamlBytes
    this.#bytes += bytes
    if (bytes > limit || this.#bytes > limits.totalBytes) {
      throw new RefFailure(
        'too_large',
        bytes > limit
          ? `The file "${shown}" has ${megabytes(bytes)} MB; ${megabytes(limit)} MB may be read as ${format === 'json' ? 'JSON' : 'YAML'}.`
          : `The files of this document have more than ${megabytes(limits.totalBytes)} MB together.`,
        'Leave out what the reference does not need.',
      )
    }
    if (this.#read.length >= limits.files) {
      throw new RefFailure(
        'too_large',
        `The document has more than ${limits.files} files.`,
        'Put several schemas into one file.',
      )
    }
    const text = readFileSync(real, 'utf8')
    return { file: shown, path: real, text, format, value: this.#parse(text, format, shown) }
  }

  #size(real: string, shown: string): number {
    try {
      const stats = statSync(real)
      if (stats.isFile()) return stats.size
    } catch {
      // Told below.
    }
    throw new RefFailure('file_unreadable', `"${shown}" is not a readable file.`, 'Check the path.')
  }

  #parse(text: string, format: Source['format'], file: string): unknown {
    try {
      return format === 'json' ? parseJson(text, this.numbers) : parseYaml(text, this.numbers)
    } catch (failure) {
      if (!(failure instanceof ParseFailure)) throw failure
      throw new DocumentError(
        failure.code,
        { file, ...positionOf(text, failure.offset), pointer: '' },
        failure.message,
        failure.remedy,
      )
    }
  }
}

function decodePath(location: string): string {
  try {
    return decodeURIComponent(location)
  } catch {
    return location
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)
}
