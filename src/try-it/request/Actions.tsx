import type { PanelModel } from '../panel-model.ts'
import { Later } from './Later.tsx'

/** Send and Cancel, or the question before a call that destroys or spends. */
export function Actions({ model }: { model: PanelModel }) {
  return model.phase.value === 'asking' ? (
    <Later load={async () => (await import('./Confirmation.tsx')).Confirmation} props={{ model }} />
  ) : (
    <Buttons model={model} />
  )
}

function Buttons({ model }: { model: PanelModel }) {
  const isSending = model.phase.value === 'sending'
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const [refusal] = model.tried.value ? model.request.refusals.value.values() : []
  const isAnyway = model.request.isAnyway.value
  return (
    <div class="try-actions">
      <button
        type="submit"
        class="try-send"
        disabled={isSending || model.phase.value === 'leaving'}
      >
        {isAnyway ? 'Send anyway' : 'Send'}
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
        {refusal ?? ''}
      </span>
    </div>
  )
}
