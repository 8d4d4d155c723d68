import type { Token } from './token.ts'

/** Text as HTML that a browser reads back as the same text. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/**
 * A snippet as HTML for inside `<pre><code>`: classes for colours; `data-credential` around what
 * the credential switch replaces, `data-url` on the address.
 */
export function tokensHtml(row: readonly Token[]): string {
  let html = ''
  let inCredential = false
  for (const token of row) {
    if (Boolean(token.credential) !== inCredential) {
      inCredential = !inCredential
      html += inCredential ? '<span data-credential>' : '</span>'
    }
    html += tokenHtml(token)
  }
  return inCredential ? `${html}</span>` : html
}

function tokenHtml({ text, kind, url }: Token): string {
  if (kind === undefined && !url) return escapeHtml(text)
  const attributes = (kind ? ` class="tok-${kind}"` : '') + (url ? ' data-url' : '')
  return `<span${attributes}>${escapeHtml(text)}</span>`
}

/** What of a snippet changes with the credential: nothing where it has none. */
export function credentialTokens(row: readonly Token[]): Token[] {
  return row
    .filter(({ credential }) => credential)
    .map(({ text, kind }) => (kind ? { text, kind } : { text }))
}
