import type { APIRoute } from 'astro'
import { writeJson } from '../document/index.ts'
import { loadDocument } from '../model/load.ts'

/** The OpenAPI document in one piece. */
export const GET: APIRoute = async () =>
  new Response(writeJson(await loadDocument()), {
    headers: { 'Content-Type': 'application/json' },
  })
