import type { ShownAnswerView } from './answer-view.ts'
import { inWords } from './check/json-pointer.ts'
import { PlaceLink } from './PlaceLink.tsx'

/** Differences that are listed at once; each is marked in the tree as well. */
const mostListed = 8

/** In what an answer is not as documented, each with the way to its place in the reference. */
export function Differences({ view: { check, complaint } }: { view: ShownAnswerView }) {
  if (!check || complaint) return null
  const { notes, findings, unchecked } = check
  const differences = findings?.differences ?? []
  if (notes.length + differences.length === 0) {
    return unchecked ? <p class="try-note-line">{unchecked}</p> : null
  }
  const more = (findings?.more ?? 0) + Math.max(0, differences.length - mostListed)
  return (
    <div class="try-differences">
      <p>Not as documented:</p>
      <ul>
        {notes.map(({ text, anchor }) => (
          <li key={text}>
            {text} {anchor && <PlaceLink anchor={anchor}>Documented answers</PlaceLink>}
          </li>
        ))}
        {differences.slice(0, mostListed).map(({ pointer, text, anchor }) => (
          <li key={pointer + text}>
            <code>{inWords(pointer) || 'the body'}</code> {text}.{' '}
            {anchor && <PlaceLink anchor={anchor}>Reference</PlaceLink>}
          </li>
        ))}
        {more > 0 && <li>And {more.toLocaleString('en')} more.</li>}
      </ul>
      {unchecked && <p>{unchecked}</p>}
    </div>
  )
}
