import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import type { Description } from '../description.ts'
import type { ObjectStore } from '../media/objects.ts'
import { addressOf, asProblem } from '../rest/app.ts'
import {
  authenticate,
  type Caller,
  type CredentialChecks,
  challenge,
  type Resource,
  refuseTokenInQuery,
} from '../rest/authenticate.ts'
import type { Contract } from '../rest/contract.ts'
import { createFaults } from '../rest/faults.ts'
import { anyoneMayRead, oneName, safeHeaders } from '../rest/gate.ts'
import { handlers } from '../rest/handlers/index.ts'
import { Problem, ProblemCatalogue } from '../rest/problem.ts'
import { type Allowance, type RateLimit, rateLimited } from '../rest/rate-limit.ts'
import type { Runner } from '../rest/run.ts'
import { createUlids } from '../ulids.ts'
import { type CallMeans, callTool } from './call-tool.ts'
import { readTools } from './tools.ts'

export interface McpOptions extends Pick<Runner, 'store' | 'clock' | 'means'> {
  document: Description
  contract: Contract
  credentials: CredentialChecks
  /** Where the server is reached; also its resource identifier, which is not the API's. */
  address: string
  /** Of the authorization server. */
  issuer: string
  /** Exact origins whose pages may call. */
  docsOrigins: readonly string[]
  /** Shared with the other faces. */
  limit: RateLimit
  objects: ObjectStore
  /** Aborted when the sandbox ends. */
  stopping?: AbortSignal
  /** Told about failures that are no fault of the caller's. */
  onFailure: (error: unknown) => void
}

type Env = { Variables: { allowance?: Allowance } }

const nextUlid = createUlids()
const largestBody = 1024 * 1024
const metadataPath = '/.well-known/oauth-protected-resource'

/**
 * The API as an MCP server over Streamable HTTP. It keeps no sessions: each request brings all it
 * needs, and is answered with one JSON document.
 *
 * @throws {SandboxError} The document lacks what a tool is made of.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization
 */
export function createMcp(options: McpOptions): Hono<Env> {
  const { address, contract, docsOrigins, limit, onFailure } = options
  const { origin, pathname } = new URL(address)
  const resource: Resource = {
    identifier: address,
    metadata: `${origin}${metadataPath}${pathname}`,
  }
  const tools = readTools(options.document, contract, handlers)
  const means: CallMeans = {
    runner: {
      ...options,
      discard: (files) => options.objects.discard(files, onFailure),
    },
    resource,
    onFailure,
  }
  const app = new Hono<Env>()

  app.use(async (c, next) => {
    await next()
    c.res.headers.set('X-Request-Id', `req_${nextUlid()}`)
    for (const [name, value] of Object.entries(c.get('allowance')?.headers ?? {})) {
      c.res.headers.set(name, value)
    }
  })
  const catalogue = new ProblemCatalogue(contract.problems, docsOrigins[0] ?? origin)
  const faults = createFaults({ catalogue, resource, stopping: options.stopping })
  app.use(faults.spoil)
  app.use(safeHeaders())
  app.use(oneName(origin))
  app.use(`${metadataPath}/*`, anyoneMayRead(), faults.begin)
  app.use(pathname, docsMayCall(docsOrigins), refuseOtherPages(docsOrigins), faults.begin)
  app.use(
    bodyLimit({
      maxSize: largestBody,
      onError: () => {
        throw new Problem('PAYLOAD_TOO_LARGE', 'The body has more than 1 MB.')
      },
    }),
  )

  const take = (c: Context<Env>, caller: string) => {
    const allowance = limit.take(caller)
    c.set('allowance', allowance)
    if (allowance.isSpent) throw rateLimited(allowance)
  }

  for (const path of [metadataPath, metadataPath + pathname]) {
    app.get(
      path,
      (c) =>
        faults.insteadOf(c) ??
        c.json({
          resource: address,
          authorization_servers: [options.issuer],
          scopes_supported: contract.scopes.map(({ name }) => name),
          bearer_methods_supported: ['header'],
          resource_name: 'Streamloop MCP server (sandbox)',
          resource_documentation: docsOrigins[0],
        }),
    )
  }

  app.all(pathname, async (c) => {
    const caller = await identify(c, options.credentials, resource).catch((error) => {
      take(c, addressOf(c))
      throw error
    })
    take(c, caller.credential)
    requireSomeScope(contract, caller, resource)
    if (c.req.method !== 'POST') {
      throw new Problem('METHOD_NOT_ALLOWED', 'There is no stream to listen to: only POST.', {
        headers: { Allow: 'POST' },
      })
    }
    const instead = faults.insteadOf(c)
    if (instead) return instead
    const message = await readMessage(c)
    // With the first message: what speaks the protocol is a large part of the sandbox's code.
    const { answerMessage } = await import('./server.ts')
    return answerMessage(c.req.raw, message, {
      version: contract.version,
      tools,
      call: (tool, values) => callTool(means, { tool, arguments: values, caller }),
    })
  })

  app.notFound((c) => {
    take(c, addressOf(c))
    throw new Problem('NOT_FOUND', `There is nothing here: the server is at ${pathname}.`)
  })

  app.onError((error) => {
    const problem = asProblem(error, onFailure)
    return jsonRpcError(problem, catalogue.statusOf(problem))
  })
  return app
}

/**
 * Only tokens open this server. An API key is told apart from no credential at all, as its owner
 * would not find out otherwise why it does not work here.
 *
 * @throws {Problem} `UNAUTHENTICATED` with a challenge, `BAD_REQUEST`
 */
async function identify(
  c: Context,
  credentials: CredentialChecks,
  resource: Resource,
): Promise<Caller> {
  refuseTokenInQuery(new URL(c.req.url), resource)
  const authorization = c.req.header('authorization')
  if (c.req.header('x-api-key') !== undefined || /^bearer +sl_/i.test(authorization ?? '')) {
    throw new Problem(
      'UNAUTHENTICATED',
      'API keys do not work with the MCP server. Sign in with OAuth; WWW-Authenticate says where.',
      { headers: challenge(resource, authorization ? { error: 'invalid_token' } : {}) },
    )
  }
  return authenticate(c, credentials, resource)
}

/** A token that opens no tool at all is a matter of signing in again, not of the single call. */
function requireSomeScope({ scopes }: Contract, caller: Caller, resource: Resource): void {
  if (scopes.some(({ name }) => caller.scopes?.includes(name))) return
  const scope = scopes[0]?.name ?? ''
  throw new Problem('INSUFFICIENT_SCOPE', 'The access token was granted none of the scopes here.', {
    headers: challenge(resource, { error: 'insufficient_scope', scope }),
  })
}

/** @throws {Problem} `BAD_REQUEST` for what is no message, or several at once. */
async function readMessage(c: Context): Promise<unknown> {
  let message: unknown
  try {
    message = JSON.parse(await c.req.text())
  } catch (cause) {
    throw new Problem('BAD_REQUEST', 'The body is not JSON.', { cause })
  }
  if (Array.isArray(message)) {
    throw new Problem('BAD_REQUEST', 'Send one message in a request, not a batch.')
  }
  return message
}

/**
 * Headers of the protocol beside those of the API.
 *
 * @param origins Exact origins of the docs.
 */
function docsMayCall(origins: readonly string[]) {
  return cors({
    origin: [...origins],
    allowMethods: ['POST'],
    allowHeaders: [
      'authorization',
      'content-type',
      'last-event-id',
      'mcp-protocol-version',
      'mcp-session-id',
      'sandbox-fault',
    ],
    exposeHeaders: [
      'WWW-Authenticate',
      'Mcp-Protocol-Version',
      'Mcp-Session-Id',
      'Retry-After',
      'X-Request-Id',
      'RateLimit',
      'RateLimit-Policy',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Sandbox-Fault',
    ],
    maxAge: 600,
  })
}

/** Programs send no Origin; a page of anybody else's gets nothing (DNS rebinding). */
function refuseOtherPages(origins: readonly string[]) {
  return async (c: Context, next: () => Promise<void>) => {
    const origin = c.req.header('origin')
    if (origin !== undefined && !origins.includes(origin)) {
      throw new Problem('FORBIDDEN', 'Pages of this origin may not call the MCP server.')
    }
    await next()
  }
}

/** Refusals before any message was read have the shape of the protocol's errors too. */
function jsonRpcError({ code, message, headers }: Problem, status: number): Response {
  return Response.json(
    { jsonrpc: '2.0', id: null, error: { code: -32000, message, data: { code } } },
    { status, headers },
  )
}
