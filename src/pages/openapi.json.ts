import type { APIRoute } from 'astro'
import { readDocument, writeJson } from '../document/index.ts'
import { readSite } from '../site.ts'

/** The OpenAPI document in one piece. */
export const GET: APIRoute = async () =>
  new Response(writeJson(await readDocument(readSite().openApiDocument)), {
    headers: { 'Content-Type': 'application/json' },
  })
