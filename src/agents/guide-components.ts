import type { Reference } from '../model/operation.ts'
import type { Link } from './links.ts'
import { codeSpan, plainWords, table } from './markdown-text.ts'

/** What a component of a guide is given. */
export interface ComponentCall {
  /** Attributes that are plain text. */
  attributes: ReadonlyMap<string, string>
  /** What stands between its tags, as Markdown already. */
  children: string
  reference: Reference
  link: Link
}

/** @throws {Error} The call cannot be told in Markdown; the message is a sentence. */
export type ComponentText = (call: ComponentCall) => string

/**
 * The Markdown form of every component that a guide may use, by name. It says what the component
 * of the same name in `components/guide/` shows.
 */
export const guideComponents: ReadonlyMap<string, ComponentText> = new Map<string, ComponentText>([
  ['Endpoint', endpoint],
  ['ScopeTable', scopeTable],
])

function endpoint({ attributes, reference, link }: ComponentCall): string {
  const id = attributes.get('id')
  const operation = reference.operations.find((candidate) => candidate.id === id)
  if (!operation) throw new Error(`the OpenAPI document has no operation with the id "${id}".`)
  return `[${plainWords(operation.summary)}](${link(operation.href)})`
}

function scopeTable({ reference, link }: ComponentCall): string {
  const rows = reference.scopes.map(({ name, description, dangerous }) => {
    const calls = reference.operations.filter(({ security }) =>
      security.flat().some(({ scopes }) => scopes.some((scope) => scope.name === name)),
    )
    return [
      `${codeSpan(name)}${dangerous ? ' **deletes or spends**' : ''}`,
      description,
      calls.map(({ summary, href }) => `[${plainWords(summary)}](${link(href)})`).join(', '),
    ]
  })
  return table(['Scope', 'Allows', 'Calls'], rows)
}
