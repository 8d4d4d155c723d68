import path from 'node:path'
import { readDocument } from '../../src/document/index.ts'
import type { Operation, PropertyView, Reference, SchemaView } from '../../src/model/index.ts'
import { readReference } from '../../src/model/index.ts'

export async function readFixture(name: string): Promise<Reference> {
  return readReference(await readDocument(path.join(import.meta.dirname, 'fixtures', name)))
}

export function operationOf(reference: Reference, id: string): Operation {
  const operation = reference.operations.find((each) => each.id === id)
  if (!operation) throw new Error(`No operation ${id}.`)
  return operation
}

export function propertyOf(view: SchemaView | undefined, name: string): PropertyView {
  const property = view?.properties.find((each) => each.name === name)
  if (!property) throw new Error(`No property ${name}.`)
  return property
}

/** Every anchor of an operation's page, those that folds lead to aside. */
export function anchorsOf(operation: Operation): string[] {
  const anchors: string[] = []
  JSON.stringify(operation, (key, value: unknown) => {
    if (key === 'anchor' && typeof value === 'string') anchors.push(value)
    return key === 'recursion' ? undefined : value
  })
  return anchors
}
