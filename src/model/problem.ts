import { child, isObject } from '../document/index.ts'
import { isJson } from './example.ts'
import { text } from './field.ts'
import type { Problem, ProblemReference } from './operation.ts'
import { resolved } from './parameter.ts'
import type { Schemas } from './settled-schema.ts'
import { kebabCase } from './slug.ts'

/** The document's catalogue of error codes (`x-problem-codes`), and who answers which. */
export class Problems {
  readonly #schemas: Schemas
  readonly #byCode = new Map<string, Problem>()

  constructor(schemas: Schemas) {
    this.#schemas = schemas
    const catalogue = child(schemas.document.json, 'x-problem-codes')
    if (!isObject(catalogue)) return
    for (const [code, entry] of Object.entries(catalogue)) {
      const slug = kebabCase(code)
      this.#byCode.set(code, {
        code,
        slug,
        status: Number(child(entry, 'status')) || 0,
        title: text(child(entry, 'title')) || code,
        meaning: text(child(entry, 'meaning')),
        remedy: text(child(entry, 'remedy')),
        href: `/errors/${slug}/`,
        operations: [],
      })
    }
  }

  get all(): Problem[] {
    return [...this.#byCode.values()]
  }

  /**
   * Notes the codes of an operation's answers.
   *
   * @throws {DocumentError} `problem_unknown`: the catalogue does not explain a code.
   */
  note(operationId: string, responses: unknown, steps: readonly string[]): void {
    if (this.#byCode.size === 0 || !isObject(responses)) return
    for (const [status, response] of Object.entries(responses)) {
      for (const code of this.#codes(response)) {
        const problem = this.#byCode.get(code)
        if (!problem) {
          this.#schemas.document.refuse(
            'problem_unknown',
            [...steps, 'responses', status],
            `The answer may carry the code "${code}", which x-problem-codes does not explain.`,
            'Add it there, or correct the enum.',
            steps,
          )
          continue
        }
        if (!problem.operations.includes(operationId)) problem.operations.push(operationId)
      }
    }
  }

  /** What an answer may say went wrong. */
  of(response: unknown): ProblemReference[] {
    return this.#codes(response).flatMap((code) => {
      const problem = this.#byCode.get(code)
      return problem ? [{ code, meaning: problem.meaning, href: problem.href }] : []
    })
  }

  #codes(response: unknown): string[] {
    if (this.#byCode.size === 0) return []
    const { content } = resolved(response, this.#schemas)
    const codes = new Set<string>()
    for (const [mediaType, media] of Object.entries(isObject(content) ? content : {})) {
      if (isJson(mediaType)) this.#addCodes(child(media, 'schema'), codes, 0)
    }
    return [...codes]
  }

  #addCodes(raw: unknown, codes: Set<string>, depth: number): void {
    if (raw === undefined || depth > 4) return
    const { properties, alternatives } = this.#schemas.settle(raw)
    // Only a problem document: other things have a "code" too.
    if (properties.has('code') && (properties.has('type') || properties.has('status'))) {
      const { keywords } = this.#schemas.settle(properties.get('code'))
      const listed = Array.isArray(keywords.enum) ? keywords.enum : [keywords.const]
      for (const code of listed) if (typeof code === 'string') codes.add(code)
    }
    for (const option of alternatives.flatMap(({ options }) => options)) {
      this.#addCodes(option, codes, depth + 1)
    }
  }
}
