import type { Context, Hono } from 'hono'
import type { ApiKeys } from './api-keys.ts'
import type { ConnectedApps } from './connected-apps.ts'
import { connectedAppsPage } from './pages/connected-apps.ts'
import { type ScopeWords, scopeInWords } from './pages/consent.ts'
import { plainText, renderPage } from './pages/page.ts'
import { sessionsPage } from './pages/sessions.ts'
import { keyLifetimes, type SettingsView, settingsPage } from './pages/settings.ts'
import type { Sessions } from './sessions.ts'
import { passOn, readForm } from './sign-in-routes.ts'
import type { Desk, Visitor } from './visitor.ts'

export interface SettingsParts {
  desk: Desk
  apiKeys: ApiKeys
  apps: ConnectedApps
  sessions: Sessions
  scopes: readonly ScopeWords[]
  now: () => Date
}

/** Keys that one account may hold at a time. */
const mostKeys = 100

/** The account's own pages: API keys, connected apps, sessions. */
export function addSettings(app: Hono, parts: SettingsParts): void {
  const { desk, apiKeys, apps, sessions, scopes, now } = parts

  app.get('/', (c) => c.redirect('/settings', 303))

  app.get('/settings', async (c) => {
    const visitor = await desk.visitor(c)
    return visitor ? show(c, visitor) : c.redirect('/sign-in', 303)
  })

  app.post('/settings/api-keys', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    const form = await readForm(c)
    const name = plainText(form.name, 64)
    const lifetime = keyLifetimes.find(({ value }) => value === form.expires)
    if (name === '') return show(c, visitor, { status: 422, error: 'Give the key a name.' })
    if (!lifetime) {
      return show(c, visitor, { status: 422, name, error: 'Choose when the key expires.' })
    }
    if ((await apiKeys.list(visitor.accountId)).length >= mostKeys) {
      const error = `You have ${mostKeys} keys. Revoke one first.`
      return show(c, visitor, { status: 422, name, error })
    }
    const { key } = await apiKeys.create({
      accountId: visitor.accountId,
      name,
      ...(lifetime.seconds === undefined ? {} : { expiresInSeconds: lifetime.seconds }),
    })
    // Shown in this answer and kept nowhere: a redirect would have to carry it.
    return show(c, visitor, { status: 201, newKey: { name, key } })
  })

  app.post('/settings/api-keys/:id/revoke', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    await apiKeys.revoke(visitor.accountId, c.req.param('id'))
    return c.redirect('/settings', 303)
  })

  app.get('/settings/apps', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    const inWords = (name: string) => scopeInWords(scopes, name)
    return renderPage(
      c,
      connectedAppsPage({ visitor, apps: await apps.list(visitor.accountId), inWords }),
    )
  })

  app.post('/settings/apps/:clientId/revoke', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    await apps.revoke(visitor.accountId, c.req.param('clientId'))
    return c.redirect('/settings/apps', 303)
  })

  app.get('/settings/sessions', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    return renderPage(
      c,
      sessionsPage({ visitor, sessions: await sessions.list(visitor.accountId) }),
    )
  })

  app.post('/settings/sessions/end-all', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    const answer = await desk.call(c, '/revoke-sessions', {})
    if (answer.status !== 200) throw new Error(`Sessions did not end: ${answer.status}`)
    passOn(c, await desk.call(c, '/sign-out', {}))
    return c.redirect('/signed-out', 303)
  })

  app.post('/settings/sessions/:id/end', async (c) => {
    const visitor = await desk.visitor(c)
    if (!visitor) return c.redirect('/sign-in', 303)
    const id = c.req.param('id')
    if (id === visitor.sessionId) {
      passOn(c, await desk.call(c, '/sign-out', {}))
      return c.redirect('/signed-out', 303)
    }
    const token = await sessions.token(visitor.accountId, id)
    if (token !== undefined) {
      const answer = await desk.call(c, '/revoke-session', { token })
      if (answer.status !== 200) throw new Error(`The session did not end: ${answer.status}`)
    }
    return c.redirect('/settings/sessions', 303)
  })

  async function show(c: Context, visitor: Visitor, more: Partial<SettingsView> = {}) {
    const keys = await apiKeys.list(visitor.accountId)
    return renderPage(c, settingsPage({ visitor, keys, now: now(), ...more }))
  }
}
