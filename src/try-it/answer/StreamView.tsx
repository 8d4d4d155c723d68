import type { ShownAnswerView } from './answer-view.ts'
import { mostRows } from './stream-rows.ts'
import { timeInWords } from './words.ts'

/** Rows drawn at once: the newest. */
const drawn = 200
/** Characters of a row that are drawn. */
const longRow = 2_000

/** A stream as it comes, its newest part first. */
export function StreamView({
  stream,
  isOver,
}: {
  stream: NonNullable<ShownAnswerView['stream']>
  isOver: boolean
}) {
  const { rows, count, rate } = stream
  return (
    <div class="try-stream">
      <p class="try-quiet">
        {count.toLocaleString('en')} came
        {!isOver && `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`}. The newest is
        on top.
        {count > drawn && ` The last ${Math.min(drawn, rows.length)} are shown,`}
        {count > drawn && ` the last ${Math.min(mostRows, rows.length)} kept.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <ol class="try-rows" tabIndex={0} reversed>
        {rows
          .slice(-drawn)
          .reverse()
          .map(({ number, at, label, text }) => (
            <li key={number} value={number}>
              <span class="try-row-facts">
                {number} · {timeInWords(at)}
                {label && <b> {label}</b>}
              </span>
              <code>{text.length > longRow ? `${text.slice(0, longRow)}…` : text}</code>
            </li>
          ))}
      </ol>
    </div>
  )
}
