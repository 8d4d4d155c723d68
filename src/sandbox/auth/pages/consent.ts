import { html } from 'hono/html'
import { redirectHost, redirectSource } from '../signed-query.ts'
import type { Visitor } from '../visitor.ts'
import { alert, type Page, pendingField, who } from './page.ts'

/** A scope in words for the person who grants it. */
export interface ScopeWords {
  name: string
  description: string
  /** Deletes or spends: marked, so that nobody grants it without noticing. */
  dangerous: boolean
}

/** A service that tokens can be for. */
export interface ResourceWords {
  identifier: string
  name: string
}

export interface ConsentView {
  query: string
  visitor: Visitor
  /** What the application calls itself. Anyone can register any name. */
  clientName: string
  /** Only https, shown as text. */
  clientUri?: string
  redirectUri: string
  /** The services that it could call with this. Others the library refuses before. */
  resources: readonly ResourceWords[]
  scopes: readonly ScopeWords[]
  error?: string
  status?: Page['status']
}

/** What identity scopes let an application see. Those of the API come from its document. */
const identityWords: Readonly<Record<string, string>> = {
  openid: 'Know which account is yours, by its id.',
  profile: 'See your name.',
  email: 'See your email address.',
  offline_access: 'Stay connected while you are away, until you disconnect it.',
}

/** A scope in words; one that nobody described goes by its name. */
export function scopeInWords(known: readonly ScopeWords[], name: string): ScopeWords {
  return (
    known.find((scope) => scope.name === name) ?? {
      name,
      description: identityWords[name] ?? name,
      dangerous: false,
    }
  )
}

export function consentPage(view: ConsentView): Page {
  const { query, visitor, clientName, clientUri, redirectUri, resources } = view
  const { scopes, error, status } = view
  return {
    heading: `Authorize ${clientName}`,
    ...(status === undefined ? {} : { status }),
    formTargets: [redirectSource(redirectUri)],
    body: html`
      <p>
        An unverified application, which chose its own name. Your answer goes back to
        <code class="given">${redirectHost(redirectUri)}</code>${
          clientUri === undefined
            ? ''
            : html`; it says that its site is <span class="given">${clientUri}</span>`
        }.
      </p>
      <div class="account">
        <p>Signed in as ${who(visitor)}</p>
        <form method="post" action="/switch-account">
          ${pendingField(query)}
          <button class="link">Use another account</button>
        </form>
      </div>
      ${alert(error)}
      <form method="post" action="/consent">
        ${pendingField(query)}
        <input type="hidden" name="account" value="${visitor.accountId}" />
        <fieldset>
          <legend>${resources.length === 0 ? 'It asks to' : html`At ${resources.map(inSentence)} it asks to`}</legend>
          ${resources.map(({ identifier }) => html`<p class="for"><code>${identifier}</code></p>`)}
          <ul class="scopes">
            ${scopes.map(scopeItem)}
          </ul>
        </fieldset>
        <p class="note">Untick what you do not want to allow.</p>
        <div class="choices">
          <button class="primary" name="decision" value="allow">Allow</button>
          <button class="secondary" name="decision" value="deny">Deny</button>
        </div>
      </form>
    `,
  }
}

function inSentence({ name }: ResourceWords, index: number) {
  return html`${index === 0 ? '' : ' and '}the ${name}`
}

function scopeItem({ name, description, dangerous }: ScopeWords) {
  const id = `scope-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`
  return html`<li class="${dangerous ? 'dangerous' : ''}">
    <input type="checkbox" id="${id}" name="scope" value="${name}" checked />
    <label for="${id}">
      ${dangerous ? html`<strong class="mark">Careful</strong>` : ''}
      <span>${description}</span>
      <code>${name}</code>
    </label>
  </li>`
}
