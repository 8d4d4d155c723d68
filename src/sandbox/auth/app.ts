import { Hono, type MiddlewareHandler } from 'hono'
import type { VerifyAccessToken } from './access-token.ts'
import { addConsent, type ConsentParts } from './consent-routes.ts'
import { crossOriginRules, oneName, refuse, safeHeaders, sizeLimits } from './gate.ts'
import type { Library } from './library.ts'
import { libraryPath } from './library-path.ts'
import { errorPage, failurePage, foreignFormPage, notFoundPage } from './pages/message.ts'
import { icon, renderPage, styleSheet } from './pages/page.ts'
import { addProtocol } from './protocol.ts'
import type { ClientCap } from './registration.ts'
import { addSettings, type SettingsParts } from './settings-routes.ts'
import { addSignIn, type SignInParts } from './sign-in-routes.ts'

interface AppParts extends SignInParts, ConsentParts, SettingsParts {
  library: Library
  issuer: string
  docsOrigins: readonly string[]
  cap: ClientCap
  verifyAccessToken: VerifyAccessToken
  /** Told about failures that are nobody's request's fault. */
  onFailure: (error: unknown) => void
}

/** Everything that the authorization server answers. */
export function createApp(parts: AppParts): Hono {
  const { issuer, docsOrigins, onFailure } = parts
  const app = new Hono()

  app.use(safeHeaders())
  app.use(oneName(issuer))
  for (const { path, rule } of crossOriginRules(docsOrigins)) app.use(path, rule)
  app.use(sizeLimits())
  app.use(ownFormsOnly(issuer))

  addProtocol(app, parts)
  addSignIn(app, parts)
  addConsent(app, parts)
  addSettings(app, parts)

  app.get('/error', (c) =>
    renderPage(c, errorPage(c.req.query('error') ?? '', c.req.query('error_description') ?? '')),
  )
  app.get(styleSheet.path, (c) =>
    c.body(styleSheet.css, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  )
  app.get('/favicon.svg', (c) =>
    c.body(icon, 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    }),
  )
  app.notFound((c) => renderPage(c, notFoundPage()))
  app.onError((error, c) => {
    onFailure(error)
    const busy = isStorageFault(error)
    if (busy) c.header('retry-after', '2')
    if (!isForPrograms(c.req.path)) return renderPage(c, failurePage(busy))
    return busy
      ? refuse(c, 503, 'temporarily_unavailable', 'The sandbox could not use its disk just now.')
      : refuse(c, 500, 'server_error', 'The sandbox failed to answer this.')
  })
  return app
}

/**
 * Refuses forms that another site's page sent. Browsers put the page's origin in every POST; the
 * library does the same for its own routes.
 */
function ownFormsOnly(issuer: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'POST' || isForPrograms(c.req.path)) return next()
    if (c.req.header('origin') === issuer) return next()
    return renderPage(c, foreignFormPage())
  }
}

function isForPrograms(path: string): boolean {
  return path.startsWith(`${libraryPath}/`) || path.startsWith('/.well-known/')
}

/** Full, busy, read-only: the low byte of SQLite's result code tells. */
function isStorageFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'errcode' in error ? Number(error.errcode) & 0xff : 0
  const busy = 5
  const locked = 6
  const readOnly = 8
  const inputOutput = 10
  const full = 13
  return [busy, locked, readOnly, inputOutput, full].includes(code) || isStorageFault(error.cause)
}
