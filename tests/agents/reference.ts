import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readGuides } from '../../src/agents/guides.ts'
import { linksOf } from '../../src/agents/links.ts'
import { textPages } from '../../src/agents/text-page.ts'
import { readDocument } from '../../src/document/index.ts'
import { readSchema } from '../../src/graphql/read-schema.ts'
import { readReference } from '../../src/model/index.ts'
import { readSite } from '../../src/site.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A production site: its base path must be in every link. */
export const site = readSite({})

export const document = await readDocument(`${root}openapi/openapi.yaml`)

export const reference = readReference(document)

const file = 'openapi/schema.graphql'

export const graphql = readSchema({
  file,
  sdl: readFileSync(root + file, 'utf8'),
  path: '/graphql',
  operationIds: new Set(reference.operations.map(({ id }) => id)),
})

export const guides = readGuides(`${root}src/content/docs`)

export const pages = textPages({ site, document, reference, guides, graphql })

const paths = new Set(pages.map(({ path }) => path))

export const link = linksOf(site, (path) => paths.has(path))

/** The page's text. */
export function textAt(path: string): string {
  const page = pages.find((candidate) => candidate.path === path)
  if (!page) throw new Error(`There is no page ${path}.`)
  return page.markdown()
}
