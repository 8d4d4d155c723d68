/**
 * The first sentence of a Markdown text, for a list or a `<meta>`: its first paragraph up to a full
 * stop, kept as Markdown. Empty where the text begins with something else, such as a table.
 */
export function firstSentence(markdown: string): string {
  const paragraph = markdown.trim().split(/\n\s*\n/)[0] ?? ''
  if (/^(?:[#>|*\-+`~]|\d+[.)]\s)/.test(paragraph)) return ''
  const text = paragraph.replace(/\s+/g, ' ')
  // A full stop ends a sentence when a space and a capital or nothing follow; "e.g. so" does not.
  const end = /[.!?](?=\s+\p{Lu}|\s*$)/u.exec(text)
  return end ? text.slice(0, end.index + 1) : text
}

/** Markdown as bare text, for a `<meta>`: links keep their words, code its text. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
}
