import type { ShownAnswerView } from './answer-view.ts'
import { readProblem } from './problem.ts'

/** A problem document in words, with the way to the page about its code. */
export function Problem({ view }: { view: ShownAnswerView }) {
  const problem =
    view.text && view.body ? readProblem(view.mediaType, view.text, __BASE__) : undefined
  if (!problem) return null
  const retry = view.head.headers.find(([name]) => name === 'retry-after')?.[1]
  return (
    <div class="try-problem">
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
      {problem.detail && <p>{problem.detail}</p>}
      {retry && /^\d+$/.test(retry) && <p>Try again in {retry} s.</p>}
    </div>
  )
}
