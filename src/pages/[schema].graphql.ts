import type { APIRoute, GetStaticPaths } from 'astro'
import { loadGraphql } from '../graphql/load.ts'
import { graphqlSdl } from '../graphql/reference.ts'

export const getStaticPaths = (async () => {
  const reference = await loadGraphql()
  const schema = graphqlSdl.replace(/^\/|\.graphql$/g, '')
  return reference ? [{ params: { schema }, props: { sdl: reference.sdl } }] : []
}) satisfies GetStaticPaths

/** The GraphQL schema as it was written. */
export const GET: APIRoute<{ sdl: string }> = ({ props: { sdl } }) =>
  new Response(sdl, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
