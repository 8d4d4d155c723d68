import { readFile } from 'node:fs/promises'
import { satteri } from '@astrojs/markdown-satteri'
import sitemap from '@astrojs/sitemap'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import { guideGroups } from './src/content/guide-groups.ts'
import { guideFacts } from './src/guides/guide-facts.ts'
import { guideSpelling } from './src/guides/guide-spelling.ts'
import { markdownCode } from './src/highlight/markdown-code.ts'
import { hosting } from './src/hosting/integration.ts'
import { panelScripts } from './src/hosting/panel-scripts.ts'
import { referenceHome } from './src/hosting/reference-home.ts'
import { guideValues } from './src/markdown/guide-values.ts'
import { loadDocument, loadReference, loadSiteTitle } from './src/model/load.ts'
import { serverFor } from './src/request/server.ts'
import { search } from './src/search/integration.ts'
import { readSite } from './src/site.ts'

const site = readSite()
const outDir = process.env.OUT_DIR ?? 'dist'
const base = site.base === '/' ? '/' : `${site.base}/`

/** Starlight's skeleton with our own parts in its places. */
const parts = [
  'ContentPanel',
  'Footer',
  'Header',
  'MarkdownContent',
  'MobileMenuToggle',
  'PageFrame',
  'PageSidebar',
  'PageTitle',
  'Pagination',
  'Sidebar',
  'SiteTitle',
  'ThemeProvider',
  'ThemeSelect',
  'TwoColumnContent',
]

export default defineConfig({
  site: site.origin,
  base,
  outDir,
  trailingSlash: 'always',
  prefetch: false,
  devToolbar: { enabled: false },
  server: { host: 'localhost', port: site.ports.docs },
  // Small sheets lie in the page, by hash in its policy: a request less each.
  // Several at once: one page is made while others are written.
  build: { inlineStylesheets: 'auto', concurrency: 8 },
  markdown: {
    ...markdownCode,
    processor: satteri({
      mdastPlugins: site.foreignDocument
        ? []
        : [guideFacts(factSource), guideSpelling(spellingSource), await guideAddresses()],
    }),
  },
  vite: {
    // What the vault needs only at times is loaded at such times, by the worker as by the page.
    worker: { format: 'es' },
    define: {
      __ENVIRONMENTS__: JSON.stringify(site.environments),
      __BASE__: JSON.stringify(base),
    },
    plugins: [panelScripts()],
  },
  integrations: [
    // The way back from a sign-in is no page to be found.
    sitemap({ filter: (page) => !page.endsWith('/oauth/callback/') }),
    starlight({
      ...(await nameOfSite()),
      favicon: '/favicon.svg',
      expressiveCode: false,
      credits: false,
      // The search has an index of our own.
      pagefind: false,
      disable404Route: true,
      customCss: ['./src/styles/site.css'],
      sidebar: site.foreignDocument ? [] : sidebar(),
      routeMiddleware: './src/components/page/route-data.ts',
      components: {
        Search: './src/components/search/Search.astro',
        ...Object.fromEntries(parts.map((part) => [part, `./src/components/page/${part}.astro`])),
      },
    }),
    referenceHome(site),
    search(site),
    hosting(site),
  ],
})

function sidebar() {
  return guideGroups.map(({ label, guides }) => ({
    label,
    items: guides.map((guide) => `guides/${guide}`),
  }))
}

/** A site of someone else's document is named after its API. */
async function nameOfSite() {
  const title = await loadSiteTitle()
  return { title, description: site.foreignDocument ? `Reference of ${title}.` : site.description }
}

async function factSource() {
  return { document: await loadDocument(), reference: await loadReference() }
}

async function spellingSource() {
  const schema = site.graphql && (await readFile(site.graphql.schema, 'utf8'))
  return { document: await loadDocument(), ...(schema ? { schema } : {}) }
}

/** Guides name the addresses of this build by `%NAME%`. */
async function guideAddresses() {
  const { servers } = await loadReference()
  return guideValues(
    site,
    serverFor(servers[0]?.url ?? '', 'http://api').slice('http://api'.length),
  )
}
