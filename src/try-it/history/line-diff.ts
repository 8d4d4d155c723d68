/** A line of one text, of the other, or of both. */
export interface DiffLine {
  side: 'both' | 'left' | 'right'
  text: string
}

/** Steps after which the rest is shown as left, then right: two texts may have nothing in common. */
const mostSteps = 400

/**
 * The shortest way from one text to the other, line by line.
 *
 * @see Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
 */
export function diffLines(left: readonly string[], right: readonly string[]): DiffLine[] {
  let head = 0
  while (head < left.length && head < right.length && left[head] === right[head]) head += 1
  let tail = 0
  while (
    tail < left.length - head &&
    tail < right.length - head &&
    left[left.length - 1 - tail] === right[right.length - 1 - tail]
  ) {
    tail += 1
  }
  const both = (text: string): DiffLine => ({ side: 'both', text })
  return [
    ...left.slice(0, head).map(both),
    ...shortestWay(left.slice(head, left.length - tail), right.slice(head, right.length - tail)),
    ...left.slice(left.length - tail).map(both),
  ]
}

function shortestWay(left: readonly string[], right: readonly string[]): DiffLine[] {
  const reach = new Map<number, number>([[1, 0]])
  const history: Map<number, number>[] = []
  const last = Math.min(left.length + right.length, mostSteps)
  for (let steps = 0; steps <= last; steps += 1) {
    history.push(new Map(reach))
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const down = reach.get(diagonal + 1) ?? -1
      const across = (reach.get(diagonal - 1) ?? -1) + 1
      let x = diagonal === -steps || (diagonal !== steps && across <= down) ? down : across
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) {
        x += 1
      }
      reach.set(diagonal, x)
      if (x >= left.length && x - diagonal >= right.length) {
        return wayBack(history, left, right, steps)
      }
    }
  }
  return [
    ...left.map((text): DiffLine => ({ side: 'left', text })),
    ...right.map((text): DiffLine => ({ side: 'right', text })),
  ]
}

function wayBack(
  history: readonly ReadonlyMap<number, number>[],
  left: readonly string[],
  right: readonly string[],
  steps: number,
): DiffLine[] {
  const lines: DiffLine[] = []
  let x = left.length
  let y = right.length
  for (let step = steps; step >= 0; step -= 1) {
    const reach = history[step]
    const diagonal = x - y
    const down = reach?.get(diagonal + 1) ?? -1
    const across = (reach?.get(diagonal - 1) ?? -1) + 1
    const isDown = diagonal === -step || (diagonal !== step && across <= down)
    const startX = isDown ? down : across
    while (x > startX && y > 0 && x > 0) {
      x -= 1
      y -= 1
      lines.push({ side: 'both', text: left[x] ?? '' })
    }
    if (step === 0) break
    if (isDown) {
      y -= 1
      lines.push({ side: 'right', text: right[y] ?? '' })
    } else {
      x -= 1
      lines.push({ side: 'left', text: left[x] ?? '' })
    }
  }
  return lines.reverse()
}
