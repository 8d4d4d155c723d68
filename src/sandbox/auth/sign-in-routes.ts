import type { Context, Hono } from 'hono'
import type { DemoAccount } from './accounts.ts'
import type { Applications } from './applications.ts'
import { signedOutPage, signOutPage, tooManyPage, unusableRequestPage } from './pages/message.ts'
import { renderPage } from './pages/page.ts'
import { signInPage, signUpPage } from './pages/sign-in.ts'
import type { Sweep } from './sessions.ts'
import { type PendingAuthorization, type ReadQuery, redirectSource } from './signed-query.ts'
import type { Desk, LibraryAnswer } from './visitor.ts'

export interface SignInParts {
  desk: Desk
  applications: Applications
  demo: DemoAccount | undefined
  readQuery: (text: string) => Promise<ReadQuery>
  sweep: Sweep
}

/** Signing in, up and out with plain forms. */
export function addSignIn(
  app: Hono,
  { desk, applications, demo, readQuery, sweep }: SignInParts,
): void {
  app.get('/sign-in', async (c) => {
    const read = await readQuery(searchOf(c))
    if (read.state === 'unusable') return renderPage(c, unusableRequestPage())
    if (read.state === 'none') {
      if (await desk.visitor(c)) return c.redirect('/settings', 303)
      return renderPage(c, signInPage({ demo: demo !== undefined }))
    }
    if (read.pending.wantsNewAccount) return c.redirect(`/sign-up?${read.pending.query}`, 303)
    return renderPage(c, signInPage({ demo: demo !== undefined, ...(await context(read.pending)) }))
  })

  app.post('/sign-in', async (c) => {
    const form = await readForm(c)
    return signIn(c, form.oauth_query, form.email, form.password)
  })

  app.post('/sign-in/demo', async (c) => {
    const form = await readForm(c)
    return demo ? signIn(c, form.oauth_query, demo.email, demo.password) : c.notFound()
  })

  app.get('/sign-up', async (c) => {
    const read = await readQuery(searchOf(c))
    if (read.state === 'unusable') return renderPage(c, unusableRequestPage())
    return renderPage(c, signUpPage(read.state === 'good' ? await context(read.pending) : {}))
  })

  app.post('/sign-up', async (c) => {
    const { oauth_query: query, email, password, name } = await readForm(c)
    const read = await readQuery(query)
    if (read.state === 'unusable') return renderPage(c, unusableRequestPage())
    const pending = read.state === 'good' ? read.pending : undefined
    const view = { ...(await context(pending)), email, name: name.trim() }
    if (view.name === '') {
      return renderPage(c, signUpPage({ ...view, status: 422, error: 'Give your account a name.' }))
    }
    const answer = await desk.call(c, '/sign-up/email', {
      email,
      password,
      name: view.name,
      ...continuation(pending),
    })
    if (answer.status === 200) return proceed(c, answer, pending)
    if (answer.status === 429) return slowDown(c, answer)
    return renderPage(c, signUpPage({ ...view, status: 422, error: signUpProblem(answer) }))
  })

  app.post('/switch-account', async (c) => {
    const { oauth_query: query } = await readForm(c)
    const read = await readQuery(query)
    passOn(c, await desk.call(c, '/sign-out', {}))
    return c.redirect(read.state === 'good' ? `/sign-in?${read.pending.query}` : '/sign-in', 303)
  })

  app.get('/sign-out', async (c) =>
    (await desk.visitor(c)) ? renderPage(c, signOutPage()) : c.redirect('/signed-out', 303),
  )

  app.post('/sign-out', async (c) => {
    passOn(c, await desk.call(c, '/sign-out', {}))
    return c.redirect('/signed-out', 303)
  })

  app.get('/signed-out', (c) => renderPage(c, signedOutPage()))

  async function signIn(c: Context, query: string, email: string, password: string) {
    const read = await readQuery(query)
    if (read.state === 'unusable') return renderPage(c, unusableRequestPage())
    const pending = read.state === 'good' ? read.pending : undefined
    const answer = await desk.call(c, '/sign-in/email', {
      email,
      password,
      ...continuation(pending),
    })
    if (answer.status === 200) return proceed(c, answer, pending)
    if (answer.status === 429) return slowDown(c, answer)
    const view = {
      demo: demo !== undefined,
      ...(await context(pending)),
      email,
      status: 401 as const,
    }
    const error = 'No account has this email and password.'
    return renderPage(c, signInPage({ ...view, error }))
  }

  /** Signed in: back to what waits, or to the settings. */
  async function proceed(c: Context, answer: LibraryAnswer, pending?: PendingAuthorization) {
    passOn(c, answer)
    await sweep()
    if (!pending) return c.redirect('/settings', 303)
    let { url } = answer.body
    if (pending.wantsNewAccount) {
      // The library counts `prompt=create` as done only when told so.
      const body = { created: true, oauth_query: pending.query }
      const next = await desk.call(c, '/oauth2/continue', body, answer.cookies)
      url = next.body.url
    }
    return typeof url === 'string' ? c.redirect(url, 303) : renderPage(c, unusableRequestPage())
  }

  function slowDown(c: Context, answer: LibraryAnswer) {
    c.header('retry-after', String(answer.retryAfter ?? 60))
    return renderPage(c, tooManyPage(answer.retryAfter))
  }

  async function context(pending: PendingAuthorization | undefined) {
    if (!pending) return {}
    const application = await applications.find(pending.clientId)
    return {
      query: pending.query,
      formTargets: [redirectSource(pending.redirectUri)],
      ...(application === undefined ? {} : { application: application.name }),
    }
  }
}

function continuation(pending: PendingAuthorization | undefined) {
  return pending && !pending.wantsNewAccount ? { oauth_query: pending.query } : {}
}

function signUpProblem({ body }: LibraryAnswer): string {
  if (body.code === 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL') {
    return 'An account with this email exists already. Sign in instead.'
  }
  if (body.code === 'PASSWORD_TOO_SHORT') return 'The password needs at least 8 characters.'
  if (body.code === 'PASSWORD_TOO_LONG') return 'The password may have at most 128 characters.'
  return 'This does not look like an email address.'
}

/** Hands the library's cookies to the browser. */
export function passOn(c: Context, { cookies }: LibraryAnswer): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

/** The raw query: its signature covers every character. */
export function searchOf(c: Context): string {
  return new URL(c.req.url).search.slice(1)
}

/** The text fields of a posted form; one that is missing or a file is empty. */
export async function readForm(c: Context) {
  const form = await c.req.parseBody()
  const text = (name: string) => {
    const value = form[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    oauth_query: text('oauth_query'),
    email: text('email').trim(),
    password: text('password'),
    name: text('name'),
    account: text('account'),
    decision: text('decision'),
    expires: text('expires'),
  }
}
