import type { Plugin, ViteDevServer } from 'vite'
import type { Site } from '../site.ts'

/**
 * What Astro's development server does not do by itself: the documents of the docs host, one name
 * for this machine, and pages that follow the OpenAPI document.
 *
 * @param documents Path → JSON text, answered in front of the pages.
 */
export function devPlugin(site: Site, documents: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'docs-dev',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const target = request.url ?? '/'
        const document = documents.get(target.split('?')[0] ?? '')
        if (request.headers.host === `127.0.0.1:${site.ports.docs}`) {
          response.writeHead(307, { Location: `${site.origin}${target}` }).end()
        } else if (document !== undefined) {
          response.writeHead(200, { 'Content-Type': 'application/json' }).end(document)
        } else {
          next()
        }
      })
      server.watcher.add('openapi')
      server.watcher.on('all', (_event, file) => {
        if (isDescription(file)) reloadReference(server)
      })
    },
  }
}

/** A file of the OpenAPI document. */
export function isDescription(file: string): boolean {
  return /(^|[\\/])openapi[\\/].*\.(ya?ml|json|graphql)$/.test(file)
}

/** The pages' paths and data are kept until Astro hears that content has changed. */
function reloadReference(server: ViteDevServer): void {
  for (const environment of Object.values(server.environments)) {
    environment.hot.send('astro:content-changed', {})
  }
  server.environments.client.hot.send({ type: 'full-reload', path: '*' })
}
