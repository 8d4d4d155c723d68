import type { APIRoute } from 'astro'
import { apiCatalog, apiCatalogType, loadTexts } from '../../agents/index.ts'

/** Where the APIs are and where they are described; see `apiCatalog` for where the file belongs. */
export const GET: APIRoute = async () => {
  const { reference, site } = await loadTexts()
  return new Response(`${JSON.stringify(apiCatalog(reference, site), undefined, 2)}\n`, {
    headers: { 'Content-Type': apiCatalogType },
  })
}
