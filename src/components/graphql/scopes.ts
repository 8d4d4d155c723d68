import type { Operation, Reference } from '../../model/operation.ts'

/** The operation that a field or type is tied to. */
export function operationOf(
  id: string | undefined,
  { operations }: Pick<Reference, 'operations'>,
): Operation | undefined {
  return id === undefined ? undefined : operations.find((operation) => operation.id === id)
}

/** Scopes that a token needs for what is tied to an operation. */
export function scopesOf(
  id: string | undefined,
  reference: Pick<Reference, 'operations'>,
): string[] {
  const scopes = operationOf(id, reference)
    ?.security.flat()
    .flatMap((scheme) => scheme.scopes.map(({ name }) => name))
  return [...new Set(scopes)]
}
