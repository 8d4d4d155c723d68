import { type Bundle, bundle } from './bundle/bundle.ts'
import type { Origins } from './bundle/origins.ts'
import {
  DocumentError,
  type DocumentErrorCode,
  type DocumentProblem,
  type DocumentWarning,
  type Place,
} from './document-error.ts'
import { type Edition, editionOf, toEdition31 } from './edition.ts'
import { jsonText } from './json-text.ts'
import { isObject, type JsonObject } from './json-value.ts'
import { child, formatPointer, parsePointer, pointerFromFragment } from './pointer.ts'
import { SourceFiles } from './source.ts'
import { yamlText } from './yaml-text.ts'

/** An OpenAPI 3.1 document (3.2 where its author wrote that) in one object. */
export class OpenApiDocument {
  /**
   * Every `$ref` in it starts with `#/` and leads somewhere; what contains itself stays a
   * reference. Do not change it.
   */
  readonly json: JsonObject
  /** The edition it was written in. */
  readonly edition: Edition
  /** The files it was read from, the root first. */
  readonly sources: readonly { file: string; path: string }[]
  readonly #warnings: DocumentWarning[]
  readonly #problems: DocumentProblem[]
  readonly #lenient: boolean
  readonly #files: SourceFiles
  readonly #origins: Origins
  /** Values at the ends of chains of references. */
  readonly #ends = new Map<string, unknown>()

  constructor(files: SourceFiles, edition: Edition, bundled: Bundle, lenient: boolean) {
    this.json = toEdition31(bundled.json, edition)
    this.edition = edition
    this.#warnings = bundled.warnings
    this.sources = files.all.map(({ file, path }) => ({ file, path }))
    this.#files = files
    this.#origins = bundled.origins
    this.#problems = bundled.problems
    this.#lenient = lenient
  }

  /** What is odd in it and in nobody's way. */
  get warnings(): readonly DocumentWarning[] {
    return this.#warnings
  }

  /** Notes something odd about a value of `json`. */
  warn(code: DocumentWarning['code'], pointer: readonly string[], message: string): void {
    this.#warnings.push({ code, ...this.locate(pointer), message })
  }

  /**
   * What is missing from it. Empty unless the reading was lenient: then what would have failed is
   * here, for a page to tell.
   */
  get problems(): readonly DocumentProblem[] {
    return this.#problems
  }

  /**
   * Refuses something that would make a page lie, or notes it where the reading is lenient.
   *
   * @param pointer Where it stands in `json`.
   * @param operation Steps of the operation whose page it concerns; all pages without one.
   * @throws {DocumentError} The reading is not lenient.
   */
  refuse(
    code: DocumentErrorCode,
    pointer: readonly string[],
    problem: string,
    remedy: string,
    operation?: readonly string[],
  ): void {
    const error = this.error(code, pointer, problem, remedy)
    if (!this.#lenient) throw error
    const { file, line, column, pointer: place } = error
    // What is read anew is refused anew.
    if (this.#problems.some((other) => other.pointer === place && other.message === problem)) return
    const shownBy = operation ? [formatPointer(operation)] : []
    this.#problems.push({
      file,
      line,
      column,
      pointer: place,
      code,
      message: problem,
      remedy,
      shownBy,
    })
  }

  /** The problems that concern an operation, by its steps in `json`. */
  problemsOf(steps: readonly string[]): DocumentProblem[] {
    if (this.#problems.length === 0) return []
    const around = new Set(steps.map((_, index) => formatPointer(steps.slice(0, index + 1))))
    return this.#problems.filter(({ shownBy }) => shownBy.some((pointer) => around.has(pointer)))
  }

  /**
   * The value a reference leads to, through references that only lead on.
   *
   * @param ref e.g. `#/components/schemas/Stream`.
   * @throws {DocumentError} `ref_dangling` or `ref_loop`.
   */
  resolve(ref: string): unknown {
    const seen = new Set<string>()
    let current = ref
    let value = this.#ends.get(current)
    while (value === undefined) {
      if (seen.has(current)) {
        throw this.error(
          'ref_loop',
          stepsOf(ref) ?? [],
          `The reference "${ref}" leads back to itself.`,
          'Refer to what is meant.',
        )
      }
      seen.add(current)
      const met = this.resolveOnce(current)
      const next = isObject(met) && Object.keys(met).length === 1 ? child(met, '$ref') : undefined
      if (typeof next === 'string') {
        current = next
        value = this.#ends.get(current)
      } else value = met
    }
    for (const passed of seen) this.#ends.set(passed, value)
    return value
  }

  /**
   * The value exactly where a reference points, even if that is a reference again.
   *
   * @throws {DocumentError} `ref_dangling`.
   */
  resolveOnce(ref: string): unknown {
    const steps = stepsOf(ref)
    let value: unknown = steps ? this.json : undefined
    for (const step of steps ?? []) {
      const next = child(value, step)
      const through = child(value, '$ref')
      value =
        next === undefined && typeof through === 'string'
          ? child(this.resolve(through), step)
          : next
    }
    if (value === undefined) {
      throw this.error(
        'ref_dangling',
        [],
        `The reference "${ref}" leads nowhere.`,
        'Correct the reference, or add what it names.',
      )
    }
    return value
  }

  /** Where a value of `json` stands in the author's files. */
  locate(pointer: string | readonly string[]): Place {
    const steps = typeof pointer === 'string' ? (parsePointer(pointer) ?? []) : pointer
    const spot = this.#origins.spotOf(steps) ?? { source: this.#files.root, steps }
    return this.#files.place(spot.source, spot.steps)
  }

  /** An error that names the place of a value of `json`. */
  error(
    code: DocumentErrorCode,
    pointer: string | readonly string[],
    problem: string,
    remedy: string,
  ): DocumentError {
    return new DocumentError(code, this.locate(pointer), problem, remedy)
  }

  /**
   * JSON text of a value of the document, or of all of it, with the digits its author wrote.
   *
   * @param indent Spaces per level.
   */
  jsonText(value: unknown = this.json, indent?: number): string {
    return jsonText(value, this.#files.numbers, indent)
  }

  /** YAML text of all of it. */
  yamlText(): string {
    return yamlText(this.json, this.#files.numbers)
  }

  /** Digits of a number as the author wrote them. */
  numberText(value: number): string {
    return this.#files.numbers.textOf(value)
  }
}

/**
 * Reads an OpenAPI document: 2.0, 3.0, 3.1 or 3.2, YAML or JSON, with everything it refers to in
 * files below its folder. Nothing is fetched from anywhere.
 *
 * @param path Path of the root file.
 * @param options `lenient` keeps what would make a page lie as `problems` of the document.
 * @throws {DocumentError} The document cannot be used; the error names file, line and pointer.
 */
export async function readDocument(
  path: string,
  options: { lenient?: boolean } = {},
): Promise<OpenApiDocument> {
  const files = SourceFiles.open(path)
  const edition = editionOf(files.root.value)
  if (!edition) {
    throw new DocumentError(
      'version_unknown',
      files.place(files.root, isObject(files.root.value) ? versionSteps(files.root.value) : []),
      'This is no OpenAPI document of an edition that can be read.',
      'It must start with "openapi: 3.1.1" (or 3.0, 3.2), or with "swagger: \'2.0\'".',
    )
  }
  const lenient = options.lenient === true
  const bundled = bundle(files, lenient)
  files.release()
  return new OpenApiDocument(files, edition, bundled, lenient)
}

/** YAML text of the whole document. */
export function writeYaml(document: OpenApiDocument): string {
  return document.yamlText()
}

/** JSON text of the whole document. */
export function writeJson(document: OpenApiDocument): string {
  return `${document.jsonText(document.json, 2)}\n`
}

function stepsOf(ref: string): string[] | undefined {
  return ref.startsWith('#') ? parsePointer(pointerFromFragment(ref.slice(1))) : undefined
}

function versionSteps(root: JsonObject): string[] {
  return ['openapi', 'swagger'].filter((key) => Object.hasOwn(root, key)).slice(0, 1)
}
