import { createHash } from 'node:crypto'

/** Longest slug: a file name may have 255 bytes, and hosts add to it. */
const longest = 100

/**
 * Words in kebab case: `listStreams` → `list-streams`, `STREAM_LIVE` → `stream-live`. Letters and
 * digits of any script stay; the rest parts words.
 */
export function kebabCase(text: string): string {
  const slug = text
    .normalize('NFKC')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1-$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1-$2')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  if (slug.length <= longest) return slug
  return `${slug.slice(0, longest).replace(/-+$/, '')}-${shortHash(text)}`
}

/** Slug of an operation without an id: `GET /streams/{id}` → `get-streams-id`. */
export function slugOfPath(method: string, path: string): string {
  return kebabCase(`${method} ${path}`)
}

/** Eight characters that stand for a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** A tag's name as a heading: `api-keys` → `Api Keys`; one with capitals stays as it is. */
export function titleCase(name: string): string {
  if (/\p{Lu}/u.test(name) && !/[-_]/.test(name)) return name
  return name
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .replace(
      /(^|\s)(\p{Ll})/gu,
      (_match, before: string, letter: string) => before + letter.toUpperCase(),
    )
}
