/** A request or credential that this language cannot express. */
export class SnippetError extends Error {
  override readonly name = 'SnippetError'
  readonly code: 'nul_character' | 'unsafe_credential'

  constructor(code: SnippetError['code'], message: string) {
    super(message)
    this.code = code
  }
}
