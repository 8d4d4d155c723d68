import { html } from 'hono/html'
import { alert, type Page, pendingField } from './page.ts'

export interface SignInView {
  /** The signed query of an authorization that waits; absent when the page was opened by itself. */
  query?: string
  /** Where a pending authorization may lead after signing in. */
  formTargets?: readonly string[]
  /** The name of the application that waits. */
  application?: string
  email?: string
  error?: string
  status?: Page['status']
  /** Shows the button that needs no typing. */
  demo: boolean
}

export function signInPage(view: SignInView): Page {
  const { query, application, email = '', error, demo } = view
  const suffix = query === undefined ? '' : `?${query}`
  return {
    heading: 'Sign in',
    ...shared(view),
    body: html`
      ${waiting(application)} ${alert(error)}
      ${
        demo
          ? html`<form method="post" action="/sign-in/demo">
                ${pendingField(query)}
                <button class="primary">Continue as the demo user</button>
                <p class="note">An account with streams, uploads and invoices to try things on.</p>
              </form>
              <p class="or"><span>or with your own sandbox account</span></p>`
          : ''
      }
      <form method="post" action="/sign-in">
        ${pendingField(query)}
        <label for="email">Email</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          value="${email}"
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="128"
        />
        <button class="${demo ? 'secondary' : 'primary'}">Sign in</button>
      </form>
      <p class="aside">No account yet? <a href="/sign-up${suffix}">Create one</a></p>
    `,
  }
}

export interface SignUpView extends Omit<SignInView, 'demo'> {
  name?: string
}

export function signUpPage(view: SignUpView): Page {
  const { query, application, email = '', name = '', error } = view
  const suffix = query === undefined ? '' : `?${query}`
  return {
    heading: 'Create an account',
    ...shared(view),
    body: html`
      ${waiting(application)} ${alert(error)}
      <p>It lives in this sandbox alone. No mail is sent.</p>
      <form method="post" action="/sign-up">
        ${pendingField(query)}
        <label for="name">Name</label>
        <input id="name" name="name" autocomplete="name" required maxlength="80" value="${name}" />
        <label for="email">Email</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          value="${email}"
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="8"
          maxlength="128"
          aria-describedby="password-rule"
        />
        <p class="note" id="password-rule">At least 8 characters.</p>
        <button class="primary">Create account</button>
      </form>
      <p class="aside">Have an account? <a href="/sign-in${suffix}">Sign in</a></p>
    `,
  }
}

function waiting(application: string | undefined) {
  return application === undefined
    ? ''
    : html`<p>to continue to <strong class="given">${application}</strong></p>`
}

function shared({
  formTargets,
  status,
}: {
  formTargets?: readonly string[]
  status?: Page['status']
}) {
  return {
    ...(formTargets === undefined ? {} : { formTargets }),
    ...(status === undefined ? {} : { status }),
  }
}
