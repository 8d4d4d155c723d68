export type SandboxErrorCode =
  | 'port_in_use'
  | 'listen_failed'
  | 'database_unreadable'
  | 'database_newer'
  | 'directory_unusable'
  | 'document_incomplete'
  | 'secret_changed'

/** The sandbox cannot start. The message is one line a reader can act on. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
  readonly code: SandboxErrorCode
  /** The port that was refused, with `port_in_use`. */
  readonly port?: number
  /** The environment variable that moves it, with `port_in_use`. */
  readonly variable?: string

  constructor(
    code: SandboxErrorCode,
    message: string,
    options: { cause?: unknown; port?: number; variable?: string } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.port = options.port
    this.variable = options.variable
  }
}

/** What the sandbox goes by is not in the OpenAPI document. */
export function incomplete(problem: string): SandboxError {
  return new SandboxError(
    'document_incomplete',
    `The sandbox cannot serve the OpenAPI document: ${problem}.`,
  )
}
