import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { loadGraphql } from '../graphql/load.ts'
import { loadReference } from '../model/load.ts'
import type { Site } from '../site.ts'
import { graphqlRecords } from './graphql-records.ts'
import type { SearchRecord } from './record.ts'
import { keepRecords } from './record-file.ts'
import { referenceRecords } from './reference-records.ts'

/**
 * Keeps what the search finds in the API's descriptions. The index is made of it when this process
 * has ended (`writeSearchIndex`): both at once would hold a third more memory.
 */
export function search(site: Site): AstroIntegration {
  return {
    name: 'search',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        await keepRecords(fileURLToPath(dir), await described(site))
      },
    },
  }
}

async function described(site: Site): Promise<SearchRecord[]> {
  return [
    ...referenceRecords(await loadReference()),
    ...graphqlRecords(await loadGraphql(), site.environments.length > 0),
  ]
}
