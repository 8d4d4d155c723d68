import { GraphQLError } from 'graphql'
import { createYoga, type GraphQLParams, type Plugin } from 'graphql-yoga'
import { type Context, type Env, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Caller, requestHash } from '../rest/authenticate.ts'
import type { Contract } from '../rest/contract.ts'
import { incomplete } from '../rest/contract.ts'
import type { Faults } from '../rest/faults.ts'
import { docsMayRead } from '../rest/gate.ts'
import { Problem } from '../rest/problem.ts'
import { checkDepth, readBody, readIdempotencyKey } from '../rest/read-request.ts'
import type { Reply, Runner } from '../rest/run.ts'
import { refusalOf, writeError } from './errors.ts'
import { type Request as GraphqlRequest, runRequest } from './execute.ts'
import { limitAliases, limitDepth, parseWithin } from './limits.ts'
import { readSchema } from './schema.ts'

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

interface ServerContext extends GraphqlRequest {
  params: GraphQLParams
}

/**
 * The GraphQL API: one more face of the domain. Requests are admitted as those of the REST API are,
 * and refusals have its codes.
 *
 * @throws {SandboxError} The schema and the OpenAPI document do not agree.
 */
export function createGraphql<E extends Env>(options: GraphqlOptions<E>): Hono<E> {
  const { contract } = options
  const app = new Hono<E>()
  const yoga = createServer(options)
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
    return yoga.fetch(c.req.raw, context)
  })

  app.all('/', (c) => {
    options.admitAnyone(c)
    const text = 'Send a POST with the JSON body { "query": "…", "variables": { … } }.\n'
    return c.text(text, 405, { Allow: 'POST' })
  })

  app.onError((error, c) => {
    const problem = options.asProblem(error)
    return c.json({ errors: [writeError(problem)] }, options.statusOf(problem) as 400, {
      ...problem.headers,
    })
  })
  return app
}

function createServer<E extends Env>(options: GraphqlOptions<E>) {
  const runner: Runner = {
    ...options.runner,
    refuse: (problem) => ({
      status: options.statusOf(problem),
      headers: { ...problem.headers },
      body: JSON.stringify({ errors: [writeError(problem)] }),
    }),
  }
  const face: Plugin<ServerContext> = {
    onRequestParse({ serverContext, setRequestParser }) {
      // What `fetch` was given below; the type of this hook does not know.
      setRequestParser(() => (serverContext as unknown as ServerContext).params)
    },
    onParse({ setParseFn }) {
      setParseFn(parseWithin)
      return ({ result }) => {
        if (result instanceof GraphQLError) result.extensions.code ??= 'BAD_REQUEST'
      }
    },
    onValidate({ addValidationRule }) {
      addValidationRule(limitAliases)
      addValidationRule(limitDepth)
    },
    onExecute({ args, setExecuteFn }) {
      const { caller, once } = args.contextValue
      setExecuteFn(async () => sent(await runRequest(runner, args, { caller, once })))
    },
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !('errors' in result) || !result.errors) return
      const errors = result.errors.map((error) => {
        const problem = refusalOf(error) ?? options.asProblem(error.originalError ?? error)
        const { extensions, ...entry } = writeError(problem, error)
        const status = options.statusOf(problem)
        return new GraphQLError(entry.message, {
          nodes: error.nodes,
          source: error.source,
          positions: error.positions,
          path: error.path,
          extensions: {
            ...extensions,
            // Clients that accept the media type of GraphQL are told by the status as well.
            http: {
              status: status < 500 ? 400 : status,
              spec: status < 500,
              headers: problem.headers,
            },
          },
        })
      })
      setResult({ errors })
    },
  }
  return createYoga<ServerContext>({
    schema: readSchema(options.contract),
    graphqlEndpoint: graphqlRoute,
    plugins: [face],
    // The answer passes through the middleware of the REST API: it must be of the same kind.
    fetchAPI: { Response },
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    multipart: false,
    maskedErrors: false,
    logging: false,
    maxRequestBodySize: false,
  })
}

/** A reply is written already; the server only has to send it. */
function sent({ status, headers, body = '', replayed }: Reply) {
  return {
    data: {},
    extensions: {
      http: {
        status,
        headers: {
          ...Object.fromEntries(
            Object.entries(headers).filter(([name]) => name !== 'Content-Type'),
          ),
          ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
        },
      },
    },
    stringify: () => body,
  }
}
