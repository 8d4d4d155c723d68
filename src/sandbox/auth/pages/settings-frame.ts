import { html } from 'hono/html'
import type { Visitor } from '../visitor.ts'
import { type Markup, type Page, who } from './page.ts'

const pages = [
  { path: '/settings', name: 'API keys' },
  { path: '/settings/apps', name: 'Connected apps' },
  { path: '/settings/sessions', name: 'Sessions' },
] as const

export type SettingsPath = (typeof pages)[number]['path']

/** One of the pages of the settings, with the way to the others. */
export function inSettings(
  path: SettingsPath,
  visitor: Visitor,
  body: Markup,
  status?: Page['status'],
): Page {
  const name = pages.find((page) => page.path === path)?.name
  return {
    heading: 'Settings',
    title: `${name} · Settings`,
    wide: true,
    ...(status === undefined ? {} : { status }),
    body: html`
      <div class="account">
        <p>Signed in as ${who(visitor)}</p>
        <form method="post" action="/sign-out"><button class="link">Sign out</button></form>
      </div>
      <nav aria-label="Settings" class="tabs">
        <ul>
          ${pages.map(
            (page) => html`<li>
              ${
                page.path === path
                  ? html`<a href="${page.path}" aria-current="page">${page.name}</a>`
                  : html`<a href="${page.path}">${page.name}</a>`
              }
            </li>`,
          )}
          <li><a href="/sandbox">Sandbox controls</a></li>
        </ul>
      </nav>
      <section aria-labelledby="part">
        <h2 id="part">${name}</h2>
        ${body}
      </section>
    `,
  }
}

export function date(instant: Date): Markup {
  const iso = instant.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`
}

export function dateAndTime(instant: Date): Markup {
  const iso = instant.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`
}
