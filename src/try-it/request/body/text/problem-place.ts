import { childrenOf, type JsonNode, rootOf, textOf } from '../../../json-tree.ts'

/**
 * Where in a text a problem lies: the value at the path, or as much of the path as there is; for a
 * text that is no JSON, the place that the browser's message names.
 */
export function placeOf(
  text: string,
  path: readonly string[],
  message: string,
): { start: number; end: number } {
  const root = rootOf(text)
  if (!root) {
    const named = /position (\d+)/.exec(message)?.[1]
    const at = Math.min(named === undefined ? text.length : Number(named), text.length)
    return { start: Math.max(0, Math.min(at, text.length - 1)), end: Math.max(at, 0) }
  }
  let node: JsonNode = root
  for (const step of path) {
    const children = childrenOf(text, node)
    const child =
      node.kind === 'array'
        ? children[Number(step)]
        : children.findLast(({ key }) => key && JSON.parse(textOf(text, key)) === step)
    if (!child) break
    node = child.node
  }
  const isLarge = node.kind === 'object' || node.kind === 'array'
  // Of something large its beginning, or the whole text would be marked.
  return { start: node.start, end: isLarge ? node.start + 1 : node.end }
}
