import type { Context, Hono } from 'hono'
import type { Applications } from './applications.ts'
import { consentPage, type ResourceWords, type ScopeWords, scopeInWords } from './pages/consent.ts'
import { unusableRequestPage } from './pages/message.ts'
import { type Page, renderPage } from './pages/page.ts'
import { passOn, readForm, searchOf } from './sign-in-routes.ts'
import type { PendingAuthorization, ReadQuery } from './signed-query.ts'
import type { Desk, Visitor } from './visitor.ts'

export interface ConsentParts {
  desk: Desk
  applications: Applications
  scopes: readonly ScopeWords[]
  /** What tokens of this server can be for. */
  resources: readonly ResourceWords[]
  readQuery: (text: string) => Promise<ReadQuery>
}

/** Where a person allows or denies what an application asks for. */
export function addConsent(
  app: Hono,
  { desk, applications, scopes: known, resources: services, readQuery }: ConsentParts,
): void {
  app.get('/consent', async (c) => {
    const read = await readQuery(searchOf(c))
    if (read.state !== 'good') return renderPage(c, unusableRequestPage())
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect(`/sign-in?${read.pending.query}`, 303)
    return show(c, read.pending, visitor)
  })

  app.post('/consent', async (c) => {
    const { oauth_query: query, account, decision } = await readForm(c)
    const read = await readQuery(query)
    if (read.state !== 'good') return renderPage(c, unusableRequestPage())
    const { pending } = read
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect(`/sign-in?${pending.query}`, 303)
    // The signed query is bound to no account. Someone who switched accounts in another tab must
    // see whose account it is about before anything is allowed.
    if (account !== visitor.accountId) {
      return show(c, pending, visitor, {
        status: 409,
        error: 'You are signed in with another account than before. Check it, then decide.',
      })
    }
    const ticked = await readTicked(c)
    const granted = pending.scopes.filter((name) => ticked.has(name))
    const accept = decision === 'allow'
    if (accept && granted.length === 0) {
      return show(c, pending, visitor, {
        status: 422,
        error: 'Nothing is ticked. Tick at least one line, or deny.',
      })
    }
    const answer = await desk.call(c, '/oauth2/consent', {
      accept,
      oauth_query: pending.query,
      ...(accept ? { scope: granted.join(' ') } : {}),
    })
    passOn(c, answer)
    const { url } = answer.body
    return answer.status === 200 && typeof url === 'string'
      ? c.redirect(url, 303)
      : renderPage(c, unusableRequestPage())
  })

  async function show(
    c: Context,
    { query, clientId, redirectUri, resources, scopes }: PendingAuthorization,
    visitor: Visitor,
    problem: { status?: Page['status']; error?: string } = {},
  ) {
    const application = await applications.find(clientId)
    if (!application) return renderPage(c, unusableRequestPage())
    return renderPage(
      c,
      consentPage({
        query,
        visitor,
        redirectUri,
        clientName: application.name,
        ...(application.uri === undefined ? {} : { clientUri: application.uri }),
        resources: services.filter(({ identifier }) => resources.includes(identifier)),
        scopes: scopes.map((name) => scopeInWords(known, name)),
        ...problem,
      }),
    )
  }
}

async function readTicked(c: Context): Promise<Set<string>> {
  const { scope } = await c.req.parseBody({ all: true })
  const values = Array.isArray(scope) ? scope : [scope]
  return new Set(values.filter((value) => typeof value === 'string'))
}
