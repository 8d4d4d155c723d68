import { useEffect, useId, useState } from 'preact/hooks'
import { charsetOf } from './body-kind.ts'
import { sizeInWords } from './words.ts'

/** Bytes in view at once. */
const span = 100_000

/** A text that is too long to be held: a window on its bytes. */
export function TextWindow({ blob, contentType }: { blob: Blob; contentType: string | undefined }) {
  const id = useId()
  const [from, setFrom] = useState(0)
  const [text, setText] = useState('')
  const last = Math.max(0, Math.floor((blob.size - 1) / span) * span)
  useEffect(() => {
    let isWanted = true
    void readWindow(blob, from, charsetOf(contentType)).then((read) => {
      if (isWanted) setText(read)
    })
    return () => {
      isWanted = false
    }
  }, [blob, from, contentType])
  return (
    <>
      <p class="try-quiet" id={id}>
        Too large for a tree: {sizeInWords(from)} to {sizeInWords(Math.min(blob.size, from + span))}{' '}
        of {sizeInWords(blob.size)}, as it came.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre class="try-text" tabIndex={0} aria-describedby={id}>
        {text}
      </pre>
      <div class="try-window">
        <button type="button" class="try-plain" disabled={from === 0} onClick={() => setFrom(0)}>
          Start
        </button>
        <button
          type="button"
          class="try-plain"
          disabled={from === 0}
          onClick={() => setFrom(Math.max(0, from - span))}
        >
          Back
        </button>
        <input
          type="range"
          aria-label="Place in the body"
          min={0}
          max={last}
          step={span}
          value={from}
          onInput={({ currentTarget }) => setFrom(Number(currentTarget.value))}
        />
        <button
          type="button"
          class="try-plain"
          disabled={from >= last}
          onClick={() => setFrom(Math.min(last, from + span))}
        >
          On
        </button>
        <button
          type="button"
          class="try-plain"
          disabled={from >= last}
          onClick={() => setFrom(last)}
        >
          End
        </button>
      </div>
    </>
  )
}

/** Text of some bytes, without the halves of characters at its ends. */
async function readWindow(blob: Blob, from: number, charset: string): Promise<string> {
  const bytes = new Uint8Array(await blob.slice(from, from + span).arrayBuffer())
  let start = 0
  if (charset === 'utf-8' && from > 0) {
    while (start < 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1
  }
  return new TextDecoder(charset).decode(bytes.subarray(start), { stream: true })
}
