/**
 * JSON as it is written: places in a text instead of values, so that digits, escapes, order and
 * double keys stay what they are. Children are found when they are asked for, which keeps a large
 * answer cheap to open.
 */
export interface JsonNode {
  kind: 'object' | 'array' | 'string' | 'number' | 'literal'
  /** First character in the text. */
  start: number
  /** After the last character. */
  end: number
}

export interface JsonChild {
  /** Where the key stands, quotes included; members of an object only. */
  key?: { start: number; end: number }
  node: JsonNode
}

/** @returns Nothing when the text is not JSON. */
export function rootOf(text: string): JsonNode | undefined {
  try {
    // The browser's own reader judges; below, the text is known to be well-formed.
    JSON.parse(text)
  } catch {
    return undefined
  }
  return knownRootOf(text)
}

/** The same of a text that somebody has read as JSON before. */
export function knownRootOf(text: string): JsonNode {
  return nodeAt(text, skipSpace(text, 0))
}

/**
 * Children of an object or an array, in their order.
 *
 * @param limit Most of them: the rest of a long list need not be read to show its beginning.
 */
export function childrenOf(
  text: string,
  node: JsonNode,
  limit = Number.POSITIVE_INFINITY,
): JsonChild[] {
  const children: JsonChild[] = []
  if (node.kind !== 'object' && node.kind !== 'array') return children
  let at = skipSpace(text, node.start + 1)
  while (at < node.end - 1 && children.length < limit) {
    if (node.kind === 'object') {
      const key = { start: at, end: endOfString(text, at) }
      // Past the colon.
      at = skipSpace(text, skipSpace(text, key.end) + 1)
      const child = nodeAt(text, at)
      children.push({ key, node: child })
      at = child.end
    } else {
      const child = nodeAt(text, at)
      children.push({ node: child })
      at = child.end
    }
    at = skipSpace(text, at)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return children
}

/** Number of children, counted without looking into them. */
export function countChildren(text: string, node: JsonNode): number {
  if (node.kind !== 'object' && node.kind !== 'array') return 0
  const first = skipSpace(text, node.start + 1)
  if (first >= node.end - 1) return 0
  let count = 1
  let depth = 0
  for (let at = first; at < node.end - 1; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at) - 1
    else if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) depth -= 1
    else if (code === 0x2c && depth === 0) count += 1
  }
  return count
}

export function textOf(text: string, place: { start: number; end: number }): string {
  return text.slice(place.start, place.end)
}

/** Finds a value by its path; of double keys the last one, as readers of JSON do. */
export function find(text: string, root: JsonNode, path: readonly string[]): JsonNode | undefined {
  let node: JsonNode | undefined = root
  for (const name of path) {
    if (node?.kind === 'array') node = childrenOf(text, node, Number(name) + 1)[Number(name)]?.node
    else if (node?.kind === 'object') {
      node = childrenOf(text, node).findLast(
        ({ key }) => key && JSON.parse(textOf(text, key)) === name,
      )?.node
    } else return undefined
  }
  return node
}

/** The text with the value at a path replaced; unchanged where the path leads nowhere. */
export function replaceAt(text: string, path: readonly string[], json: string): string {
  const root = rootOf(text)
  const node = root && find(text, root, path)
  return node ? text.slice(0, node.start) + json + text.slice(node.end) : text
}

function nodeAt(text: string, start: number): JsonNode {
  const first = text[start]
  if (first === '"') return { kind: 'string', start, end: endOfString(text, start) }
  if (first === '{' || first === '[') {
    const kind = first === '{' ? 'object' : 'array'
    return { kind, start, end: endOfContainer(text, start) }
  }
  let end = start
  while (end < text.length && !/[\s,\]}]/.test(text.charAt(end))) end += 1
  return { kind: first === '-' || /\d/.test(first ?? '') ? 'number' : 'literal', start, end }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break
    at += 1
  }
  return at
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at += 2
    else if (code === 0x22) return at + 1
    else at += 1
  }
  return at
}

function endOfContainer(text: string, start: number): number {
  let depth = 0
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at = endOfString(text, at)
      continue
    }
    if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1
      if (depth === 0) return at + 1
    }
    at += 1
  }
  return at
}
