import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'
import { advice } from './advice.ts'
import type { ShownAnswerView } from './answer-view.ts'
import { inWords } from './check/json-pointer.ts'
import { headerOf } from './headers.ts'
import { type FieldProblem, readProblem } from './problem.ts'
import { retryAfter } from './retry-after.ts'

/** An error in words, with the way to the page about its code, and what to do next. */
export function Problem({ view, model }: { view: ShownAnswerView; model: PanelModel }) {
  const { head, text, mediaType, body, isKept } = view
  if (head.status < 400) return null
  const problem = text && body ? readProblem(mediaType, text, __BASE__) : undefined
  const names = 'request' in model.built.value ? model.built.value.request.headers : []
  const next = advice(head.status, headerOf(names, 'if-match') !== undefined)
  const wait = isKept ? undefined : retryAfter(headerOf(head.headers, 'retry-after'), view.cameAt)
  return (
    <div class="try-problem">
      {problem && (
        <p>
          <strong>{problem.title}</strong>{' '}
          {problem.code &&
            (problem.href ? (
              <a href={problem.href}>
                <code>{problem.code}</code>
              </a>
            ) : (
              <code>{problem.code}</code>
            ))}
        </p>
      )}
      {problem?.detail && <p>{problem.detail}</p>}
      {problem && problem.fields.length > 0 && (
        <ul>
          {problem.fields.map((field) => (
            <li key={placeOf(field) + field.detail}>
              {placeOf(field) && <code>{placeOf(field)}</code>} {field.detail}
            </li>
          ))}
        </ul>
      )}
      {/* The way on of a missing sign-in stands above, with its button. */}
      {next && !view.offer && <p class="try-next">{next}</p>}
      {wait !== undefined && <Countdown until={view.cameAt + wait * 1000} model={model} />}
    </div>
  )
}

function placeOf({ pointer, parameter }: FieldProblem): string {
  return parameter ?? (pointer === undefined ? '' : inWords(pointer))
}

/** Counts the seconds that the API asked to wait. */
function Countdown({ until, model }: { until: number; model: PanelModel }) {
  const left = useSignal(secondsTo(until))
  useEffect(() => {
    const timer = setInterval(() => {
      left.value = secondsTo(until)
      if (left.peek() === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [until, left])
  const isOver = left.value === 0
  return (
    <p class="try-countdown">
      <button
        type="button"
        class="try-plain"
        disabled={!isOver || model.phase.value !== 'idle'}
        onClick={() => void model.sending.send()}
      >
        Try again
      </button>{' '}
      <span role="timer">{isOver ? 'The wait is over.' : `in ${durationInWords(left.value)}`}</span>
    </p>
  )
}

function secondsTo(until: number): number {
  return Math.max(0, Math.ceil((until - Date.now()) / 1000))
}

function durationInWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`
}
