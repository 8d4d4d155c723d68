import { html } from 'hono/html'
import type { ApiKeySummary } from '../api-keys.ts'
import type { Visitor } from '../visitor.ts'
import { alert, type Page, who } from './page.ts'

const day = 24 * 3600

/** How long a new key may live. Seconds; undefined: until it is revoked. */
export const keyLifetimes = [
  { value: '30d', label: '30 days', seconds: 30 * day },
  { value: '90d', label: '90 days', seconds: 90 * day },
  { value: '1y', label: '1 year', seconds: 365 * day },
  { value: 'none', label: 'Never', seconds: undefined },
] as const

export interface SettingsView {
  visitor: Visitor
  keys: readonly ApiKeySummary[]
  now: Date
  /** Just made: shown this once. */
  newKey?: { name: string; key: string }
  /** What was typed, where it could not be used. */
  name?: string
  error?: string
  status?: Page['status']
}

export function settingsPage(view: SettingsView): Page {
  const { visitor, keys, now, newKey, name = '', error, status } = view
  return {
    heading: 'Settings',
    wide: true,
    ...(status === undefined ? {} : { status }),
    body: html`
      <div class="account">
        <p>Signed in as ${who(visitor)}</p>
        <form method="post" action="/sign-out"><button class="link">Sign out</button></form>
      </div>
      <section aria-labelledby="keys">
        <h2 id="keys">API keys</h2>
        <p>
          A key opens your whole account. Keep it on a server or in your terminal, never in a browser.
          Requests carry it in the header <code>x-api-key</code>.
        </p>
        ${newKey === undefined ? '' : freshKey(newKey)} ${keys.length === 0 ? '' : keyTable(keys, now)}
        <h3>New key</h3>
        ${alert(error)}
        <form method="post" action="/settings/api-keys" class="row">
          <div>
            <label for="name">Name</label>
            <input id="name" name="name" required maxlength="64" autocomplete="off" value="${name}" />
          </div>
          <div>
            <label for="expires">Expires after</label>
            <select id="expires" name="expires">
              ${keyLifetimes.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
            </select>
          </div>
          <button class="primary">Create key</button>
        </form>
      </section>
    `,
  }
}

function freshKey({ name, key }: { name: string; key: string }) {
  return html`<div class="fresh" role="status">
    <p><strong>${name}</strong> is ready. Copy it now: it is not shown again.</p>
    <label for="new-key">Your new API key</label>
    <input id="new-key" class="code" readonly value="${key}" autocomplete="off" spellcheck="false" />
  </div>`
}

function keyTable(keys: readonly ApiKeySummary[], now: Date) {
  return html`<div class="scroll" role="region" aria-labelledby="keys" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Key</th>
          <th scope="col">Created</th>
          <th scope="col">Expires</th>
          <th scope="col">Last used</th>
          <th scope="col"><span class="unseen">Revoke</span></th>
        </tr>
      </thead>
      <tbody>
        ${keys.map((key) => keyRow(key, now))}
      </tbody>
    </table>
  </div>`
}

function keyRow({ id, name, start, createdAt, expiresAt, lastUsedAt }: ApiKeySummary, now: Date) {
  const expired = expiresAt !== undefined && expiresAt <= now
  return html`<tr>
    <th scope="row" class="given">${name}</th>
    <td><code>${start}…</code></td>
    <td>${date(createdAt)}</td>
    <td>
      ${
        expiresAt === undefined
          ? 'Never'
          : html`${expired ? html`<strong>Expired</strong> ` : ''}${date(expiresAt)}`
      }
    </td>
    <td>${lastUsedAt === undefined ? 'Never' : dateAndTime(lastUsedAt)}</td>
    <td>
      <form method="post" action="/settings/api-keys/${id}/revoke">
        <button class="danger" aria-label="Revoke ${name}">Revoke</button>
      </form>
    </td>
  </tr>`
}

function date(instant: Date) {
  const iso = instant.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`
}

function dateAndTime(instant: Date) {
  const iso = instant.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`
}
