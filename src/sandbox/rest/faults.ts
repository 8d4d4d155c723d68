import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, MiddlewareHandler } from 'hono'
import { challenge, type Resource } from './authenticate.ts'
import type { ContractOperation } from './contract.ts'
import {
  type Body,
  bigJson,
  cut,
  driftOff,
  drip,
  events,
  malform,
  plain,
  streamOf,
} from './fault-bodies.ts'
import { type FaultPlan, readFaults } from './fault-grammar.ts'
import { Problem, type ProblemCatalogue } from './problem.ts'

/** The fault switch: what the request header `Sandbox-Fault` asks for goes wrong on purpose. */
export interface Faults {
  /** Spoils answers. Outside of everything that writes headers. */
  spoil: MiddlewareHandler
  /** Reads the header, waits, resets. After the checks of the host's name and of the origin. */
  begin: MiddlewareHandler
  /**
   * What is answered in the operation's place. Asked once the credential is known to be good, so
   * that a request that may not do a thing cannot make it fail either.
   *
   * @throws {Problem} The status that was asked for.
   */
  insteadOf(c: Context, operation?: ContractOperation): Response | undefined
}

type Planned = FaultPlan & { isAnswered?: boolean }

/** @param stopping Aborted when the sandbox ends: nobody waits for what was slowed down. */
export function createFaults(parts: {
  catalogue: ProblemCatalogue
  resource: Resource
  stopping?: AbortSignal
}): Faults {
  const { catalogue, resource, stopping } = parts
  const sockets = new Set<Socket>()
  stopping?.addEventListener('abort', () => {
    for (const socket of sockets) socket.destroySoon()
  })
  const keepTrack = (c: Context) => {
    const { socket, onClose } = wireOf(c)
    if (!socket) return
    sockets.add(socket)
    onClose(() => sockets.delete(socket))
  }
  return {
    async spoil(c, next) {
      await next()
      const plan = planOf(c)
      if (!plan) return
      const { res } = c
      const spoiled = await spoilAnswer(c, plan, res)
      // Without this, Hono would copy the first answer's headers onto the second.
      c.res = undefined
      c.res = spoiled
    },

    async begin(c, next) {
      const header = c.req.header('sandbox-fault')
      if (header === undefined) return next()
      const plan: Planned = readFaults(header)
      c.set('faults', plan)
      keepTrack(c)
      if (plan.delay !== undefined) {
        const gone = c.req.raw.signal
        await sleep(plan.delay, undefined, { signal: gone }).catch(() => {})
        // Whoever cancelled while waiting does not want it done any more.
        if (gone.aborted || stopping?.aborted) return hungUp()
      }
      if (plan.instead?.kind === 'reset') {
        wireOf(c).socket?.resetAndDestroy()
        return hungUp()
      }
      return next()
    },

    insteadOf(c, operation) {
      const plan = planOf(c)
      const stand = plan?.instead
      if (!plan || !stand) return undefined
      plan.isAnswered = true
      switch (stand.kind) {
        case 'status':
          throw problemOf(stand.status, catalogue, resource, operation)
        case 'redirect':
          // 307: the method and the body stay, so nothing changes on the way unnoticed.
          return new Response(null, { status: 307, headers: { Location: stand.url } })
        case 'sse':
          return new Response(null, { headers: { 'Content-Type': 'text/event-stream' } })
        case 'jsonl':
          return new Response(null, { headers: { 'Content-Type': 'application/jsonl' } })
        case 'big':
          return new Response(null, { headers: { 'Content-Type': 'application/json' } })
        case 'reset':
          return hungUp()
      }
    },
  }
}

async function spoilAnswer(c: Context, plan: Planned, answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers)
  let { status } = answer
  headers.set('Sandbox-Fault', plan.text)
  if (plan.noCors) dropReadHeaders(headers)
  if (c.req.method === 'HEAD') return new Response(null, { status, headers })

  const made = plan.isAnswered ? madeBody(plan) : undefined
  let bytes = new Uint8Array(made ? new ArrayBuffer(0) : await answer.arrayBuffer())
  if (plan.malformed || plan.drift) {
    let text = new TextDecoder().decode(bytes)
    if (plan.drift) {
      const drift = driftOff(text)
      headers.set('Sandbox-Fault', plan.text.replace(/\bdrift\b/, `drift=${drift.pointer}`))
      text = drift.text
    }
    if (plan.malformed) text = malform(text)
    if (bytes.length === 0) {
      // An answer without a body gets one, to be wrong in.
      status = 200
      headers.set('Content-Type', 'application/json')
    }
    bytes = new TextEncoder().encode(text)
  }
  const length = made ? made.length : bytes.length
  if (plan.drip === undefined && plan.cut === undefined && !made) {
    return new Response(bytes.length > 0 ? bytes : null, { status, headers })
  }

  let body = made?.body ?? plain(bytes)
  const { hangUp } = wireOf(c)
  if (length === 0) {
    // Nothing to slow down, and nothing to break off but the answer itself.
    if (plan.cut !== undefined) hangUp()
    return new Response(null, { status, headers })
  }
  if (plan.drip !== undefined) body = drip(body, plan.drip)
  if (plan.cut !== undefined) body = cut(body, Math.min(plan.cut, (length ?? Infinity) - 1), hangUp)
  if (length !== undefined) headers.set('Content-Length', String(length))
  return new Response(streamOf(body), { status, headers })
}

/** What takes the place of an answer, with its bytes where it ends. */
function madeBody({ instead, drip }: FaultPlan): { body: Body; length?: number } | undefined {
  switch (instead?.kind) {
    case 'sse':
    case 'jsonl':
      return { body: events(instead.kind, instead.count, drip === undefined) }
    case 'big':
      return { body: bigJson(instead.size), length: instead.size }
    default:
      return undefined
  }
}

/** A problem document as the operation describes it for that status, where it does. */
function problemOf(
  status: number,
  catalogue: ProblemCatalogue,
  resource: Resource,
  operation: ContractOperation | undefined,
): Problem {
  const code = operation?.problems.get(status)?.[0] ?? catalogue.codeFor(status)
  const scope = operation?.scopes[0]?.join(' ') ?? ''
  const headers: Record<string, string> = {}
  if (status === 401) Object.assign(headers, challenge(resource, { error: 'invalid_token' }))
  if (code === 'INSUFFICIENT_SCOPE') {
    Object.assign(headers, challenge(resource, { error: 'insufficient_scope', scope }))
  }
  if (status === 405 && operation) headers.Allow = operation.method
  if (status === 429 || status === 503) headers['Retry-After'] = '1'
  const phrase = STATUS_CODES[status] ?? 'no standard status'
  return new Problem(code, `The request asked for ${status} (${phrase}) in Sandbox-Fault.`, {
    status,
    headers,
  })
}

function planOf(c: Context): Planned | undefined {
  return c.get('faults') as Planned | undefined
}

/** An answer that nobody will see: the connection is over. */
function hungUp(): Response {
  return new Response(null, { status: 499 })
}

function dropReadHeaders(headers: Headers): void {
  for (const name of [...headers.keys()]) {
    if (name.startsWith('access-control-') || name === 'timing-allow-origin') headers.delete(name)
  }
}

/** The connection under a request; calls from inside this process have none. */
function wireOf(c: Context) {
  const bindings = c.env as
    | { incoming?: { socket?: Socket }; outgoing?: { once(event: 'close', run: () => void): void } }
    | undefined
  const socket = bindings?.incoming?.socket
  return {
    socket,
    hangUp: () => void socket?.destroySoon(),
    onClose: (run: () => void) => void bindings?.outgoing?.once('close', run),
  }
}
