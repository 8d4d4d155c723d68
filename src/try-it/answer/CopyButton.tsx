import { useSignal } from '@preact/signals'

/** Copies a text as it came, and says so. */
export function CopyButton({ text }: { text: string }) {
  const state = useSignal<'idle' | 'copied' | 'refused'>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      state.value = 'copied'
    } catch {
      state.value = 'refused'
    }
    setTimeout(() => {
      state.value = 'idle'
    }, 2000)
  }
  return (
    <span class="try-copy">
      <span role="status">
        {state.value === 'copied' ? 'Copied' : state.value === 'refused' ? 'Not allowed' : ''}
      </span>
      <button
        type="button"
        class="try-plain"
        aria-label="Copy the body"
        onClick={() => void copy()}
      >
        Copy
      </button>
    </span>
  )
}

export function CopyRow({ text }: { text: string }) {
  return (
    <div class="try-tools">
      <CopyButton text={text} />
    </div>
  )
}
