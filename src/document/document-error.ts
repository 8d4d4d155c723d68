/** Why a document was refused. Stable: programs may branch on it, words may change. */
export type DocumentErrorCode =
  /** The file does not exist or cannot be opened. */
  | 'file_unreadable'
  /** A file is larger than `limits` allow, or all files together are. */
  | 'too_large'
  /** Values nested deeper than `limits.depth`. */
  | 'too_deep'
  /** YAML aliases, or one text, grow past `limits`. */
  | 'too_many_values'
  /** Not well-formed YAML or JSON. */
  | 'syntax'
  /** A mapping holds the same key twice. */
  | 'duplicate_key'
  /** The root is no OpenAPI document, or of an edition we do not read. */
  | 'version_unknown'
  /** Something stands where the specification wants another kind of value. */
  | 'wrong_type'
  /** A `$ref` whose target does not exist. */
  | 'ref_dangling'
  /** A `$ref` to the network, to `file:` or to another scheme; nothing was contacted. */
  | 'ref_scheme'
  /** A `$ref` that leaves the folder of the root document. */
  | 'ref_outside'
  /** A `$ref` that leads back to itself where only a value will do. */
  | 'ref_loop'
  /** Two operations or tags would have the same address. */
  | 'slug_clash'
  /** A security requirement names a scheme the document does not define. */
  | 'security_unknown'
  /** An answer lists an error code that `x-problem-codes` does not explain. */
  | 'problem_unknown'

/** Where something stands in the reader's own files. */
export interface Place {
  /** Path of the file relative to the folder of the root document, with forward slashes. */
  file: string
  /** From 1. */
  line: number
  /** From 1. */
  column: number
  /**
   * JSON pointer inside the file.
   * @see https://www.rfc-editor.org/rfc/rfc6901
   */
  pointer: string
}

/** The OpenAPI document cannot be used. The message names the place and what to do. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  readonly code: DocumentErrorCode
  readonly file: string
  readonly line: number
  readonly column: number
  readonly pointer: string
  /** One sentence: how to put it right. */
  readonly remedy: string

  constructor(
    code: DocumentErrorCode,
    place: Place,
    problem: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    const pointer = place.pointer === '' ? '' : ` at ${place.pointer}`
    super(`${place.file}:${place.line}:${place.column}${pointer}: ${problem} ${remedy}`, options)
    this.code = code
    this.file = place.file
    this.line = place.line
    this.column = place.column
    this.pointer = place.pointer
    this.remedy = remedy
  }
}

/** Something odd that does not keep the document from being used. */
export interface DocumentWarning extends Place {
  code:
    | DocumentErrorCode
    /** Nothing stands where a mapping belongs. */
    | 'empty_value'
    /** A file begins with a byte order mark. */
    | 'byte_order_mark'
    /** A path does not begin with a slash, or holds `#` or `?`. */
    | 'path_odd'
    /** An operation without an `operationId`. */
    | 'operation_id_missing'
    /** Two operations with one `operationId`. */
    | 'operation_id_repeated'
    /** A `$ref` stands where a text belongs. */
    | 'ref_for_text'
    /** Further warnings, which are only counted. */
    | 'more'
  message: string
}

/** What a page cannot tell, in a document that was read all the same. */
export interface DocumentProblem extends Place {
  code: DocumentErrorCode
  message: string
  /** One sentence: how to put it right. */
  remedy: string
  /** Pointers of the operations it concerns, in the bundled document. */
  shownBy: readonly string[]
}
