import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from '../clock.ts'
import type { Means } from '../domain/work.ts'
import { createGraphql, graphqlRoute } from '../graphql/app.ts'
import type { ObjectStore } from '../media/objects.ts'
import type { AddressSigner } from '../secrets.ts'
import { type Store, StoreUnavailableError } from '../store/database.ts'
import { isUnavailable } from '../store/sqlite-dialect.ts'
import { createUlids } from '../ulids.ts'
import {
  authenticate,
  authorize,
  type CredentialChecks,
  type Resource,
  refuseTokenInQuery,
  requestHash,
} from './authenticate.ts'
import { type Contract, type ContractOperation, incomplete } from './contract.ts'
import { deprecationHeaders } from './deprecation.ts'
import { createFaults } from './faults.ts'
import { anyoneMayRead, docsMayRead, oneName, safeHeaders } from './gate.ts'
import type { Handler } from './handler.ts'
import { handlers } from './handlers/index.ts'
import { createPages } from './pages.ts'
import { Problem, ProblemCatalogue } from './problem.ts'
import { type Allowance, type RateLimit, rateLimited } from './rate-limit.ts'
import { checkBody, readBody, readIdempotencyKey, readQuery } from './read-request.ts'
import { type Reply, type Runner, runErrand } from './run.ts'
import { createUploadRoute, uploadRoute } from './upload-route.ts'

export interface ApiOptions {
  contract: Contract
  store: Store
  clock: Clock
  means: Means
  credentials: CredentialChecks
  /** Origin of the API, and its resource identifier. */
  origin: string
  /** Of the authorization server. */
  issuer: string
  /** Exact origins of the docs; problem types are pages of the first one. */
  docsOrigins: readonly string[]
  /** Counts the requests of every caller, at whichever face they come in. */
  limit: RateLimit
  objects: ObjectStore
  signer: AddressSigner
  /** Told about failures that end as 500 or 503. */
  onFailure: (error: unknown) => void
  /** Aborted when the sandbox ends. */
  stopping?: AbortSignal
}

type Env = {
  Variables: { requestId: string; allowance?: Allowance; operation?: ContractOperation }
}

const nextUlid = createUlids()
const largestBody = 1024 * 1024

/**
 * The API's REST face: routes, scopes and checks come from the OpenAPI document, the work from the
 * domain.
 *
 * @throws {SandboxError} The document and the handlers do not name the same operations.
 */
export function createApi(options: ApiOptions): Hono<Env> {
  const { contract, origin, docsOrigins, clock, limit } = options
  const site = docsOrigins[0] ?? origin
  const catalogue = new ProblemCatalogue(contract.problems, site)
  const metadata = `${origin}/.well-known/oauth-protected-resource`
  const resource: Resource = { identifier: origin, metadata }
  const faults = createFaults({ catalogue, resource, stopping: options.stopping })
  const startedAt = new Date().toISOString()
  const app = new Hono<Env>()

  app.use(async (c, next) => {
    c.set('requestId', `req_${nextUlid()}`)
    await next()
    c.res.headers.set('X-Request-Id', c.get('requestId'))
    const deprecation = c.get('operation')?.deprecation
    const headers = {
      ...c.get('allowance')?.headers,
      ...(deprecation ? deprecationHeaders(deprecation, site) : {}),
    }
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
  })
  app.use(faults.spoil)
  app.use(safeHeaders())
  app.use(`${contract.base}/*`, docsMayRead(docsOrigins))
  app.use('/.well-known/*', anyoneMayRead())
  app.use(oneName(origin))
  app.use(`${contract.base}/*`, faults.begin)
  app.use('/.well-known/*', faults.begin)
  const limitBody = bodyLimit({
    maxSize: largestBody,
    onError: () => {
      throw new Problem('PAYLOAD_TOO_LARGE', 'The body has more than 1 MB.')
    },
  })
  // The body of a GET is never read, and asking whether it has one takes a tenth of its time.
  app.use(`${contract.base}/*`, (c, next) =>
    c.req.method === 'GET' || c.req.method === 'HEAD' ? next() : limitBody(c, next),
  )

  app.get(
    '/.well-known/oauth-protected-resource',
    (c) =>
      faults.insteadOf(c) ??
      c.json({
        resource: origin,
        authorization_servers: [options.issuer],
        scopes_supported: contract.scopes.map(({ name }) => name),
        bearer_methods_supported: ['header'],
        resource_name: 'Streamloop API (sandbox)',
        resource_documentation: docsOrigins[0],
      }),
  )

  const send = (c: Context<Env>, reply: Reply) => {
    const headers = {
      ...reply.headers,
      ...(reply.replayed ? { 'Idempotency-Replayed': 'true' } : {}),
    }
    let text = reply.body ?? null
    if (text !== null && reply.status >= 400) {
      const problem = JSON.parse(text) as Record<string, unknown>
      text = JSON.stringify({ ...problem, requestId: c.get('requestId') })
    }
    return new Response(text, { status: reply.status, headers })
  }
  const refuse = (problem: Problem, instance: string): Reply => ({
    status: catalogue.statusOf(problem),
    headers: { ...problem.headers, 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(catalogue.write(problem, instance)),
  })

  const runnerFor = (instance: string): Runner => ({
    ...options,
    discard: (files) => options.objects.discard(files, options.onFailure),
    refuse: (problem) => refuse(problem, instance),
  })

  const take = (c: Context<Env>, caller: string) => {
    const allowance = limit.take(caller)
    c.set('allowance', allowance)
    if (allowance.isSpent) throw rateLimited(allowance)
  }

  const admit = async (c: Context<Env>, url = new URL(c.req.url)) => {
    refuseTokenInQuery(url, resource)
    const caller = await authenticate(c, options.credentials, resource).catch((error) => {
      take(c, addressOf(c))
      throw error
    })
    take(c, caller.credential)
    return caller
  }

  const act = async (c: Context<Env>, operation: ContractOperation, handler: Handler) => {
    c.set('operation', operation)
    const url = new URL(c.req.url)
    const caller = await admit(c, url)
    authorize(operation, caller, resource)
    const instead = faults.insteadOf(c, operation)
    if (instead) return instead
    const query = readQuery(operation, url)
    const key = readIdempotencyKey(operation, c)
    const { text, value } = await readBody(operation, c)
    return send(
      c,
      await runErrand(runnerFor(url.pathname), {
        operation,
        handler,
        accountId: caller.accountId,
        input: { id: c.req.param('id') ?? '', query, body: value },
        check: () => checkBody(operation, value),
        ...(key === undefined
          ? {}
          : {
              once: { key, path: url.pathname, requestHash: requestHash(operation.id, text) },
            }),
      }),
    )
  }

  app.use(uploadRoute, docsMayRead(docsOrigins), faults.begin)
  app.put(uploadRoute, createUploadRoute({ ...options, insteadOf: faults.insteadOf }))
  app.route('/', createPages(options))
  app.route(
    graphqlRoute,
    createGraphql<Env>({
      contract,
      docsOrigins,
      largestBody,
      faults,
      runner: runnerFor(graphqlRoute),
      admit,
      admitAnyone: (c) => take(c, addressOf(c)),
      asProblem: (error) => asProblem(error, options.onFailure),
      statusOf: (problem) => catalogue.statusOf(problem),
    }),
  )

  const open: Record<string, (c: Context<Env>) => Response> = {
    getStatus: (c) =>
      c.json({
        status: 'ok',
        version: contract.version,
        time: new Date(clock.now()).toISOString(),
        startedAt,
      }),
    getOpenApiDocument: (c) => c.body(contract.text, 200, { 'Content-Type': 'application/json' }),
  }

  const known = new Set([...Object.keys(handlers), ...Object.keys(open)])
  for (const operation of contract.operations) {
    const route = operation.path.replace(/\{([^}]+)\}/g, ':$1')
    const handler = handlers[operation.id]
    const answer = open[operation.id]
    known.delete(operation.id)
    if (operation.isPublic && answer) {
      app.on(operation.method, route, (c) => {
        c.set('operation', operation)
        take(c, addressOf(c))
        return faults.insteadOf(c, operation) ?? answer(c)
      })
    } else if (handler && !operation.isPublic) {
      app.on(operation.method, route, (c) => act(c, operation, handler))
    } else throw incomplete(`the sandbox does not know how to answer ${operation.id}`)
  }
  if (known.size > 0) throw incomplete(`it does not describe ${[...known].join(', ')}`)

  for (const [route, allowed] of methodsByRoute(contract.operations)) {
    app.all(route, (c) => {
      take(c, addressOf(c))
      throw new Problem('METHOD_NOT_ALLOWED', `${c.req.method} is not one of ${allowed}.`, {
        headers: { Allow: allowed },
      })
    })
  }

  app.notFound((c) => {
    take(c, addressOf(c))
    throw new Problem('NOT_FOUND', 'There is nothing at this address.')
  })

  app.onError((error, c) => {
    const url = new URL(c.req.url)
    return send(c, refuse(asProblem(error, options.onFailure), url.pathname))
  })
  return app
}

function methodsByRoute(operations: readonly ContractOperation[]): Map<string, string> {
  const routes = new Map<string, string[]>()
  for (const { path, method } of operations) {
    const route = path.replace(/\{([^}]+)\}/g, ':$1')
    const allowed = method === 'GET' ? ['GET', 'HEAD'] : [method]
    routes.set(route, [...(routes.get(route) ?? []), ...allowed])
  }
  return new Map([...routes].map(([route, methods]) => [route, methods.join(', ')]))
}

/** What went wrong, in words that give nothing of the inside away. */
export function asProblem(error: unknown, onFailure: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error
  onFailure(error)
  if (error instanceof StoreUnavailableError || isUnavailable(error)) {
    return new Problem('UNAVAILABLE', 'The sandbox cannot write to its disk now.', {
      headers: { 'Retry-After': '5' },
      cause: error,
    })
  }
  return new Problem('INTERNAL', 'Something broke inside the sandbox.', { cause: error })
}

/** The socket's address: headers that claim another one are not believed. */
export function addressOf(c: Context): string {
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return `address:${bindings?.incoming?.socket?.remoteAddress ?? 'unknown'}`
}
