import { html } from 'hono/html'
import type { ApiKeySummary } from '../api-keys.ts'
import type { Visitor } from '../visitor.ts'
import { alert, type Page } from './page.ts'
import { date, dateAndTime, inSettings } from './settings-frame.ts'

const day = 24 * 3600

/** How long a new key may live. Seconds; undefined: until it is revoked. */
export const keyLifetimes = [
  { value: '30d', label: 'In 30 days', seconds: 30 * day },
  { value: '90d', label: 'In 90 days', seconds: 90 * day },
  { value: '1y', label: 'In 1 year', seconds: 365 * day },
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
  return inSettings(
    '/settings',
    visitor,
    html`
        <p>
          A key opens your whole account. Keep it on a server or in your terminal, never in a browser.
          Requests carry it in the header <code class="term">x-api-key</code>.
        </p>
        ${newKey === undefined ? '' : freshKey(newKey)} ${keys.length === 0 ? '' : keyList(keys, now)}
        <h3>New key</h3>
        ${alert(error)}
        <form method="post" action="/settings/api-keys" class="row">
          <div>
            <label for="name">Name</label>
            <input id="name" name="name" required maxlength="64" autocomplete="off" value="${name}" />
          </div>
          <div>
            <label for="expires">Expires</label>
            <select id="expires" name="expires">
              ${keyLifetimes.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
            </select>
          </div>
          <button class="primary">Create key</button>
        </form>
    `,
    status,
  )
}

function freshKey({ name, key }: { name: string; key: string }) {
  return html`<div class="fresh" role="status">
    <p><strong>${name}</strong> is ready. Copy it now: it is not shown again.</p>
    <label for="new-key">Your new API key</label>
    <input id="new-key" class="code" readonly autofocus value="${key}" autocomplete="off" spellcheck="false" />
  </div>`
}

function keyList(keys: readonly ApiKeySummary[], now: Date) {
  return html`<ul class="list keys">
    ${keys.map((key) => keyItem(key, now))}
  </ul>`
}

function keyItem({ id, name, start, createdAt, expiresAt, lastUsedAt }: ApiKeySummary, now: Date) {
  const expired = expiresAt !== undefined && expiresAt <= now
  return html`<li>
    <div>
      <p><strong class="given">${name}</strong> <code>${start}…</code></p>
      <p class="soft">
        Created ${date(createdAt)} ·
        ${
          expiresAt === undefined
            ? 'Never expires'
            : expired
              ? html`<strong>Expired ${date(expiresAt)}</strong>`
              : html`Expires ${date(expiresAt)}`
        }
        · ${lastUsedAt === undefined ? 'Never used' : html`Last used ${dateAndTime(lastUsedAt)}`}
      </p>
    </div>
    <form method="post" action="/settings/api-keys/${id}/revoke">
      <button class="danger" aria-label="Revoke ${name}">Revoke</button>
    </form>
  </li>`
}
