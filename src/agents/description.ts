import { type Link, target } from './links.ts'

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
  const settled = lines.map((line, index) => (code[index] ? line : settleHeading(line, shift)))
  return paragraphsOf(settled, code)
    .map((part) => (part.isCode ? part.text : settleLinks(part.text, link)))
    .join('\n')
}

/** Lines that a link or code may run through, and those of fenced code. */
function paragraphsOf(
  lines: readonly string[],
  code: readonly boolean[],
): { text: string; isCode: boolean }[] {
  const parts: { lines: string[]; isCode: boolean }[] = []
  for (const [index, line] of lines.entries()) {
    const isCode = code[index] ?? false
    const last = parts.at(-1)
    const goesOn = last?.isCode === isCode && (isCode || !beginsAnew(line))
    if (last && goesOn) last.lines.push(line)
    else parts.push({ lines: [line], isCode })
  }
  return parts.map((part) => ({ text: part.lines.join('\n'), isCode: part.isCode }))
}

/** A line that no link and no code of the one before can reach: an empty one, an item, a cell. */
function beginsAnew(line: string): boolean {
  return /^\s*(?:$|[#>|*+-]|\d+[.)]\s)/.test(line)
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

/** Code, escapes, and what begins or ends a link: in that order of precedence. */
const marks =
  /`+|\\[\s\S]|!?\[|\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))((?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\))|\]/g

/** The rest of a line that says where links of a name lead. */
const definition =
  /:[ \t]*(?:<([^<>\n]*)>|(\S+))(?=[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$)/my

/** Leads the links of one paragraph to where they lead on the HTML page; of others the words stay. */
function settleLinks(text: string, link: Link): string {
  if (!/\](?:\(|:)/.test(text)) return text
  const pieces: string[] = []
  /** Indices of the pieces that begin a link. */
  const open: number[] = []
  const fences = new Fences(text)
  let from = 0
  marks.lastIndex = 0
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    const [whole, angled, bare, rest] = match
    pieces.push(text.slice(from, match.index))
    from = match.index + whole.length
    if (whole.startsWith('`')) {
      from = fences.endOfCode(match.index, whole.length) ?? from
      marks.lastIndex = from
      pieces.push(text.slice(match.index, from))
    } else if (whole.endsWith('[') && !whole.startsWith('\\')) {
      open.push(pieces.length)
      pieces.push(whole)
    } else if (whole.startsWith(']')) {
      const opening = open.pop()
      const given = angled ?? bare
      if (whole === ']' && opening !== undefined && beginsLine(pieces, opening)) {
        definition.lastIndex = from
        const [defined, angledName, bareName] = definition.exec(text) ?? []
        const href = link.written(angledName ?? bareName ?? '')
        pieces.push(defined ? `]: ${href === undefined ? '<>' : target(href)}` : whole)
        from += defined?.length ?? 0
        marks.lastIndex = from
      } else if (opening === undefined || !given || rest === undefined) {
        pieces.push(whole)
      } else {
        const href = link.written(given)
        if (href === undefined) pieces[opening] = ''
        else pieces.push(`](${target(href)}${rest}`)
      }
    } else pieces.push(whole)
  }
  return pieces.join('') + text.slice(from)
}

function beginsLine(pieces: readonly string[], opening: number): boolean {
  const before = pieces[opening - 1] ?? ''
  return /\n {0,3}$/.test(opening === 1 ? `\n${before}` : before)
}

/** Runs of backticks, by their length: code ends at the next one that is as long. */
class Fences {
  readonly #places = new Map<number, number[]>()

  constructor(text: string) {
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      const places = this.#places.get(run.length)
      if (places) places.push(index)
      else this.#places.set(run.length, [index])
    }
    // The next one lies at the end of each list.
    for (const places of this.#places.values()) places.reverse()
  }

  /** Where the code ends that a run begins; nothing where the run is just text. */
  endOfCode(start: number, length: number): number | undefined {
    const places = this.#places.get(length) ?? []
    while ((places.at(-1) ?? Number.POSITIVE_INFINITY) <= start) places.pop()
    const end = places.at(-1)
    return end === undefined ? undefined : end + length
  }
}
