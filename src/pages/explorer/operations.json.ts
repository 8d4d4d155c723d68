import type { APIRoute } from 'astro'
import { describeForExplorer } from '../../explorer/operations.ts'
import { loadReference } from '../../model/load.ts'
import { serverFor } from '../../request/server.ts'

/** What the explorer asks for before it sends a call: scopes, and a word about what is destroyed. */
export const GET: APIRoute = async () => {
  const { operations } = await loadReference()
  return Response.json(
    operations.map((operation) =>
      describeForExplorer(
        operation,
        new URL(serverFor(operation.server, 'http://api')).pathname.replace(/\/+$/, ''),
      ),
    ),
  )
}
