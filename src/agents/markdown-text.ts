/** Pieces of Markdown, written so that what they hold cannot change what is around them. */

/** Inline code, whatever the text holds; a line break becomes a space. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ')
  const fence = '`'.repeat(longestRun(line) + 1)
  const space = /^`|`$|^ .* $/.test(line) || line === '' ? ' ' : ''
  return fence + space + line + space + fence
}

/** A code block whose fence is longer than any inside it. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`
}

/** Text that a document gives as bare words, for one line: nothing in it is taken for Markdown. */
export function plainWords(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>#|]/g, '\\$&')
}

/** Text of a link or a heading: Markdown without a line break or a bracket that would end it. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/** Puts every line but empty ones further in. */
export function indented(lines: readonly string[], by = '  '): string[] {
  return lines.map((line) => (line === '' ? '' : by + line))
}

/** Blocks with one empty line between them; what is empty is left out. */
export function blocks(...parts: readonly (string | undefined | false)[]): string {
  return parts
    .filter((part): part is string => typeof part === 'string' && part.trim() !== '')
    .map((part) => part.replace(/^\n+|\s+$/g, ''))
    .join('\n\n')
}

/** A table; a bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}
