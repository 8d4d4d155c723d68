import { createRequire } from 'node:module'
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'

/** One place that does not fit. */
export interface Misfit {
  /** Steps from the value's root to the place. */
  path: readonly string[]
  problem: string
}

/** @returns Nothing for a value that fits. */
export type Validate = (value: unknown) => Misfit[]

const documentId = 'https://sandbox.invalid/openapi'

const require = createRequire(import.meta.url)

/** Checks values against schemas where they stand in the OpenAPI document. */
export class SchemaCompiler {
  readonly #document: object
  #ajv: Ajv2020 | undefined

  constructor(document: object) {
    this.#document = document
  }

  /** @param place Steps from the document's root to a schema. */
  compile(place: readonly string[]): Validate {
    const pointer = place
      .map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      .join('')
    let check: ValidateFunction | undefined
    return (value) => {
      check ??= this.#compiler().compile({ $ref: `${documentId}#${pointer}` })
      return check(value) ? [] : explain(check.errors ?? [])
    }
  }

  #compiler(): Ajv2020 {
    if (this.#ajv) return this.#ajv
    // With the first value to check: a start would read ninety files for it.
    const ajv: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js')
    const addFormats: typeof import('ajv-formats') = require('ajv-formats')
    // Annotations of OpenAPI and our own `x-…` keywords say nothing about validity.
    this.#ajv = new ajv.Ajv2020({ strict: false, allErrors: true, validateSchema: false })
    addFormats.default(this.#ajv)
    this.#ajv.addSchema(this.#document, documentId)
    return this.#ajv
  }
}

/**
 * Brings a validator's list of complaints down to those a caller can act on: of alternatives that
 * all fail, the one that came furthest.
 */
function explain(errors: readonly ErrorObject[]): Misfit[] {
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf')
  let rest = errors.filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf')
  for (const { instancePath } of choices) {
    const deeper = rest.some((error) => error.instancePath.startsWith(`${instancePath}/`))
    const here = rest.filter((error) => error.instancePath === instancePath)
    const telling = here.filter(({ keyword }) => keyword === 'enum')
    const keep = deeper ? [] : telling.length > 0 ? telling.slice(0, 1) : unite(here)
    rest = rest.filter((error) => error.instancePath !== instancePath).concat(keep)
  }
  const misfits = new Map<string, Misfit>()
  for (const error of rest) {
    const misfit = readError(error)
    misfits.set(JSON.stringify(misfit.path) + misfit.problem, misfit)
  }
  return [...misfits.values()].slice(0, 20)
}

/** Alternatives that differ by the member they ask for become one complaint. */
function unite(errors: readonly ErrorObject[]): ErrorObject[] {
  const [first] = errors
  const names = errors
    .filter(({ keyword }) => keyword === 'required')
    .map(({ params }) => String(params.missingProperty))
  if (!first || names.length < 2) return first ? [first] : []
  return [
    { ...first, keyword: 'x-one-of', message: `must have exactly one of ${names.join(', ')}` },
  ]
}

function readError({ instancePath, keyword, params, message }: ErrorObject): Misfit {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  switch (keyword) {
    case 'required':
      return { path: [...path, String(params.missingProperty)], problem: 'is missing.' }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty)
      return { path: [...path, name], problem: 'is no field of this request.' }
    }
    case 'enum':
      return { path, problem: `must be one of ${list(params.allowedValues)}.` }
    case 'format':
      return { path, problem: `must be a ${formatName(String(params.format))}.` }
    default:
      return { path, problem: `${message ?? 'does not fit'}.` }
  }
}

function formatName(format: string): string {
  return format === 'date-time' ? 'date-time with a UTC offset (RFC 3339)' : format
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.filter((value) => value !== null).join(', ') : ''
}
