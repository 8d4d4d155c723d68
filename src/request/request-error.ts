/** What is wrong with a value, in a word that code can branch on. */
export type RequestErrorCode =
  | 'missing'
  | 'empty_path_value'
  | 'leaves_its_segment'
  | 'not_unicode'
  | 'forbidden_header'
  | 'invalid_header_name'
  | 'invalid_header_value'
  | 'invalid_cookie_value'
  | 'invalid_json'
  | 'not_an_object'
  | 'nul_character'
  | 'body_not_allowed'
  | 'unknown_media_type'
  | 'invalid_server'

/** A value that cannot become a request. The message is a sentence for the reader at that field. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode
  /** `parameterKey` of the culprit, `body`, or `server`. */
  readonly field: string

  constructor(code: RequestErrorCode, field: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.field = field
  }
}
