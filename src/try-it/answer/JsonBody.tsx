import { useSignal } from '@preact/signals'
import type { ShownAnswerView } from './answer-view.ts'
import { CopyButton, CopyRow } from './CopyButton.tsx'
import { JsonView } from './JsonView.tsx'
import { TextView } from './TextView.tsx'

/** Characters up to which the page itself reads a text; longer ones are read by the checker first. */
const smallEnough = 300_000

/** JSON as a tree, or as the text that came. */
export function JsonBody({ view, text }: { view: ShownAnswerView; text: string }) {
  const isRaw = useSignal(false)
  const { complaint, received } = view
  const isComplete = received.done
  const known = text.length <= smallEnough || view.isKept ? complaintOf(text) : complaint
  if (known === undefined && isComplete && !view.check) {
    return <p class="try-quiet">Reading …</p>
  }
  if (known !== '' || !isComplete) {
    return (
      <>
        {known && isComplete && (
          <p class="try-quiet try-bad">The answer says it is JSON, but it is not: {known}</p>
        )}
        <CopyRow text={text} />
        <TextView text={text} />
      </>
    )
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons, not a group of fields */}
      <div class="try-tools" role="group" aria-label="How the body is shown">
        <button
          type="button"
          aria-pressed={!isRaw.value}
          onClick={() => {
            isRaw.value = false
          }}
        >
          Tree
        </button>
        <button
          type="button"
          aria-pressed={isRaw.value}
          onClick={() => {
            isRaw.value = true
          }}
        >
          Raw
        </button>
        <CopyButton text={text} />
      </div>
      {isRaw.value ? (
        <TextView text={text} />
      ) : (
        <JsonView text={text} differences={view.check?.findings?.differences ?? []} />
      )}
    </>
  )
}

const judged = { text: '', complaint: '' }

/** What is wrong with a text as JSON; empty where nothing is. The last judgement is remembered. */
function complaintOf(text: string): string {
  if (judged.text === text) return judged.complaint
  let complaint = ''
  try {
    JSON.parse(text)
  } catch (cause) {
    complaint = cause instanceof Error ? cause.message : String(cause)
  }
  judged.text = text
  judged.complaint = complaint
  return complaint
}
