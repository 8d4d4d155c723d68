import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { loadReference } from '../model/load.ts'
import { keepRecords } from './record-file.ts'
import { referenceRecords } from './reference-records.ts'

/**
 * Keeps what the search finds in the reference. The index is made of it when this process has ended
 * (`writeSearchIndex`): both at once would hold a third more memory.
 */
export function search(): AstroIntegration {
  return {
    name: 'search',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        await keepRecords(fileURLToPath(dir), referenceRecords(await loadReference()))
      },
    },
  }
}
