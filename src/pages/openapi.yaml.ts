import type { APIRoute } from 'astro'
import { writeYaml } from '../document/index.ts'
import { loadDocument } from '../model/load.ts'

/** The OpenAPI document in one piece, as YAML. */
export const GET: APIRoute = async () => {
  const yaml = writeYaml(await loadDocument())
  return new Response(yaml, { headers: { 'Content-Type': 'application/yaml' } })
}
