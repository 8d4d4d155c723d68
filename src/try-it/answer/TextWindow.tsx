import { useEffect, useId, useMemo, useState } from 'preact/hooks'
import { charsetOf } from './body-kind.ts'
import { readText } from './read-text.ts'
import { sizeInWords } from './words.ts'

/** Bytes or characters in view at once: browsers take long to lay out a long line. */
const span = 20_000

/** A text that is too long to be held: a window on its bytes. */
export function BytesWindow({
  blob,
  contentType,
}: {
  blob: Blob
  contentType: string | undefined
}) {
  const read = useMemo(() => {
    const charset = charsetOf(contentType)
    return (from: number) => readText(blob, from, span, charset)
  }, [blob, contentType])
  return (
    <Window
      size={blob.size}
      read={read}
      say={(from, to) =>
        `Too large for a tree: ${sizeInWords(from)} to ${sizeInWords(to)} of ${sizeInWords(blob.size)}, as it came.`
      }
    />
  )
}

/** A text that is too long to be drawn. */
export function TextWindow({ text }: { text: string }) {
  const read = useMemo(() => async (from: number) => text.slice(from, from + span), [text])
  return (
    <Window
      size={text.length}
      read={read}
      say={(from, to) =>
        `Characters ${(from + 1).toLocaleString('en')} to ${to.toLocaleString('en')} of ${text.length.toLocaleString('en')}.`
      }
    />
  )
}

interface WindowProps {
  size: number
  read(from: number): Promise<string>
  say(from: number, to: number): string
}

function Window({ size, read, say }: WindowProps) {
  const id = useId()
  const [from, setFrom] = useState(0)
  const [text, setText] = useState('')
  const last = Math.max(0, Math.floor((size - 1) / span) * span)
  useEffect(() => setFrom(0), [read])
  useEffect(() => {
    let isWanted = true
    void read(from).then((part) => {
      if (isWanted) setText(part)
    })
    return () => {
      isWanted = false
    }
  }, [read, from])
  return (
    <>
      <p class="try-quiet" id={id}>
        {say(from, Math.min(size, from + span))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre class="try-text" tabIndex={0} aria-describedby={id}>
        {text}
      </pre>
      <div class="try-window">
        <input
          type="range"
          aria-label="Place in the body"
          aria-describedby={id}
          min={0}
          max={last}
          step={span}
          value={from}
          onInput={({ currentTarget }) => setFrom(Number(currentTarget.value))}
        />
        <Step to={0} at={from} go={setFrom}>
          Start
        </Step>
        <Step to={Math.max(0, from - span)} at={from} go={setFrom}>
          Back
        </Step>
        <Step to={Math.min(last, from + span)} at={from} go={setFrom}>
          On
        </Step>
        <Step to={last} at={from} go={setFrom}>
          End
        </Step>
      </div>
    </>
  )
}

interface StepProps {
  to: number
  at: number
  go(to: number): void
  children: string
}

function Step({ to, at, go, children }: StepProps) {
  return (
    <button type="button" class="try-plain" disabled={to === at} onClick={() => go(to)}>
      {children}
    </button>
  )
}
