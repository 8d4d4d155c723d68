import { limits } from './limits.ts'

/** Line and column, both from 1. */
export interface Position {
  line: number
  column: number
}

export function positionOf(text: string, offset: number): Position {
  return positionsOf(text, [offset])[0] ?? { line: 1, column: 1 }
}

/** Positions of several places in a text, found in one pass. */
export function positionsOf(text: string, offsets: readonly number[]): Position[] {
  const found = new Map<number, Position>()
  let line = 1
  let start = 0
  let end = text.indexOf('\n')
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    while (end !== -1 && end < offset) {
      line += 1
      start = end + 1
      end = text.indexOf('\n', start)
    }
    found.set(offset, { line, column: offset - start + 1 })
  }
  return offsets.map((offset) => found.get(offset) ?? { line: 1, column: 1 })
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
