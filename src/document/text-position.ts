/** Line and column, from 1, of a place in a text. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (;;) {
    const end = text.indexOf('\n', start)
    if (end === -1 || end >= offset) return { line, column: offset - start + 1 }
    line += 1
    start = end + 1
  }
}

/** What a parser found wrong, before it is known which file it was reading. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure'
  readonly code: 'syntax' | 'duplicate_key' | 'too_deep' | 'too_many_values'
  /** Characters from the start of the text. */
  readonly offset: number
  readonly remedy: string

  constructor(code: ParseFailure['code'], offset: number, problem: string, remedy: string) {
    super(problem)
    this.code = code
    this.offset = offset
    this.remedy = remedy
  }
}
