/** One call to the API, spelled out. The curl block prints it and the Try-it panel sends it. */
export interface ApiRequest {
  /** Upper case, as it goes on the wire. */
  method: string
  /** Kept as text: `new URL` would fold `/a/../b`, and what is shown must be what is sent. */
  url: string
  /** In order; a name may come twice. Never holds a credential. */
  headers: readonly (readonly [name: string, value: string])[]
  body?: RequestBody
}

export type RequestBody =
  /** Sent byte for byte as UTF-8; its `Content-Type` is among the headers. */
  | { kind: 'text'; text: string }
  /** A file as it is; its `Content-Type` is among the headers. */
  | { kind: 'file'; file: BodyFile }
  /** `multipart/form-data` (RFC 7578); the sender makes the boundary and the `Content-Type`. */
  | { kind: 'multipart'; parts: readonly BodyPart[] }

export interface BodyPart {
  name: string
  /** Empty where there is a file. */
  value: string
  fileName?: string
  contentType?: string
  /** What is sent in the place of `value`. */
  file?: BodyFile
}

/** A file of the reader's. Snippets print a path that ends with its name. */
export interface BodyFile {
  name: string
  /** Media type as the browser guesses it by the name; may be empty. */
  type: string
  /** Its bytes: in a page, and on the way to the vault. */
  blob?: Blob
}

/** What a reader typed, or what an example says. Anything absent is not sent. */
export interface RequestValues {
  /** Keyed by `parameterKey`. Text as typed: numbers keep their digits. */
  parameters: Readonly<Record<string, ParameterValue>>
  /** Media type of the body; the first documented one without it. */
  mediaType?: string
  /** Text of the body as typed (JSON text for JSON, a JSON object for form and multipart bodies). */
  body?: string
  /** Files of a multipart body by the name of their part; under the empty name, the whole body. */
  files?: Readonly<Record<string, readonly BodyFile[]>>
  /** Headers that the document does not name. Their fields are called `extra:0`, `extra:1`, … */
  headers?: readonly (readonly [name: string, value: string])[]
  /** Value of `Accept`; every client's own without it. */
  accept?: string
}

/** A primitive as its text, an array, or an object in order; only a deepObject nests further. */
export type ParameterValue =
  | string
  | readonly ParameterValue[]
  | { readonly entries: readonly (readonly [key: string, value: ParameterValue])[] }

/** Key of a parameter in `RequestValues`: OpenAPI tells parameters apart by place and name. */
export function parameterKey(parameter: { in: string; name: string }): string {
  return `${parameter.in}:${parameter.name}`
}
