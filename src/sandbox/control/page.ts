import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { alert, type Page, renderPage } from '../auth/pages/page.ts'
import { ClockError, type Control } from './control.ts'
import type { LoggedRequest, RequestLog } from './request-log.ts'

const path = '/sandbox'

const steps = [
  { value: '1m', label: '+1 minute' },
  { value: '1h', label: '+1 hour' },
  { value: '1d', label: '+1 day' },
] as const

/** Said after a redirect; its name alone is in the address. */
const notices: Readonly<Record<string, string>> = {
  clock: 'The clock was moved.',
  now: 'The clock shows real time again.',
  reset: 'The data is that of a first start again.',
}

/**
 * Adds the controls' page to the authorization server, whose checks of the host's name and of where
 * a form comes from hold for it, too. It asks for no sign-in: whoever reaches this server can
 * continue as the demo user anyway.
 */
export function addControlPage(app: Hono, control: Control, log: RequestLog): void {
  app.get(path, (c) => show(c, { notice: notices[c.req.query('done') ?? ''] }))

  app.post(`${path}/clock`, async (c) => {
    const { forward } = await c.req.parseBody()
    if (forward === 'back') {
      await control.back()
      return c.redirect(`${path}?done=now`, 303)
    }
    try {
      await control.forward(typeof forward === 'string' ? forward : '')
    } catch (error) {
      if (!(error instanceof ClockError)) throw error
      return show(c, { status: 422, clockError: error.message })
    }
    return c.redirect(`${path}?done=clock`, 303)
  })

  app.post(`${path}/reset`, async (c) => {
    const { sure } = await c.req.parseBody()
    if (sure !== 'yes') {
      return show(c, { status: 422, resetError: 'Tick that you mean it, then press again.' })
    }
    await control.reset()
    return c.redirect(`${path}?done=reset`, 303)
  })

  function show(c: Context, more: Partial<View>) {
    return renderPage(c, controlPage({ clock: control.clock(), requests: log.newest, ...more }))
  }
}

interface View {
  clock: ReturnType<Control['clock']>
  requests: readonly LoggedRequest[]
  notice?: string
  clockError?: string
  resetError?: string
  status?: Page['status']
}

function controlPage(view: View): Page {
  const { clock, requests, notice, clockError, resetError, status } = view
  return {
    heading: 'Sandbox controls',
    wide: true,
    ...(status === undefined ? {} : { status }),
    body: html`
      <p>
        So that nobody has to wait for a schedule, an import or a day to pass. API keys, connected
        apps and sessions are in the <a href="/settings">settings</a>.
      </p>
      ${notice === undefined ? '' : html`<p class="notice" role="status">${notice}</p>`}
      <section aria-labelledby="clock">
        <h2 id="clock">Clock</h2>
        ${alert(clockError)}
        <dl class="facts">
          <dt>Sandbox time</dt>
          <dd>${time(clock.now)}</dd>
          <dt>Real time</dt>
          <dd>${time(clock.realTime)}</dd>
          <dt>Ahead by</dt>
          <dd>${inWords(clock.aheadSeconds)}</dd>
        </dl>
        <form method="post" action="${path}/clock" class="choices">
          ${steps.map(
            ({ value, label }) =>
              html`<button class="secondary" name="forward" value="${value}">${label}</button>`,
          )}
          <button class="secondary" name="forward" value="back">Back to now</button>
        </form>
        <p class="note">
          Streams, schedules, credits, imports, upload addresses and idempotency keys go by this
          clock. Sign-ins, tokens and API keys go by real time. Going back undoes nothing: what
          happened stays, with its times.
        </p>
      </section>
      <section aria-labelledby="data">
        <h2 id="data">Data</h2>
        <p>
          Brings back the demo account's streams, uploads, playlists, destinations and credits, and
          empties every other account. Accounts, keys and sign-ins stay.
        </p>
        ${alert(resetError)}
        <form method="post" action="${path}/reset">
          <p class="check">
            <input type="checkbox" id="sure" name="sure" value="yes" required />
            <label for="sure">Forget everything that was made here</label>
          </p>
          <button class="secondary">Reset the data</button>
        </form>
      </section>
      <section>
        <h2 id="requests">Last requests</h2>
        ${requests.length === 0 ? html`<p>None yet.</p>` : requestTable(requests)}
      </section>
    `,
  }
}

function requestTable(requests: readonly LoggedRequest[]) {
  return html`<div class="scroll" role="region" aria-labelledby="requests" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Request</th>
          <th scope="col">Status</th>
          <th scope="col" class="number">ms</th>
        </tr>
      </thead>
      <tbody>
        ${requests.map(requestRow)}
      </tbody>
    </table>
  </div>`
}

function requestRow(request: LoggedRequest) {
  const { at, server, method, path, status, ms, operationId, fault } = request
  return html`<tr>
    <td><time datetime="${at}">${at.slice(11, 19)}</time></td>
    <td>
      <code class="line">${method} ${path}</code>
      <span class="line soft">${operationId ?? server}</span>
    </td>
    <td>
      ${status ?? 'none'}
      ${fault === undefined ? '' : html`<code class="line">${fault}</code>`}
    </td>
    <td class="number">${ms < 10 ? ms : Math.round(ms)}</td>
  </tr>`
}

function time(iso: string) {
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}

function inWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [Math.floor(seconds % 60), 's'],
  ] as const
  const words = parts.filter(([amount]) => amount > 0).map((part) => part.join(' '))
  return words.length > 0 ? words.join(' ') : 'nothing'
}
