import { limits } from './limits.ts'

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

export function tooDeep(offset: number): ParseFailure {
  return new ParseFailure(
    'too_deep',
    offset,
    `Values lie more than ${limits.depth} levels deep.`,
    'Move inner parts to components and refer to them.',
  )
}

export function tooLong(offset: number): ParseFailure {
  return new ParseFailure(
    'too_many_values',
    offset,
    `One text has more than ${limits.textLength} characters.`,
    'Shorten it, or move it to a page of its own.',
  )
}
