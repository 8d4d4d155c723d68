import { describeForExplorer } from '../../explorer/operations.ts'
import type { Reference } from '../../model/operation.ts'
import type { GraphqlReference } from '../reference.ts'
import type { Operations } from './query-needs.ts'

/** What the explorer has to know besides the schema. */
export interface ExplorerFacts {
  /** Path of the endpoint at the API's origin. */
  path: string
  /** Those that fields are tied to. */
  operations: Operations
  /** Error codes that have a page, and its path below the site's base. */
  errors: Readonly<Record<string, string>>
}

export function explorerFacts(graphql: GraphqlReference, rest: Reference): ExplorerFacts {
  const fields = [...graphql.roots, ...graphql.types].flatMap((one) => one.fields)
  const tied = new Set([...fields, ...graphql.types].map(({ operation }) => operation))
  return {
    path: graphql.path,
    operations: Object.fromEntries(
      rest.operations
        .filter(({ id }) => tied.has(id))
        .map((operation) => [operation.id, describeForExplorer(operation, '')]),
    ),
    errors: Object.fromEntries(rest.problems.map(({ code, href }) => [code, href])),
  }
}
