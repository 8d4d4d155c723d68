import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Visitor } from '../visitor.ts'

/** Markup whose values are escaped already. */
export type Markup = ReturnType<typeof html>

export interface Page {
  /** The page's one `h1`. */
  heading: string
  /** Where the heading alone does not tell the page from others. */
  title?: string
  body: Markup
  status?: 200 | 201 | 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503
  /** Where the answer to a form of this page may lead, beside this server. */
  formTargets?: readonly string[]
  /** Wider, for lists. */
  wide?: boolean
}

const css = readFileSync(new URL('./page.css', import.meta.url), 'utf8')
const fingerprint = createHash('sha256').update(css).digest('base64url').slice(0, 10)

/** The one style sheet of the pages; its name changes with its content. */
export const styleSheet = { path: `/assets/page.${fingerprint}.css`, css }

const loop =
  'M30 18C24 8 18 4.500 13 4.5a13.5 13.5 0 0 0 0 27c5 0 11-3.500 17-13.500s12-13.500 17-13.500a13.500 13.500 0 0 1 0 27c-3.500 0-7-1.700-10.500-5'

/** The mark alone, for browser tabs. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -12 60 60" fill="none" stroke="#d2491a" stroke-width="6" stroke-linecap="round"><path d="${loop}"/></svg>`

/** Answers with a whole document that works without script and lets nothing else in. */
export function renderPage(
  c: Context,
  { heading, title = heading, body, status = 200, formTargets = [], wide = false }: Page,
): Response | Promise<Response> {
  c.header('cache-control', 'no-store')
  c.header(
    'content-security-policy',
    [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      `form-action ${["'self'", ...formTargets].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  )
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · Streamloop sandbox</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="${styleSheet.path}" />
        </head>
        <body>
          <header>
            <p class="brand">
              <svg viewBox="0 0 60 36" aria-hidden="true" focusable="false"><path d="${loop}" /></svg>
              <span>Streamloop <span class="soft">Sandbox</span></span>
            </p>
          </header>
          <main class="${wide ? 'wide' : 'narrow'}">
            <h1>${heading}</h1>
            ${body}
          </main>
          <footer>
            <p>This runs on your own machine. Nothing here reaches streamloop.app.</p>
          </footer>
        </body>
      </html>`,
    status,
  )
}

/** A message above a form: what went wrong, read out by screen readers as the page loads. */
export function alert(message: string | undefined): Markup | '' {
  return message === undefined ? '' : html`<p class="alert" role="alert">${message}</p>`
}

/** Carries a pending authorization through a form. */
export function pendingField(query: string | undefined): Markup | '' {
  return query === undefined
    ? ''
    : html`<input type="hidden" name="oauth_query" value="${query}" />`
}

/** Who is signed in. */
export function who({ name, email }: Visitor): Markup {
  return html`<strong>${name}</strong> <span class="soft">${email}</span>`
}

/**
 * Text that someone else chose, made safe to stand in a sentence of ours: one line, no characters
 * that turn the writing direction or hide, not longer than it may be.
 */
export function plainText(text: string, most: number): string {
  const clean = text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return clean.length > most ? `${clean.slice(0, most - 1).trimEnd()}…` : clean
}
