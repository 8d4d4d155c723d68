import { stepsOf } from '../answer/check/json-pointer.ts'
import { childrenOf, type JsonNode, rootOf, textOf } from '../json-tree.ts'

type Steps = readonly string[]

/**
 * JSON text with some values covered; of double keys, every one.
 *
 * @param pointers JSON Pointers of the values.
 */
export function masked(text: string, pointers: readonly string[]): string {
  const root = pointers.length > 0 ? rootOf(text) : undefined
  if (!root) return text
  let rest = text
  for (const { start, end } of nodesAt(text, root, pointers.map(stepsOf)).reverse()) {
    rest = `${rest.slice(0, start)}"…"${rest.slice(end)}`
  }
  return rest
}

/** In the order of the text. Only what leads to one of the places is looked into, and once. */
function nodesAt(text: string, node: JsonNode, paths: readonly Steps[]): JsonNode[] {
  if (paths.some((path) => path.length === 0)) return [node]
  const ways = Map.groupBy(paths, ([step = '']) => step)
  return childrenOf(text, node).flatMap(({ key, node: child }, index) => {
    const way = ways.get(key ? JSON.parse(textOf(text, key)) : String(index))
    return way
      ? nodesAt(
          text,
          child,
          way.map((path) => path.slice(1)),
        )
      : []
  })
}
