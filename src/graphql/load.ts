import { readFileSync, statSync } from 'node:fs'
import { loadReference } from '../model/load.ts'
import type { Reference } from '../model/operation.ts'
import { readSite } from '../site.ts'
import { readSchema } from './read-schema.ts'
import type { GraphqlReference } from './reference.ts'
import { GraphqlSchemaError } from './schema-error.ts'

let kept: { from: Reference; stamp: string; reference: GraphqlReference } | undefined

/**
 * The site's GraphQL schema: read once, and again when its file or the OpenAPI document has changed.
 *
 * @returns Nothing where the site has no GraphQL API.
 * @throws {GraphqlSchemaError}
 */
export async function loadGraphql(): Promise<GraphqlReference | undefined> {
  const { graphql } = readSite()
  if (!graphql) return undefined
  const from = await loadReference()
  const stamp = stampOf(graphql.schema)
  if (kept?.from === from && kept.stamp === stamp) return kept.reference
  const reference = readSchema({
    file: graphql.schema,
    sdl: readFileSync(graphql.schema, 'utf8'),
    path: graphql.path,
    operationIds: new Set(from.operations.map(({ id }) => id)),
  })
  kept = { from, stamp, reference }
  return reference
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) throw new GraphqlSchemaError(file, 1, 'there is no such file.')
  return `${stats.mtimeMs} ${stats.size}`
}
