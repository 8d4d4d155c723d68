import type { APIRoute } from 'astro'
import { apiCatalog, apiCatalogType, loadTexts } from '../../agents/index.ts'

/** Where the APIs are and where they are described; see `apiCatalog` for where the file belongs. */
export const GET: APIRoute = async () => {
  const { reference, site, graphql, byPath } = await loadTexts()
  const catalog = apiCatalog({ site, reference, graphql, has: (path) => byPath.has(path) })
  return new Response(`${JSON.stringify(catalog, undefined, 2)}\n`, {
    headers: { 'Content-Type': apiCatalogType },
  })
}
