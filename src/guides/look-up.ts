import { child, isObject, type JsonObject, type OpenApiDocument } from '../document/index.ts'
import type { Operation, Problem, Reference } from '../model/operation.ts'
import { type FactAttributes, FactError } from './fact.ts'

/** A word that the component cannot do without. */
export function needed(attributes: FactAttributes, name: string): string {
  const value = attributes.get(name)
  if (!value) throw new Error(`the attribute "${name}" is missing.`)
  return value
}

/** Names with spaces between them; undefined where the attribute is not there. */
export function listed(attributes: FactAttributes, name: string): string[] | undefined {
  return attributes.get(name)?.trim().split(/\s+/)
}

/** @throws {FactError} */
export function operationNamed({ operations }: Reference, id: string): Operation {
  const operation = operations.find((candidate) => candidate.id === id)
  if (operation) return operation
  throw new FactError(
    'operation',
    id,
    operations.map((candidate) => candidate.id),
  )
}

/** @throws {FactError} */
export function problemNamed({ problems }: Reference, code: string): Problem {
  const problem = problems.find((candidate) => candidate.code === code)
  if (problem) return problem
  throw new FactError(
    'error code',
    code,
    problems.map((candidate) => candidate.code),
  )
}

/** @throws {FactError} */
export function schemaNamed(document: OpenApiDocument, name: string): JsonObject {
  const schemas = child(child(document.json, 'components'), 'schemas')
  const schema = child(schemas, name)
  if (isObject(schema)) return schema
  throw new FactError('schema', name, Object.keys(isObject(schemas) ? schemas : {}))
}

/**
 * Those of a list that a guide names, in the guide's order; all of them where it names none.
 *
 * @throws {FactError}
 */
export function chosen<T extends { name: string }>(
  kind: string,
  items: readonly T[],
  names: readonly string[] | undefined,
): readonly T[] {
  return (
    names?.map((name) => {
      const item = items.find((candidate) => candidate.name === name)
      if (item) return item
      throw new FactError(
        kind,
        name,
        items.map((candidate) => candidate.name),
      )
    }) ?? items
  )
}
