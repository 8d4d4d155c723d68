import { childrenOf, type JsonNode, textOf } from '../../../json-tree.ts'

/** A child of an object or array as it is written: `"name": 1` or `1`. */
export interface JsonPiece {
  /** Of a member of an object. */
  name?: string
  raw: string
  node: JsonNode
}

/** Children of an object or an array as they are written. */
export function piecesOf(text: string, node: JsonNode): JsonPiece[] {
  return childrenOf(text, node).map(({ key, node: child }) => ({
    ...(key && { name: String(JSON.parse(textOf(text, key))) }),
    raw: text.slice((key ?? child).start, child.end),
    node: child,
  }))
}

/** The text with a value in the place of another. */
export function withValue(text: string, node: JsonNode, json: string): string {
  return text.slice(0, node.start) + json + text.slice(node.end)
}

/**
 * The text with other children in an object or an array, laid out as those that were there. Digits,
 * escapes and spaces of what stays are not touched.
 */
export function withPieces(text: string, node: JsonNode, raws: readonly string[]): string {
  const [open, close] = node.kind === 'array' ? '[]' : '{}'
  if (raws.length === 0) return withValue(text, node, `${open}${close}`)
  const children = childrenOf(text, node)
  const first = children[0]
  const last = children.at(-1)
  let before: string
  let after: string
  if (first && last) {
    before = text.slice(node.start + 1, (first.key ?? first.node).start)
    after = text.slice(last.node.end, node.end - 1)
  } else {
    const line = text.slice(text.lastIndexOf('\n', node.start) + 1, node.start)
    const indent = /^\s*/.exec(line)?.[0] ?? ''
    const isSpread = text.includes('\n') || node.start === 0
    before = isSpread ? `\n${indent}  ` : ''
    after = isSpread ? `\n${indent}` : ''
  }
  // In one line a space follows each comma, but none the bracket.
  const between = before === '' ? ' ' : before
  return withValue(text, node, open + before + raws.join(`,${between}`) + after + close)
}

/** A member as it is written. */
export function memberText(name: string, json: string): string {
  return `${JSON.stringify(name)}: ${json}`
}
