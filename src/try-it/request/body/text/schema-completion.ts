import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { JsonSchema } from '../../../../model/operation.ts'
import { propertiesOf, schemasAt, typesOf, valuesOf } from './schema-at.ts'

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>

/** Proposes the names and values that the schema knows, where they fit. */
export function schemaCompletion(schema: () => JsonSchema | undefined) {
  return autocompletion({
    icons: false,
    activateOnTypingDelay: 60,
    override: [(context) => complete(context, schema())],
  })
}

function complete(
  context: CompletionContext,
  schema: JsonSchema | undefined,
): CompletionResult | null {
  if (typeof schema !== 'object') return null
  const { state, pos } = context
  const inner = syntaxTree(state).resolveInner(pos, -1)
  const word = context.matchBefore(/"[^"\n]*$|[\w.-]*$/)
  const from = word?.from ?? pos
  if (!context.explicit && from === pos) return null
  const isInString = word?.text.startsWith('"') ?? false
  // The editor closes quotes by itself: what it put there is replaced as well.
  const to = isInString && state.sliceDoc(pos, pos + 1) === '"' ? pos + 1 : pos
  if (isNamePlace(state, inner, from)) {
    const object = enclosing(inner, 'Object')
    if (!object) return null
    const schemas = schemasAt(schema, pathOf(state, object))
    const present = namesIn(state, object, from)
    const hasColon = /^\s*:/.test(state.sliceDoc(to, to + 20))
    const options = [...propertiesOf(schemas)].flatMap(([name, property]): Completion[] => {
      if (present.has(name)) return []
      const quoted = JSON.stringify(name)
      return [
        {
          label: quoted,
          displayLabel: name,
          apply: hasColon ? quoted : `${quoted}: `,
          detail: typeWords(property),
          ...describe(property),
        },
      ]
    })
    return { from, to, options, filter: true }
  }
  const path = valuePath(state, inner, from)
  const options = valuesOf(schemasAt(schema, path)).map(
    (json): Completion => ({ label: json, displayLabel: json }),
  )
  return options.length > 0 ? { from, to, options } : null
}

/** True where a member's name goes: after a brace or a comma of an object. */
function isNamePlace(state: EditorState, inner: SyntaxNode, from: number): boolean {
  if (inner.name === 'PropertyName') return true
  const before = /([{[,:])\s*$/.exec(state.sliceDoc(Math.max(0, from - 200), from))?.[1]
  if (before === '{') return true
  if (before !== ',') return false
  const around = enclosing(inner, 'Object', 'Array')
  return around?.name === 'Object'
}

function enclosing(node: SyntaxNode, ...names: string[]): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (names.includes(at.name)) return at
  return undefined
}

/** Steps from the root to a node. */
function pathOf(state: EditorState, node: SyntaxNode): (string | number)[] {
  const path: (string | number)[] = []
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at
    if (parent.name === 'Property') {
      const name = parent.getChild('PropertyName')
      if (name) path.unshift(nameOf(state.sliceDoc(name.from, name.to)))
    }
    if (parent.name === 'Array') {
      let index = 0
      for (let before = at.prevSibling; before; before = before.prevSibling) {
        if (/^[A-Z]/.test(before.name) && before.name !== '⚠') index += 1
      }
      path.unshift(index)
    }
  }
  return path
}

/** Path of the value that is being typed, which may not be there yet. */
function valuePath(state: EditorState, inner: SyntaxNode, from: number): (string | number)[] {
  const property = enclosing(inner, 'Property')
  const around = enclosing(inner, 'Object', 'Array')
  if (property && around && property.from >= around.from) {
    const name = property.getChild('PropertyName')
    const path = pathOf(state, property)
    return name ? [...path, nameOf(state.sliceDoc(name.from, name.to))] : path
  }
  if (around?.name === 'Array') {
    let index = 0
    for (let child = around.firstChild; child && child.to <= from; child = child.nextSibling) {
      if (/^[A-Z]/.test(child.name)) index += 1
    }
    return [...pathOf(state, around), index]
  }
  return pathOf(state, inner)
}

function namesIn(state: EditorState, object: SyntaxNode, except: number): Set<string> {
  const names = new Set<string>()
  for (const property of object.getChildren('Property')) {
    const name = property.getChild('PropertyName')
    if (name && name.from !== except) names.add(nameOf(state.sliceDoc(name.from, name.to)))
  }
  return names
}

function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}

function typeWords(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return ''
  return typesOf(schema as Record<string, unknown>)
    .filter((type) => typeof type === 'string')
    .join(' or ')
}

function describe(schema: unknown): Pick<Completion, 'info'> {
  const { description } = (schema ?? {}) as { description?: unknown }
  return typeof description === 'string' && description !== '' ? { info: description } : {}
}
