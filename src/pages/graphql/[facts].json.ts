import type { APIRoute, GetStaticPaths } from 'astro'
import { type ExplorerFacts, explorerFacts } from '../../graphql/explorer/facts.ts'
import { loadGraphql } from '../../graphql/load.ts'
import { loadReference } from '../../model/load.ts'
import { readSite } from '../../site.ts'

export const getStaticPaths = (async () => {
  const reference = await loadGraphql()
  if (!reference || readSite().environments.length === 0) return []
  const facts = explorerFacts(reference, await loadReference())
  return [{ params: { facts: 'explorer' }, props: { facts } }]
}) satisfies GetStaticPaths

/** What the GraphQL explorer has to know besides the schema. */
export const GET: APIRoute<{ facts: ExplorerFacts }> = ({ props: { facts } }) =>
  Response.json(facts)
