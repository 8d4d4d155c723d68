import { child } from '../document/index.ts'

/** Fields of a document as the type that they should have. */

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Documentation that lies elsewhere. */
export interface ExternalDocs {
  url: string
  /** Markdown; may be empty. */
  description: string
}

/** `externalDocs` as a field to spread; nothing where the document gives no address. */
export function linkOf(raw: unknown): { externalDocs?: ExternalDocs } {
  const url = text(child(raw, 'url'))
  return url === '' ? {} : { externalDocs: { url, description: text(child(raw, 'description')) } }
}
