import { html } from 'hono/html'
import { type Page, plainText } from './page.ts'

export function signOutPage(): Page {
  return {
    heading: 'Sign out?',
    body: html`
      <p>Applications that you signed in to through this sandbox lose their access, too.</p>
      <form method="post" action="/sign-out">
        <div class="choices">
          <button class="primary">Sign out</button>
          <a class="secondary" href="/settings">Stay signed in</a>
        </div>
      </form>
    `,
  }
}

export function signedOutPage(): Page {
  return {
    heading: 'Signed out',
    body: html`
      <p>Your session in this sandbox has ended, and so has the access of applications in it.</p>
      <p><a href="/sign-in">Sign in again</a></p>
    `,
  }
}

/** A sign-in that was begun long ago, or a link that was cut short or edited. */
export function unusableRequestPage(): Page {
  return {
    heading: 'This sign-in cannot go on',
    status: 400,
    body: html`
      <p>
        It was begun more than ten minutes ago, or its link was changed on the way. Nothing was
        allowed.
      </p>
      <p>Go back to the application and start again.</p>
    `,
  }
}

export function foreignFormPage(): Page {
  return {
    heading: 'Request refused',
    status: 403,
    body: html`
      <p>This form was not sent from a page of this server, so nothing was done.</p>
      <p><a href="/settings">Go to your settings</a></p>
    `,
  }
}

export function tooManyPage(seconds: number | undefined): Page {
  return {
    heading: 'Too many requests',
    status: 429,
    body: html`<p>Wait ${seconds ?? 60} seconds, then try again.</p>`,
  }
}

export function notFoundPage(): Page {
  return {
    heading: 'Nothing here',
    status: 404,
    body: html`<p>This server signs people in. <a href="/settings">Go to your settings</a></p>`,
  }
}

/** @param busy The disk or the database did not take it; a later try may work. */
export function failurePage(busy: boolean): Page {
  return {
    heading: busy ? 'Not possible right now' : 'Something went wrong',
    status: busy ? 503 : 500,
    body: busy
      ? html`<p>The sandbox could not write to its disk. Nothing was changed. Try again shortly.</p>`
      : html`<p>The sandbox failed to do this. Its terminal window says more.</p>`,
  }
}

const knownErrors = new Map([
  ['invalid_client', 'No application is registered under this id. It may have been removed.'],
  ['client_disabled', 'This application was switched off.'],
  ['invalid_redirect', 'The application asked to be answered at an address it never registered.'],
  ['invalid_request', 'The application sent a request that is incomplete or contradicts itself.'],
  ['unsupported_response_type', 'The application asked for an answer other than a code.'],
  ['unauthorized_client', 'The application did not register for signing people in.'],
])

/**
 * Where a request fails before the application's address is known to be its own, so that nobody
 * may be sent back.
 *
 * @param code From the query: anyone can write it.
 * @param description Likewise; shown as text, cut short.
 */
export function errorPage(code: string, description: string): Page {
  const known = knownErrors.get(code)
  const detail = plainText(description, 200)
  return {
    heading: 'This request cannot be answered',
    status: 400,
    body: html`
      <p>${known ?? 'The application sent a request that this server does not understand.'}</p>
      <p>Nothing was allowed. Go back to the application and start again.</p>
      <dl class="facts">
        <dt>Error</dt>
        <dd><code>${plainText(code, 60) || 'unknown'}</code></dd>
        ${detail === '' ? '' : html`<dt>It says</dt><dd class="given">${detail}</dd>`}
      </dl>
    `,
  }
}
