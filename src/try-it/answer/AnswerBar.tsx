import type { ShownAnswerView } from './answer-view.ts'
import { sizeInWords, statusLine, timeInWords } from './words.ts'

/** The answer in one line: status, time, size, and whether it is as documented. */
export function AnswerBar({ view }: { view: ShownAnswerView }) {
  const { head, received } = view
  const isComing = !received.done && !received.paused && !received.failure
  return (
    <div class="try-bar" role="status">
      <strong class={head.status < 400 ? 'try-ok' : 'try-bad'}>
        {statusLine(head.status, head.statusText)}
      </strong>
      <span>{timeInWords(view.elapsed)}</span>
      <span>{sizeInWords(received.bytes)}</span>
      {isComing && <span>receiving</span>}
      {view.isKept ? <span>kept from {timeOfDay(view.cameAt)}</span> : <Verdict view={view} />}
    </div>
  )
}

function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
}

function Verdict({ view: { check, complaint } }: { view: ShownAnswerView }) {
  if (!check || complaint) return null
  const { notes, findings, unchecked } = check
  const count = notes.length + (findings ? findings.differences.length + findings.more : 0)
  if (count > 0) {
    return (
      <span class="try-warn">
        {count} {count === 1 ? 'difference' : 'differences'}
      </span>
    )
  }
  return unchecked ? null : <span>as documented</span>
}
