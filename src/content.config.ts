import { defineCollection } from 'astro:content'
import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'
import { readSite } from './site.ts'

// The guides are about our own API: with someone else's document they stay out of the site.
const loader = readSite().foreignDocument
  ? glob({ base: './src/content/docs', pattern: [] })
  : docsLoader()

export const collections = {
  docs: defineCollection({
    loader,
    schema: docsSchema({
      extend: z.object({
        /**
         * `article`: title, text and table of contents. `bare`: the page brings its own `h1` and
         * takes the whole width beside the sidebar.
         */
        view: z.enum(['article', 'bare']).default('article'),
        /** Addresses of an earlier site, below its base, that lead here. */
        formerly: z.array(z.string().startsWith('/')).default([]),
      }),
    }),
  }),
}
