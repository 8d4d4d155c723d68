import type { Context, Hono } from 'hono'
import type { ApiKeys } from './api-keys.ts'
import { plainText, renderPage } from './pages/page.ts'
import { keyLifetimes, type SettingsView, settingsPage } from './pages/settings.ts'
import { readForm } from './sign-in-routes.ts'
import type { Desk, Visitor } from './visitor.ts'

export interface SettingsParts {
  desk: Desk
  apiKeys: ApiKeys
  now: () => Date
}

/** Keys that one account may hold at a time. */
const mostKeys = 100

/** The account's own page: API keys and signing out. */
export function addSettings(app: Hono, { desk, apiKeys, now }: SettingsParts): void {
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
    if (apiKeys.list(visitor.accountId).length >= mostKeys) {
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

  function show(c: Context, visitor: Visitor, more: Partial<SettingsView> = {}) {
    const keys = apiKeys.list(visitor.accountId)
    return renderPage(c, settingsPage({ visitor, keys, now: now(), ...more }))
  }
}
