import { TextWindow } from './TextWindow.tsx'

/** Characters that are drawn at once. */
const drawable = 50_000

/** A text as it is, or a window on it where it is long. */
export function TextView({ text }: { text: string }) {
  if (text.length > drawable) return <TextWindow text={text} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <pre class="try-text" tabIndex={0}>
      {text}
    </pre>
  )
}
