import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { libraryPath } from './library-path.ts'

const longestUrl = 8 * 1024
const largestBody = 64 * 1024

/**
 * Answers under one name alone: a page of another site whose name was pointed at this machine
 * (DNS rebinding) gets nothing, and `127.0.0.1` is led to the name that registered addresses and
 * cookies use.
 */
export function oneName(issuer: string): MiddlewareHandler {
  const own = new URL(issuer)
  const aliases = ['127.0.0.1', '[::1]', 'localhost']
  return async (c, next) => {
    const url = new URL(c.req.url)
    if (url.host === own.host) return next()
    const alias =
      aliases.includes(own.hostname) && aliases.includes(url.hostname) && url.port === own.port
    if (!alias) return refuse(c, 421, 'invalid_request', 'This server has another name.')
    return c.redirect(`${issuer}${url.pathname}${url.search}`, 308)
  }
}

/** Nobody needs more than this to sign in or to register an application. */
export function sizeLimits(): MiddlewareHandler {
  const limitBody = bodyLimit({
    maxSize: largestBody,
    onError: (c) => refuse(c, 413, 'invalid_request', 'The body is larger than 64 KiB.'),
  })
  return async (c, next) => {
    if (c.req.url.length > longestUrl) {
      return refuse(c, 414, 'invalid_request', 'The address is longer than 8 KiB.')
    }
    return limitBody(c, next)
  }
}

/** Headers that every answer carries; pages replace the policy by one that lets them show. */
export function safeHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('x-content-type-options', 'nosniff')
    headers.set('x-frame-options', 'DENY')
    // Not `no-referrer`: with it, browsers post forms with `Origin: null`.
    headers.set('referrer-policy', 'same-origin')
    if (!headers.has('content-security-policy')) {
      headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    }
  }
}

/**
 * Which origins' scripts may read what. Routes that look at cookies are missing here on purpose:
 * `authorize`, for one, answers a `fetch` with the code.
 */
export const crossOrigin = {
  /** Public documents. */
  anyone: ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/jwks'],
  /** Calls that carry their own proof. Credentials stay off. */
  docs: [
    ['POST', '/oauth2/register'],
    ['POST', '/oauth2/token'],
    ['POST', '/oauth2/revoke'],
    ['GET, POST', '/oauth2/userinfo'],
    ['POST', '/oauth2/end-session'],
  ],
} as const

/** @param docsOrigins Exact origins of the docs site. */
export function crossOriginRules(
  docsOrigins: readonly string[],
): { path: string; rule: MiddlewareHandler }[] {
  const anyone = cors({
    origin: '*',
    allowMethods: ['GET'],
    allowHeaders: ['sandbox-fault'],
    exposeHeaders: ['sandbox-fault'],
    maxAge: 600,
  })
  return [
    ...crossOrigin.anyone.map((path) => ({
      path: path.startsWith('/.well-known') ? path : libraryPath + path,
      rule: anyone,
    })),
    ...crossOrigin.docs.map(([methods, path]) => ({
      path: libraryPath + path,
      rule: cors({
        origin: [...docsOrigins],
        allowMethods: methods.split(', '),
        allowHeaders: ['authorization', 'content-type', 'sandbox-fault'],
        exposeHeaders: ['www-authenticate', 'retry-after', 'sandbox-fault'],
        maxAge: 600,
      }),
    })),
  ]
}

/** An OAuth-shaped refusal (RFC 6749, 5.2). */
export function refuse(
  c: Context,
  status: 400 | 401 | 403 | 404 | 405 | 413 | 414 | 415 | 421 | 429 | 500 | 503,
  error: string,
  description: string,
): Response {
  return c.json({ error, error_description: description }, status, { 'cache-control': 'no-store' })
}
