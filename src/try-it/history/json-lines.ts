/**
 * JSON text in lines, two spaces a level, without reading any value: digits, escapes, order and
 * double keys stay what they are.
 */
export function jsonLines(text: string): string[] {
  const lines: string[] = []
  let line = ''
  let depth = 0
  const flush = () => {
    if (line.trim() !== '') lines.push(line)
    line = '  '.repeat(Math.min(depth, 100))
  }
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs)) {
    if (token === '{' || token === '[') {
      line += token
      depth += 1
      flush()
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1)
      // An empty object or array stays on its line.
      if (line.trim() === '' && /[{[]$/.test(lines.at(-1) ?? '')) line = `${lines.pop()}${token}`
      else {
        flush()
        line += token
      }
    } else if (token === ',') {
      line += token
      flush()
    } else line += token === ':' ? ': ' : token
  }
  flush()
  return lines
}
