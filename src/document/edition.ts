import { upgrade } from '@scalar/openapi-upgrader'
import { isObject, type JsonObject } from './json-value.ts'
import { child } from './pointer.ts'

export type Edition = '2.0' | '3.0' | '3.1' | '3.2'

/** The edition of the specification a document is written in; nothing where it is none we read. */
export function editionOf(root: unknown): Edition | undefined {
  if (!isObject(root)) return undefined
  const swagger = child(root, 'swagger')
  // Unquoted in YAML, the version is a number.
  if (swagger === '2.0' || swagger === 2) return '2.0'
  const openapi = child(root, 'openapi')
  const match = /^(3\.[012])(\.\d+)?(-.*)?$/.exec(
    typeof openapi === 'number' ? openapi.toFixed(1) : String(openapi),
  )
  return match?.[1] as Edition | undefined
}

/** The same document in OpenAPI 3.1, or in 3.2 where it was written in that. */
export function toEdition31(bundled: JsonObject, edition: Edition): JsonObject {
  if (edition === '3.1') return { ...bundled, openapi: edition31(child(bundled, 'openapi')) }
  // 3.1 has no words for what 3.2 adds, and readers of 3.1 pass over fields they do not know.
  if (edition === '3.2') return { ...bundled, openapi: '3.2.0' }
  const version = edition === '2.0' ? { swagger: '2.0' } : { openapi: '3.0.3' }
  // Upgrading writes into what it is given, and examples are shared with other places.
  return upgrade(structuredClone({ ...bundled, ...version }), '3.1') as unknown as JsonObject
}

function edition31(version: unknown): string {
  return typeof version === 'string' && /^3\.1\.\d+$/.test(version) ? version : '3.1.1'
}
