import type { APIRoute } from 'astro'
import { readDocument, writeYaml } from '../document/index.ts'
import { readSite } from '../site.ts'

/** The OpenAPI document in one piece, as YAML. */
export const GET: APIRoute = async () =>
  new Response(writeYaml(await readDocument(readSite().openApiDocument)), {
    headers: { 'Content-Type': 'application/yaml' },
  })
