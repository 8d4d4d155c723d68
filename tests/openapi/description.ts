import { fileURLToPath } from 'node:url'
import { bundle, createConfig } from '@redocly/openapi-core'

/** The root file of the description this repository ships. */
export const rootFile = fileURLToPath(new URL('../../openapi/openapi.yaml', import.meta.url))

export type Json = { readonly [key: string]: unknown }

/** An operation with what is said beside it in its path item. */
export interface Described {
  id: string
  /** Upper case. */
  method: string
  path: string
  /** JSON Pointer of the operation in the bundle. */
  pointer: string
  value: Json
}

let bundled: Promise<Json> | undefined

/** The description as one object whose references all start with `#/`. Made once per test file. */
export function readBundle(): Promise<Json> {
  bundled ??= makeBundle()
  return bundled
}

async function makeBundle(): Promise<Json> {
  const config = await createConfig({})
  const { bundle: document, problems } = await bundle({ ref: rootFile, config })
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
  return asObject(document.parsed)
}

/** @throws {Error} The value is not a plain object: the test would look at nothing. */
export function asObject(value: unknown): Json {
  if (!isObject(value)) throw new Error(`Expected an object, got ${JSON.stringify(value)}.`)
  return value
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`Expected an array, got ${JSON.stringify(value)}.`)
  return value
}

/** Follows a `$ref` (through others that only lead on) to the object it stands for. */
export function follow(document: Json, value: unknown): Json {
  let current = asObject(value)
  while (typeof current.$ref === 'string') {
    let target: unknown = document
    for (const step of current.$ref.replace(/^#\//, '').split('/')) {
      target = asObject(target)[unescapeStep(step)]
    }
    current = asObject(target)
  }
  return current
}

export function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescapeStep(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

export function listOperations(document: Json): Described[] {
  return Object.entries(asObject(document.paths)).flatMap(([path, item]) => {
    const value = follow(document, item)
    return methods.flatMap((method) => {
      const operation = value[method]
      if (!isObject(operation)) return []
      return {
        id: String(operation.operationId),
        method: method.toUpperCase(),
        path,
        pointer: `#/paths/${escapeStep(path)}/${method}`,
        value: operation,
      }
    })
  })
}

/** Answers of an operation by status, with references followed. */
export function answersOf(document: Json, operation: Described): Map<string, Json> {
  const answers = Object.entries(asObject(operation.value.responses))
  return new Map(answers.map(([status, answer]) => [status, follow(document, answer)]))
}

/** Parameters of an operation, with references followed. */
export function parametersOf(document: Json, operation: Described): Json[] {
  return asArray(operation.value.parameters ?? []).map((entry) => follow(document, entry))
}

/** Codes that an answer's schema lets through, from the `enum` that narrows `code`. */
export function codesOf(document: Json, answer: Json): string[] {
  const content = asObject(answer.content)['application/problem+json']
  const parts = asArray(asObject(asObject(content).schema).allOf)
  const codes = parts.flatMap((part) => {
    const { code } = asObject(follow(document, part).properties)
    return asArray(asObject(code).enum ?? [])
  })
  return codes.map(String)
}

export function isAuthenticated(operation: Described): boolean {
  return asArray(operation.value.security).length > 0
}

/** Calls `visit` for every object inside `value`, itself included, without following references. */
export function walk(
  value: unknown,
  visit: (object: Json, pointer: string) => void,
  pointer = '#',
): void {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) walk(entry, visit, `${pointer}/${index}`)
  } else if (isObject(value)) {
    visit(value, pointer)
    for (const [key, entry] of Object.entries(value)) {
      walk(entry, visit, `${pointer}/${escapeStep(key)}`)
    }
  }
}
