import type { SchemaView } from '../../../model/operation.ts'
import { find, replaceAt, rootOf, textOf } from '../../json-tree.ts'

/** A property of a JSON body that is typed in a masked field of its own. */
export interface SecretProperty {
  path: readonly string[]
  /** The path in words, and the key of its field. */
  name: string
  description: string
  /** The service's own: a field for it shows only once the body holds it. */
  isInternal: boolean
}

const deepest = 4

/** Secret properties of a body that are reached through objects alone. */
export function secretProperties(
  view: SchemaView | undefined,
  path: readonly string[] = [],
): SecretProperty[] {
  if (!view || path.length >= deepest) return []
  return view.properties.flatMap(({ name, schema }) => {
    const here = [...path, name]
    if (schema.secret && schema.properties.length === 0) {
      const { description, internal: isInternal } = schema
      return [{ path: here, name: here.join('.'), description, isInternal }]
    }
    return secretProperties(schema, here)
  })
}

/** The body with its secrets put in; one that is left empty stays as the text has it. */
export function withSecrets(
  body: string,
  properties: readonly SecretProperty[],
  secrets: ReadonlyMap<string, string>,
): string {
  return properties.reduce((text, { path, name }) => {
    const secret = secrets.get(name)
    return secret ? insertAt(text, path, JSON.stringify(secret)) : text
  }, body)
}

/**
 * Takes the secrets out of a body.
 *
 * @returns The body with empty strings in their places, and what stood there.
 */
export function withoutSecrets(
  body: string,
  properties: readonly SecretProperty[],
): { body: string; secrets: Map<string, string> } {
  const secrets = new Map<string, string>()
  let text = body
  for (const { path, name } of properties) {
    const root = rootOf(text)
    const node = root && find(text, root, path)
    if (node?.kind !== 'string') continue
    const secret: unknown = JSON.parse(textOf(text, node))
    if (typeof secret !== 'string' || secret === '') continue
    secrets.set(name, secret)
    text = replaceAt(text, path, '""')
  }
  return { body: text, secrets }
}

/** Replaces the value at a path, or adds it as the last member where only its object exists. */
function insertAt(text: string, path: readonly string[], json: string): string {
  const root = rootOf(text)
  if (!root) return text
  if (find(text, root, path)) return replaceAt(text, path, json)
  const parent = find(text, root, path.slice(0, -1))
  if (parent?.kind !== 'object') return text
  const inside = text.slice(parent.start + 1, parent.end - 1)
  const comma = inside.trim() === '' ? '' : ','
  const member = `${comma}${JSON.stringify(path.at(-1))}:${json}`
  const end = parent.start + 1 + inside.trimEnd().length
  return text.slice(0, end) + member + text.slice(end)
}
