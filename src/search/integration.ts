import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { loadReference } from '../model/load.ts'
import type { Site } from '../site.ts'
import { writeSearchIndex } from './write-index.ts'

/** After a build, makes what the search reads. */
export function search(site: Site): AstroIntegration {
  return {
    name: 'search',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const started = performance.now()
        const count = await writeSearchIndex(fileURLToPath(dir), await loadReference(), site.base)
        const seconds = ((performance.now() - started) / 1000).toFixed(1)
        logger.info(`${count} records in ${seconds} s`)
      },
    },
  }
}
