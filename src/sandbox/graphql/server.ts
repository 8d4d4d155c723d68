import { GraphQLError } from 'graphql'
import { createYoga, type GraphQLParams, type Plugin } from 'graphql-yoga'
import type { Env } from 'hono'
import type { Reply, Runner } from '../rest/run.ts'
import { type GraphqlOptions, graphqlRoute } from './app.ts'
import { refusalOf, writeError } from './errors.ts'
import { type Request as GraphqlRequest, runRequest } from './execute.ts'
import { limitAliases, limitDepth, parseWithin } from './limits.ts'
import { readSchema } from './schema.ts'

export interface ServerContext extends GraphqlRequest {
  params: GraphQLParams
}

export type GraphqlServer = ReturnType<typeof createServer>

/**
 * What answers a GraphQL request that was admitted.
 *
 * @throws {SandboxError} The schema and the OpenAPI document do not agree.
 */
export function createServer<E extends Env>(options: GraphqlOptions<E>) {
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
