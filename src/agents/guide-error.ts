/** A guide holds what has no Markdown form. */
export class GuideMarkdownError extends Error {
  override readonly name = 'GuideMarkdownError'
  readonly code = 'guide_not_markdown'
  readonly file: string
  /** Counted from 1. */
  readonly line: number

  constructor(file: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${file}:${line}: ${problem}`, options)
    this.file = file
    this.line = line
  }
}
