import { Hono } from 'hono'
import { crossOriginRules, oneName } from './auth/gate.ts'
import { errorFor } from './auth/protocol.ts'
import type { Faults } from './rest/faults.ts'
import { Problem } from './rest/problem.ts'

interface App {
  fetch(request: Request, env: unknown): Response | Promise<Response>
}

/**
 * The authorization server with its fault switch: the endpoints that programs call, and no page,
 * answer wrongly on request.
 */
export function faultyIssuer(
  app: App,
  options: { issuer: string; docsOrigins: readonly string[]; faults: Faults },
): App {
  const { issuer, docsOrigins, faults } = options
  const spoilt = new Hono()
  spoilt.use(faults.spoil)
  spoilt.use(oneName(issuer))
  for (const { path, rule } of crossOriginRules(docsOrigins)) {
    spoilt.use(path, rule, faults.begin)
    spoilt.all(path, (c) => faults.insteadOf(c) ?? app.fetch(c.req.raw, c.env))
  }
  spoilt.all('*', (c) => app.fetch(c.req.raw, c.env))
  spoilt.onError((error, c) => {
    if (!(error instanceof Problem)) throw error
    const status = error.status ?? 400
    return c.json({ error: errorFor(status), error_description: error.message }, status as 400, {
      ...error.headers,
      'cache-control': 'no-store',
    })
  })
  return {
    // Without the header nothing stands between a request and the server.
    fetch: (request, env) =>
      request.headers.has('sandbox-fault')
        ? spoilt.fetch(request, env as object)
        : app.fetch(request, env),
  }
}
