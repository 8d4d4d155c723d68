import { isObject, type JsonObject } from '../../document/json-value.ts'
import { incomplete } from '../errors.ts'

/** When an operation that is to go away was said to, and when it goes. */
export interface Deprecation {
  at: Date
  sunset?: Date
  /** Address of what to read about it, where the document has one of its own. */
  docs?: string
  /** Page of the operation below the docs. */
  page: string
}

/**
 * @param operation Marked with `deprecated: true`, `x-deprecated-at` and perhaps `x-sunset`, both
 * instants of RFC 3339.
 * @throws {SandboxError} It does not say since when.
 */
export function readDeprecation(operation: JsonObject, id: string): Deprecation | undefined {
  if (operation.deprecated !== true) return undefined
  const at = instantOf(operation['x-deprecated-at'])
  if (!at) throw incomplete(`${id} is deprecated, and x-deprecated-at does not say since when`)
  const sunset = instantOf(operation['x-sunset'])
  if (operation['x-sunset'] !== undefined && !sunset) {
    throw incomplete(`x-sunset of ${id} is no date-time`)
  }
  const [tag] = Array.isArray(operation.tags) ? operation.tags : []
  const docs = isObject(operation.externalDocs) ? operation.externalDocs.url : undefined
  return {
    at,
    ...(sunset ? { sunset } : {}),
    ...(typeof docs === 'string' ? { docs } : {}),
    page: `/reference/${kebab(String(tag ?? 'other'))}/${kebab(id)}/`,
  }
}

/**
 * @param site Address of the docs without a trailing slash.
 * @see https://www.rfc-editor.org/rfc/rfc9745#section-2
 * @see https://www.rfc-editor.org/rfc/rfc8594#section-3
 */
export function deprecationHeaders(
  { at, sunset, docs, page }: Deprecation,
  site: string,
): Record<string, string> {
  return {
    Deprecation: `@${Math.floor(at.getTime() / 1000)}`,
    ...(sunset ? { Sunset: sunset.toUTCString() } : {}),
    Link: `<${docs ?? site + page}>; rel="deprecation"; type="text/html"`,
  }
}

function instantOf(value: unknown): Date | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time)
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
}
