/** The first sentence of a Markdown text without its marks: the page beside the panel has the rest. */
export function plainDescription(markdown: string): string {
  const [paragraph = ''] = markdown.trim().split(/\n\s*\n/)
  const text = paragraph
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]+/g, '')
    .replace(/\s+/g, ' ')
  return text.split(/(?<=[.!?]) /)[0] ?? ''
}
