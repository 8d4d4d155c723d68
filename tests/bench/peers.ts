import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { measuredRun } from './measured-run.ts'
import { type Result, weightsOf } from './own.ts'
import { compressed, sizeOf } from './weigh.ts'

/** A peer that builds nothing: the reader's browser gets all of it, the document included. */
export interface ClientPeer {
  name: string
  js: number
  css: number
  document: number
}

const bundles = {
  '@scalar/api-reference': { js: 'dist/browser/standalone.js' },
  redoc: { js: 'bundles/redoc.standalone.js' },
  'swagger-ui-dist': { js: 'swagger-ui-bundle.js', css: 'swagger-ui.css' },
}

/** What the peers that render in the browser send before anything can be read. */
export function weighClientPeers(modules: string, document: string): ClientPeer[] {
  const weight = (file: string): number => compressed(readFileSync(file))
  return Object.entries(bundles).map(([name, files]) => ({
    name,
    js: weight(path.join(modules, name, files.js)),
    css: 'css' in files ? weight(path.join(modules, name, files.css)) : 0,
    document: weight(document),
  }))
}

/** Builds the same document with starlight-openapi, as its own guide sets it up. */
export async function benchStarlightOpenapi(
  name: string,
  document: string,
  operations: number,
  cache: string,
): Promise<Result> {
  const project = path.join(cache, 'starlight-openapi')
  rmSync(project, { recursive: true, force: true })
  mkdirSync(path.join(project, 'src/content/docs'), { recursive: true })
  symlinkSync(path.join(cache, 'node_modules'), path.join(project, 'node_modules'))
  cpSync(document, path.join(project, 'api.json'))
  writeFileSync(path.join(project, 'package.json'), '{"type":"module","private":true}\n')
  writeFileSync(
    path.join(project, 'src/content/docs/index.md'),
    '---\ntitle: Home\n---\n\nThe reference is beside this page.\n',
  )
  writeFileSync(
    path.join(project, 'src/content.config.ts'),
    `import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
import { defineCollection } from 'astro:content'
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) }
`,
  )
  writeFileSync(
    path.join(project, 'astro.config.mjs'),
    `import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import starlightOpenAPI, { openAPISidebarGroups } from 'starlight-openapi'
export default defineConfig({
  site: 'https://docs.example',
  integrations: [
    starlight({
      title: 'Peer',
      plugins: [starlightOpenAPI([{ base: 'api', schema: './api.json' }])],
      sidebar: openAPISidebarGroups,
    }),
  ],
})
`,
  )
  const cost = await measuredRun(['npx', 'astro', 'build'], {
    cwd: project,
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  })
  const directory = path.join(project, 'dist')
  const { bytes, pages } = sizeOf(directory)
  return {
    name,
    operations,
    pages: pages.length,
    seconds: cost.seconds,
    cpuSeconds: cost.cpuSeconds,
    peakMiB: cost.peakMiB,
    bytesPerOperation: bytes / operations,
    ...weightsOf(directory, pages, /^api\/operations\//, ''),
  }
}
