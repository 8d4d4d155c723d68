import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { authenticate, type CredentialChecks, type Resource } from '../rest/authenticate.ts'
import { Problem } from '../rest/problem.ts'
import { ClockError, type Control } from './control.ts'
import type { RequestLog } from './request-log.ts'

/**
 * The controls for terminals, on the API's origin: for API keys alone, as an application has no
 * business here, and for no script of any page.
 */
export function createControlRoutes(parts: {
  control: Control
  requests: RequestLog
  credentials: CredentialChecks
  resource: Resource
}): Hono {
  const { control, requests, credentials, resource } = parts
  const app = new Hono()

  app.use(async (c, next) => {
    const { scopes } = await authenticate(c, credentials, resource)
    if (scopes) throw new Problem('FORBIDDEN', 'The sandbox is controlled with an API key.')
    await next()
  })
  app.use(
    bodyLimit({
      maxSize: 1024,
      onError: () => {
        throw new Problem('PAYLOAD_TOO_LARGE', 'The body has more than 1 kB.')
      },
    }),
  )

  app.get('/clock', (c) => c.json(control.clock()))
  app.post('/clock', async (c) => {
    const forward = await readForward(c)
    try {
      await control.forward(forward)
    } catch (error) {
      if (!(error instanceof ClockError)) throw error
      throw invalid(error.message)
    }
    return c.json(control.clock())
  })
  app.delete('/clock', async (c) => {
    await control.back()
    return c.json(control.clock())
  })
  app.post('/reset', async (c) => {
    await control.reset()
    return c.body(null, 204)
  })
  app.get('/requests', (c) => c.json({ data: requests.newest }))
  return app
}

async function readForward(c: Context): Promise<string> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send JSON with its Content-Type.')
  }
  const body: unknown = await c.req.json().catch(() => undefined)
  const isObject = typeof body === 'object' && body !== null
  if (!isObject || !('forward' in body) || typeof body.forward !== 'string') {
    throw invalid('Send how far: { "forward": "25h" }.')
  }
  const [unknown] = Object.keys(body).filter((name) => name !== 'forward')
  if (unknown !== undefined) throw invalid('There is no field beside forward.')
  return body.forward
}

function invalid(detail: string): Problem {
  return new Problem('INVALID_INPUT', detail, {
    members: { errors: [{ detail, pointer: '#/forward' }] },
  })
}
