import type { Link } from './links.ts'

/**
 * A description of the document, put into a page: its highest heading becomes `level`, as on the
 * HTML page, and its links to the site become absolute. Code stays as it is.
 *
 * Works line by line: a description comes from anyone, and a parser needs the square of its depth.
 */
export function settleDescription(source: string, level: number, link: Link): string {
  const lines = source.trim().replaceAll('\r\n', '\n').split('\n')
  const code = codeLines(lines)
  const levels = lines.flatMap((line, index) => (code[index] ? [] : (headingLevel(line) ?? [])))
  const shift = levels.length > 0 ? level - Math.min(...levels) : 0
  return lines
    .map((line, index) => (code[index] ? line : settleLinks(settleHeading(line, shift), link)))
    .join('\n')
}

/** The same as one paragraph on one line, or undefined where it is more than a paragraph. */
export function settleInline(source: string, link: Link): string | undefined {
  const text = source.trim()
  if (/\n\s*\n|^\s*(?:[#>|~+*-]|```|\d+[.)]\s)|^\s*[-=]+\s*$/m.test(text)) return undefined
  return settleLinks(text.replace(/\s*\n\s*/g, ' '), link)
}

/** Marks the lines of fenced code, fences included. */
function codeLines(lines: readonly string[]): boolean[] {
  let fence = ''
  return lines.map((line) => {
    const [, run = '', info = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (fence === '') {
      // Backticks in an info string make the line inline code instead.
      if (run === '' || (run.startsWith('`') && info.includes('`'))) return false
      fence = run
      return true
    }
    if (run.startsWith(fence) && info.trim() === '') fence = ''
    return true
  })
}

function headingLevel(line: string): number | undefined {
  return /^ {0,3}(#{1,6})(?:\s|$)/.exec(line)?.[1]?.length
}

function settleHeading(line: string, shift: number): string {
  const level = headingLevel(line)
  if (level === undefined || shift === 0) return line
  return line.replace(/#+/, '#'.repeat(Math.min(6, Math.max(1, level + shift))))
}

function settleLinks(line: string, link: Link): string {
  if (!/\]\(<?\/|\]:\s*<?\//.test(line)) return line
  return line
    .split(/(`+[^`]*`+)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part.replace(/(\]\(<?|\]:\s*<?)(\/[^\s)>]*)/g, (_, before: string, href: string) => {
            return before + link(href)
          }),
    )
    .join('')
}
