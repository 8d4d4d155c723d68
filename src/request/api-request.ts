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
  /** `multipart/form-data` (RFC 7578); the sender makes the boundary and the `Content-Type`. */
  | { kind: 'multipart'; parts: readonly BodyPart[] }

export interface BodyPart {
  name: string
  value: string
  fileName?: string
  contentType?: string
}

/** What a reader typed, or what an example says. Anything absent is not sent. */
export interface RequestValues {
  /** Keyed by `parameterKey`. Text as typed: numbers keep their digits. */
  parameters: Readonly<Record<string, ParameterValue>>
  /** Media type of the body; the first documented one without it. */
  mediaType?: string
  /** Text of the body as typed (JSON text for JSON, a JSON object for form and multipart bodies). */
  body?: string
}

/** A primitive as its text, an array, or an object in order. */
export type ParameterValue =
  | string
  | readonly string[]
  | { readonly entries: readonly (readonly [key: string, value: string])[] }

/** Key of a parameter in `RequestValues`: OpenAPI tells parameters apart by place and name. */
export function parameterKey(parameter: { in: string; name: string }): string {
  return `${parameter.in}:${parameter.name}`
}
