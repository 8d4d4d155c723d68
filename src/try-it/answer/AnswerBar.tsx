import type { PanelModel } from '../panel-model.ts'
import type { ShownAnswerView } from './answer-view.ts'
import { countInWords, sizeInWords, statusLine, timeInWords } from './words.ts'

/** The answer in one line: status, time, size, and whether it is as documented. */
export function AnswerBar({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { head, received, rate } = view
  const isComing = !received.done && !received.paused && !received.failure
  const status = statusLine(head.status, head.statusText)
  const time = timeInWords(view.elapsed)
  const size = sizeInWords(received.bytes)
  const differences = differencesOf(view)
  const said = verdict(view, differences)
  return (
    <div class="try-bar">
      <strong class={head.status < 400 ? 'try-ok' : 'try-bad'}>{status}</strong>
      <span>{time}</span>
      <span>{size}</span>
      {isComing && rate !== undefined && <span>{sizeInWords(Math.round(rate))}/s</span>}
      {said && <span class={differences ? 'try-warn' : undefined}>{said}</span>}
      {isComing && (
        <button type="button" class="try-plain try-stop" onClick={() => model.sending.cancel()}>
          Stop
        </button>
      )}
      {/* Read aloud when it begins and when it is over, not with every piece. */}
      <span class="sr-only" role="status">
        {isComing ? `${status}, receiving` : [status, time, size, said].filter(Boolean).join(', ')}
      </span>
    </div>
  )
}

function verdict({ isKept, cameAt }: ShownAnswerView, differences: number | undefined): string {
  if (isKept) return `kept from ${timeOfDay(cameAt)}`
  if (differences === undefined) return ''
  return differences === 0 ? 'as documented' : countInWords(differences, 'difference')
}

function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
}

/** @returns Nothing where that is not known. */
function differencesOf({ check, complaint, isKept }: ShownAnswerView): number | undefined {
  if (!check || complaint || isKept) return undefined
  const { notes, findings, unchecked } = check
  const count = notes.length + (findings ? findings.differences.length + findings.more : 0)
  return count === 0 && unchecked ? undefined : count
}
