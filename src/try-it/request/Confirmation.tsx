import { useEffect, useId, useRef } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'

/** The question before a call that destroys or spends. */
export function Confirmation({ model }: { model: PanelModel }) {
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
