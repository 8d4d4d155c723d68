import { joinBase } from '../site-path.ts'

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

/**
 * An address in the words of a document as a link may bear it: within the site where the document is
 * the site's own, and resolved against the document's home where it is someone else's. Nothing where
 * it leads nowhere.
 *
 * @param places `linkRoot` is the home of someone else's document, empty where nobody knows it.
 */
export function documentAddress(
  address: string,
  { base = '', linkRoot }: { base?: string; linkRoot?: string | undefined },
): string | undefined {
  const safe = safeAddress(address)
  if (safe === undefined) return undefined
  if (linkRoot === undefined || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(safe)) {
    return joinBase(base, safe)
  }
  return URL.canParse(safe, linkRoot) ? new URL(safe, linkRoot).href : undefined
}
