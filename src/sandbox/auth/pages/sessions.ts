import { html } from 'hono/html'
import { browserInWords } from '../browser-words.ts'
import type { SessionSummary } from '../sessions.ts'
import type { Visitor } from '../visitor.ts'
import type { Page } from './page.ts'
import { dateAndTime, inSettings } from './settings-frame.ts'

export interface SessionsView {
  visitor: Visitor
  sessions: readonly SessionSummary[]
}

export function sessionsPage({ visitor, sessions }: SessionsView): Page {
  return inSettings(
    '/settings/sessions',
    visitor,
    html`
      <p>
        Where you are signed in. Signing out also ends the access of applications used there, except
        those you allowed to stay connected while you are away: revoke these under
        <a href="/settings/apps">Connected apps</a>.
      </p>
      <ul class="list">
        ${sessions.map((session) => sessionItem(session, session.id === visitor.sessionId))}
      </ul>
      <form method="post" action="/settings/sessions/end-all" class="below">
        <button class="secondary">Sign out everywhere</button>
      </form>
    `,
  )
}

function sessionItem({ id, createdAt, userAgent }: SessionSummary, isThisOne: boolean) {
  const browser = browserInWords(userAgent)
  return html`<li>
    <div>
      <h3>${browser}</h3>
      <p class="soft">
        ${isThisOne ? html`<strong class="badge">This one</strong> · ` : ''}Signed in since
        ${dateAndTime(createdAt)}
      </p>
    </div>
    <form method="post" action="/settings/sessions/${id}/end">
      <button class="danger" aria-label="Sign out ${browser}, since ${createdAt.toISOString().slice(0, 16).replace('T', ' ')}">
        Sign out
      </button>
    </form>
  </li>`
}
