/** Why a sign-in stopped. Stable: pages and tests branch on it. */
export type SignInErrorCode =
  /** The reader said no. */
  | 'denied'
  /** No sign-in was started from this tab, or its `state` differs. */
  | 'not_ours'
  /** More than ten minutes passed, or the clock was turned back. */
  | 'expired'
  /** Parameters are missing, doubled, too long, or of another flow. */
  | 'malformed'
  /** `iss` is missing or names another server (RFC 9207). */
  | 'wrong_issuer'
  /** The server answered an error. */
  | 'refused'
  /** The token endpoint did not take the code. */
  | 'code_rejected'
  /** The server does not know our client id. */
  | 'client_unknown'
  | 'registration_refused'
  /** Metadata contradicts what this site was built with. */
  | 'server_disagrees'
  /** Metadata lacks what a safe sign-in needs. */
  | 'server_unsafe'
  /** An answer is not what the standards say. */
  | 'bad_answer'
  | 'unreachable'
  /** The environment names no authorization server. */
  | 'not_configured'
  /** The page stands on an origin it shares with strangers. */
  | 'shared_origin'
  | 'storage_refused'
  | 'unexpected'

/** A `SignInError` as it crosses a `MessagePort`. */
export interface PlainSignInError {
  code: SignInErrorCode
  message: string
  detail?: string
}

/** A sign-in that did not end in a token. The message can be shown to the reader as it is. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code: SignInErrorCode
  /** The server's own words, cut and cleaned; show as text only. */
  readonly detail: string | undefined

  constructor(
    code: SignInErrorCode,
    message: string,
    options?: { cause?: unknown; detail?: string | undefined },
  ) {
    super(message, options && 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.detail = options?.detail
  }

  toPlain(): PlainSignInError {
    return { code: this.code, message: this.message, ...(this.detail && { detail: this.detail }) }
  }
}
