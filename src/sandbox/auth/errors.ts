/** Why the authorization server could not start, or refused a call made in its own process. */
export type AuthorizationServerErrorCode =
  | 'secret_changed'
  | 'migration_failed'
  | 'self_test_failed'
  | 'account_exists'
  | 'unknown_account'

/** The authorization server cannot do what was asked; the message is one clear line. */
export class AuthorizationServerError extends Error {
  override readonly name = 'AuthorizationServerError'
  readonly code: AuthorizationServerErrorCode

  constructor(code: AuthorizationServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * The access token is not one of ours, or no longer good. Answer 401 with `error="invalid_token"`.
 * The message says why in words that may be shown; it never holds a part of the token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError'
  readonly code = 'invalid_token'
}

/** The API key is missing, malformed, expired or revoked. Answer 401; never says which. */
export class InvalidApiKeyError extends Error {
  override readonly name = 'InvalidApiKeyError'
  readonly code = 'invalid_api_key'

  constructor(options?: ErrorOptions) {
    super('The API key is not valid. It may have been revoked or have expired.', options)
  }
}
