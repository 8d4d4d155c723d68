import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSite } from '../../../src/commands/build-site.ts'
import { startStaticServer } from '../../../src/hosting/static-server.ts'
import { freePorts } from '../../free-ports.ts'
import { type EchoApi, startEchoApi } from './echo-api.ts'
import { echoDocument } from './echo-document.ts'

/** A site made from a document that has nothing to do with the product, and the API it calls. */
export interface EchoSite {
  api: EchoApi
  /** Address of the page of an operation of `echoDocument`. */
  page(operation: string): string
  close(): Promise<void>
}

export async function startEchoSite(): Promise<EchoSite> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-echo-'))
  const ports = await freePorts()
  const api = await startEchoApi(ports.api)
  const origin = `http://localhost:${ports.docs}`
  const directory = join(folder, 'site')
  const document = join(folder, 'echo.json')
  await writeFile(document, echoDocument())
  await buildSite({
    directory,
    env: {
      OPENAPI_DOCUMENT: document,
      DOCS_ENVIRONMENTS: `Test=${api.origin}`,
      SITE_URL: origin,
    },
  })
  const site = await startStaticServer({
    directory,
    base: '/',
    port: ports.docs,
    documents: new Map(),
  })
  return {
    api,
    page: (operation) => `${origin}/reference/echo/${operation}/`,
    async close() {
      await site.close()
      await api.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
