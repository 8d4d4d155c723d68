import { type Context, type Env, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Caller, requestHash } from '../rest/authenticate.ts'
import type { Contract } from '../rest/contract.ts'
import { incomplete } from '../rest/contract.ts'
import type { Faults } from '../rest/faults.ts'
import { docsMayRead } from '../rest/gate.ts'
import { Problem } from '../rest/problem.ts'
import { checkDepth, readBody, readIdempotencyKey } from '../rest/read-request.ts'
import type { Runner } from '../rest/run.ts'
import { writeRefusal } from './refusal.ts'
import type { GraphqlServer, ServerContext } from './server.ts'

export const graphqlRoute = '/graphql'

/** What the GraphQL API shares with the REST API at the same origin. */
export interface GraphqlOptions<E extends Env> {
  contract: Contract
  docsOrigins: readonly string[]
  /** Bytes of a body. */
  largestBody: number
  runner: Runner
  /** Checks the credential and counts the request. */
  admit(c: Context<E>): Promise<Caller>
  /** Counts a request that comes without a credential. */
  admitAnyone(c: Context<E>): void
  /** What went wrong, in words that give nothing of the inside away. */
  asProblem(error: unknown): Problem
  statusOf(problem: Problem): number
  /** What goes wrong on purpose. */
  faults: Pick<Faults, 'begin' | 'insteadOf'>
}

/**
 * The GraphQL API: one more face of the domain. Requests are admitted as those of the REST API are,
 * and refusals have its codes.
 */
export function createGraphql<E extends Env>(options: GraphqlOptions<E>): Hono<E> {
  const { contract } = options
  const app = new Hono<E>()
  let server: Promise<GraphqlServer> | undefined
  // With the first request: a third of all the code of the sandbox is behind it.
  const load = async () => (await import('./server.ts')).createServer(options)
  const once = contract.operations.find((operation) => operation.takesIdempotencyKey)
  if (!once) throw incomplete('no operation takes an Idempotency-Key')

  app.use(docsMayRead(options.docsOrigins), options.faults.begin)
  app.use(
    bodyLimit({
      maxSize: options.largestBody,
      onError: () => {
        throw new Problem('PAYLOAD_TOO_LARGE', 'The body has more than 1 MB.')
      },
    }),
  )

  app.post('/', async (c) => {
    const caller = await options.admit(c)
    const instead = options.faults.insteadOf(c)
    if (instead) return instead
    const key = readIdempotencyKey(once, c)
    const { text, value } = await readBody(once, c)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem('BAD_REQUEST', 'The body must be an object with the member query.')
    }
    checkDepth(value)
    const context: ServerContext = {
      caller,
      params: value,
      ...(key === undefined
        ? {}
        : { once: { key, path: graphqlRoute, requestHash: requestHash('graphql', text) } }),
    }
    server ??= load()
    return (await server).fetch(c.req.raw, context)
  })

  app.all('/', (c) => {
    options.admitAnyone(c)
    const text = 'Send a POST with the JSON body { "query": "…", "variables": { … } }.\n'
    return c.text(text, 405, { Allow: 'POST' })
  })

  app.onError((error, c) => {
    const problem = options.asProblem(error)
    return c.json({ errors: [writeRefusal(problem)] }, options.statusOf(problem) as 400, {
      ...problem.headers,
    })
  })
  return app
}
