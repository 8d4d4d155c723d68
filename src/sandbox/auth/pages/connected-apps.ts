import { html } from 'hono/html'
import type { ConnectedApp } from '../connected-apps.ts'
import type { Visitor } from '../visitor.ts'
import type { ScopeWords } from './consent.ts'
import type { Page } from './page.ts'
import { date, inSettings } from './settings-frame.ts'

export interface ConnectedAppsView {
  visitor: Visitor
  apps: readonly ConnectedApp[]
  inWords(scope: string): ScopeWords
}

export function connectedAppsPage({ visitor, apps, inWords }: ConnectedAppsView): Page {
  return inSettings(
    '/settings/apps',
    visitor,
    html`
      <p>
        Applications that you allowed to use your account. Revoking ends all their access at once,
        wherever you signed in to them; they have to ask you again.
      </p>
      ${
        apps.length === 0
          ? html`<p class="soft">No application has access to your account.</p>`
          : html`<ul class="list">
              ${apps.map((app) => appItem(app, inWords))}
            </ul>`
      }
    `,
  )
}

function appItem(
  { clientId, name, scopes, firstAuthorizedAt }: ConnectedApp,
  inWords: ConnectedAppsView['inWords'],
) {
  return html`<li>
    <div>
      <h3 class="given">${name}</h3>
      <p class="soft">First authorized ${date(firstAuthorizedAt)}</p>
      <ul class="granted">
        ${scopes.map((scope) => {
          const { description, dangerous } = inWords(scope)
          return html`<li>
            ${dangerous ? html`<strong class="mark">Careful</strong>` : ''} ${description}
          </li>`
        })}
      </ul>
    </div>
    <form method="post" action="/settings/apps/${encodeURIComponent(clientId)}/revoke">
      <button class="danger" aria-label="Revoke ${name}">Revoke</button>
    </form>
  </li>`
}
