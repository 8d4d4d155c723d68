import type { Context, MiddlewareHandler } from 'hono'
import { Problem } from './problem.ts'

/** Characters of an address, path and query together. */
const longestAddress = 8192

const aliases = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Answers under one name alone. A page whose name was pointed at this machine (DNS rebinding) gets
 * nothing; the machine's other names lead to the one that addresses are registered with.
 *
 * @param origin Of this listener.
 */
export function oneName(origin: string): MiddlewareHandler {
  const own = new URL(origin)
  return async (c, next) => {
    const url = new URL(c.req.url)
    if (url.host !== own.host) {
      if (!aliases.includes(url.hostname) || url.port !== own.port) {
        throw new Problem('MISDIRECTED', 'This server does not answer under that name.', {
          status: 421,
        })
      }
      return c.redirect(`${origin}${url.pathname}${url.search}`, 308)
    }
    if (c.req.url.length - origin.length > longestAddress) {
      throw new Problem('BAD_REQUEST', `An address may have ${longestAddress} characters.`)
    }
    return next()
  }
}

const exposed = [
  'WWW-Authenticate',
  'Retry-After',
  'X-Request-Id',
  'Location',
  'Allow',
  'Idempotency-Replayed',
  'RateLimit',
  'RateLimit-Policy',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Deprecation',
  'Sunset',
  'Link',
  'Sandbox-Fault',
].join(', ')

const requestHeaders = [
  'authorization',
  'content-type',
  'idempotency-key',
  'x-workspace-id',
  'sandbox-fault',
].join(', ')

/**
 * Lets scripts of the docs read answers, and nobody else's. Cookies are never part of it.
 *
 * @param origins Exact origins of the docs.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function docsMayRead(origins: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin')
    const allowed = origin !== undefined && origins.includes(origin)
    const isPreflight =
      c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined
    if (isPreflight) {
      const headers: Record<string, string> = { Vary: 'Origin' }
      if (allowed) {
        headers['Access-Control-Allow-Origin'] = origin
        headers['Access-Control-Allow-Methods'] = 'GET, POST, PUT, PATCH, DELETE'
        headers['Access-Control-Allow-Headers'] = requestHeaders
        headers['Access-Control-Max-Age'] = '600'
      }
      return c.body(null, 204, headers)
    }
    await next()
    addReadHeaders(c, allowed ? origin : undefined)
    return
  }
}

/** Lets any script read; for documents that are public anyway. */
export function anyoneMayRead(): MiddlewareHandler {
  return async (c, next) => {
    const asked = c.req.header('access-control-request-method')
    if (c.req.method === 'OPTIONS' && asked !== undefined) {
      return c.body(null, 204, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET',
        'Access-Control-Allow-Headers': 'sandbox-fault',
        'Access-Control-Max-Age': '600',
      })
    }
    await next()
    c.res.headers.set('Access-Control-Allow-Origin', '*')
    c.res.headers.set('Access-Control-Expose-Headers', 'Sandbox-Fault')
    return
  }
}

export function safeHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'no-referrer')
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
    if (!headers.has('Content-Security-Policy')) {
      headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
    }
  }
}

function addReadHeaders(c: Context, origin: string | undefined): void {
  const { headers } = c.res
  headers.append('Vary', 'Origin')
  if (origin === undefined) return
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Expose-Headers', exposed)
  headers.set('Timing-Allow-Origin', origin)
}
