import type { ShownAnswerView } from './answer-view.ts'
import { countInWords, protocolInWords, sizeInWords, timeInWords } from './words.ts'

/** Headers, and what was measured. */
export function AnswerDetails({ view }: { view: ShownAnswerView }) {
  const { head, elapsed, measured, received, hidden = [] } = view
  const isOver = received.done || received.failure !== undefined
  return (
    <details class="try-headers">
      <summary>
        {countInWords(head.headers.length, 'header')}
        {measured && ` · ${protocolInWords(measured.protocol)}`}
      </summary>
      <dl>
        <div class="try-measure">
          <dt>Time</dt>
          <dd>
            {timeInWords(head.elapsed)} to the headers
            {isOver && `, ${timeInWords(elapsed)} in all`}
          </dd>
        </div>
        <div class="try-measure">
          <dt>Size</dt>
          <dd>
            {measured
              ? `${sizeInWords(measured.encoded)} on the wire, ${sizeInWords(measured.decoded)} decoded`
              : `${sizeInWords(received.bytes)} decoded`}
            {isOver && !measured && !view.isKept && (
              <span class="try-quiet-inline">
                {' '}
                (on the wire: the API does not let this page measure it)
              </span>
            )}
          </dd>
        </div>
        {head.headers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        Only what the API shows to browsers (<code>Access-Control-Expose-Headers</code>).
        {hidden.length > 0 &&
          ` Documented but not seen here: ${hidden.join(', ')}. Either they were not sent or they are hidden.`}{' '}
        The curl sees all of them.
      </p>
    </details>
  )
}
