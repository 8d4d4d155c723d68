import type { APIRoute } from 'astro'
import { explorerDocument } from '../../explorer/document.ts'
import { loadDocument } from '../../model/load.ts'
import { readSite } from '../../site.ts'

/** The OpenAPI document for the explorer: no security schemes, our environments as servers. */
export const GET: APIRoute = async () => {
  const { json } = await loadDocument()
  return Response.json(explorerDocument(json, readSite().environments))
}
