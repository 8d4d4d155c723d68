import { useEffect, useId, useRef } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'

/** Send and Cancel, or the question before a call that destroys or spends. */
export function Actions({ model }: { model: PanelModel }) {
  return model.phase.value === 'asking' ? <Confirmation model={model} /> : <Buttons model={model} />
}

function Buttons({ model }: { model: PanelModel }) {
  const isSending = model.phase.value === 'sending'
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const error = model.tried.value && 'error' in model.built.value && model.built.value.error
  return (
    <div class="try-actions">
      <button
        type="submit"
        class="try-send"
        disabled={isSending || model.phase.value === 'leaving'}
      >
        Send
      </button>
      {isSending ? (
        <button type="button" class="try-plain" onClick={() => model.sending.cancel()}>
          Cancel
        </button>
      ) : (
        <span class="try-keys" aria-hidden="true">
          <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> <kbd>↵</kbd>
        </span>
      )}
      {isSending && (
        <span class="try-soft">{(model.sending.waiting.value / 1000).toFixed(1)} s</span>
      )}
      {model.session.current.value && (
        <button
          type="button"
          class="try-out"
          disabled={model.phase.value !== 'idle'}
          onClick={() => void model.signOut()}
        >
          Sign out
        </button>
      )}
      <span class="try-error" role="alert">
        {error ? error.message : ''}
      </span>
    </div>
  )
}

function Confirmation({ model }: { model: PanelModel }) {
  const id = useId()
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => yes.current?.focus(), [])
  const { summary } = model.operation
  const what = summary ? summary.charAt(0).toLowerCase() + summary.slice(1) : 'do it'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question, not a group of fields
    <div class="try-confirm" role="group" aria-labelledby={id}>
      <p id={id} role="alert">
        {model.sending.confirmation} Go ahead?
      </p>
      <div class="try-actions">
        <button
          type="button"
          class="try-send try-danger"
          ref={yes}
          onClick={() => void model.sending.send(true)}
        >
          Yes, {what}
        </button>
        <button type="button" class="try-plain" onClick={() => model.sending.dismiss()}>
          No, go back
        </button>
      </div>
    </div>
  )
}
