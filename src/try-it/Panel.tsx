import { Answer } from './answer/Answer.tsx'
import { Past } from './history/Past.tsx'
import type { PanelModel } from './panel-model.ts'
import { RequestForm } from './request/RequestForm.tsx'
import { SessionBar } from './session/SessionBar.tsx'

/** The whole panel: who is signed in, the request as a sentence, the form, the answer. */
export function Panel({ model, onClose }: { model: PanelModel; onClose(): void }) {
  const { sending, phase } = model
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void sending.send()
    } else if (event.key === 'Escape' && /^(asking|sending)$/.test(phase.value)) {
      // Where the panel is a sheet, Escape would close it too.
      event.preventDefault()
      event.stopPropagation()
      sending.dismiss()
      sending.cancel()
    }
  }
  return (
    <section class="try-panel" aria-label="Try it" tabIndex={-1} onKeyDown={onKeyDown}>
      <div class="try-surface">
        <SessionBar model={model} onClose={onClose} />
        <RequestForm model={model} />
      </div>
      <Answer model={model} />
      <Past model={model} />
    </section>
  )
}
