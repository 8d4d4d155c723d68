/**
 * An address of a document as a link may bear it: `https:`, `http:`, `mailto:` or within the site.
 * Nothing for any other, such as `javascript:`.
 */
export function safeAddress(address: string): string | undefined {
  const trimmed = address.trim()
  if (trimmed === '') return undefined
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(trimmed.replace(/[\s\p{Cc}]/gu, ''))?.[1]
  return scheme === undefined || /^(?:https?|mailto)$/i.test(scheme) ? trimmed : undefined
}
