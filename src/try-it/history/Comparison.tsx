import { useEffect, useState } from 'preact/hooks'
import { statusLine, timeInWords } from '../answer/words.ts'
import { bodyText } from './bodies.ts'
import { jsonLines } from './json-lines.ts'
import { type DiffLine, diffLines } from './line-diff.ts'
import type { KeptPastCall } from './past-call.ts'

/** Characters of a body up to which it is compared. */
const comparable = 300_000
/** Lines around a difference. */
const around = 3
/** Lines that are drawn. */
const mostDrawn = 1000

/** Two answers beside each other: what only the older one has, and what only the newer one has. */
export function Comparison({ older, newer }: { older: KeptPastCall; newer: KeptPastCall }) {
  const [lines, setLines] = useState<DiffLine[] | string>()
  useEffect(() => {
    let isWanted = true
    setLines(undefined)
    void Promise.all([bodyText(older), bodyText(newer)]).then(([left, right]) => {
      if (isWanted) setLines(compare(left, right))
    })
    return () => {
      isWanted = false
    }
  }, [older, newer])
  return (
    <section class="try-comparison" aria-label="Comparison">
      <p>
        <b>−</b> {factsOf(older)} · <b>+</b> {factsOf(newer)}
      </p>
      {typeof lines === 'string' && <p class="try-soft">{lines}</p>}
      {Array.isArray(lines) && <Lines lines={lines} />}
    </section>
  )
}

function compare(left: string | undefined, right: string | undefined): DiffLine[] | string {
  if (left === undefined || right === undefined) {
    return 'One of them has no text that was kept, so the bodies are not compared.'
  }
  if (left === right) return 'The bodies are the same, character by character.'
  if (left.length > comparable || right.length > comparable) {
    return 'The bodies differ, but are too long to be compared here.'
  }
  const lines = diffLines(linesOf(left), linesOf(right))
  return lines.some(({ side }) => side !== 'both')
    ? lines
    : 'The bodies differ in white space alone.'
}

function linesOf(text: string): string[] {
  return /^\s*[[{]/.test(text) ? jsonLines(text) : text.split('\n')
}

function Lines({ lines }: { lines: readonly DiffLine[] }) {
  const shown = aroundDifferences(lines)
  const rest = shown.length - mostDrawn
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre class="try-diff" tabIndex={0}>
        {shown.slice(0, mostDrawn).map((line) => {
          if (!line) return <span class="try-gap">{'  …\n'}</span>
          const { side, text } = line
          if (side === 'left') return <del>{`− ${text}\n`}</del>
          if (side === 'right') return <ins>{`+ ${text}\n`}</ins>
          return `  ${text}\n`
        })}
      </pre>
      {rest > 0 && <p class="try-soft">And {rest.toLocaleString('en')} more lines.</p>}
    </>
  )
}

/** The lines that differ and some around them; nothing where others are left out. */
function aroundDifferences(lines: readonly DiffLine[]): (DiffLine | undefined)[] {
  const shown: (DiffLine | undefined)[] = []
  for (const [index, line] of lines.entries()) {
    const near = lines.slice(Math.max(0, index - around), index + around + 1)
    if (near.some(({ side }) => side !== 'both')) shown.push(line)
    else if (shown.length > 0 && shown.at(-1)) shown.push(undefined)
  }
  return shown
}

function factsOf({ outcome, at }: KeptPastCall): string {
  const time = new Date(at).toLocaleTimeString()
  if (outcome.kind === 'failure') return `no answer at ${time}`
  const { status, statusText } = outcome.head
  return `${statusLine(status, statusText)} in ${timeInWords(outcome.elapsed)} at ${time}`
}
