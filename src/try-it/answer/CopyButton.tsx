import { useSignal } from '@preact/signals'

/** Copies a text as it came, and says so. */
export function CopyButton({ text, what = 'the body' }: { text: string; what?: string }) {
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
        aria-label={`Copy ${what}`}
        onClick={() => void copy()}
      >
        Copy
      </button>
    </span>
  )
}

export function CopyRow({ text, what }: { text: string; what?: string }) {
  return (
    <div class="try-tools">
      <CopyButton text={text} {...(what && { what })} />
    </div>
  )
}
