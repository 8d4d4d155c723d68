import { useSignal } from '@preact/signals'

/** Characters shown at first, and more with each click. */
const step = 100_000

/** A text as it is, a window of it where it is long. */
export function TextView({ text }: { text: string }) {
  const shown = useSignal(step)
  const rest = text.length - shown.value
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre class="try-text" tabIndex={0}>
        {rest > 0 ? text.slice(0, shown.value) : text}
      </pre>
      {rest > 0 && (
        <p class="try-quiet">
          {rest.toLocaleString('en')} more characters.{' '}
          <button
            type="button"
            class="try-plain"
            onClick={() => {
              shown.value += step
            }}
          >
            Show more
          </button>
        </p>
      )}
    </>
  )
}
