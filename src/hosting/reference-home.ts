import type { AstroIntegration } from 'astro'
import type { Site } from '../site.ts'

/** Gives a site without guides a front page: the reference itself. */
export function referenceHome(site: Site): AstroIntegration {
  return {
    name: 'reference-home',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        if (!site.foreignDocument) return
        injectRoute({
          pattern: '/',
          entrypoint: './src/components/reference/ReferenceHome.astro',
          prerender: true,
        })
      },
    },
  }
}
