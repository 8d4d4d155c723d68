import { useSignal, useSignalEffect } from '@preact/signals'
import type { PanelModel } from '../panel-model.ts'
import { CopyLink } from '../share/CopyLink.tsx'

/** What this tab has called, and a link to what is typed. The list itself is loaded when opened. */
export function HistoryBar({ model }: { model: PanelModel }) {
  const { calls } = model.history
  const isOpen = useSignal(false)
  const parts = useSignal<typeof import('./History.tsx') | undefined>(undefined)
  const isMissing = useSignal(false)
  useSignalEffect(() => {
    if (!isOpen.value || parts.peek()) return
    isMissing.value = false
    import('./History.tsx').then(
      (loaded) => {
        parts.value = loaded
      },
      () => {
        isMissing.value = true
      },
    )
  })
  const count = calls.value.length
  const List = parts.value?.History
  return (
    <div class="try-past">
      <CopyLink model={model} />
      {count > 0 && (
        <details
          onToggle={({ currentTarget }) => {
            isOpen.value = currentTarget.open
          }}
        >
          <summary>
            {count} {count === 1 ? 'call' : 'calls'} in this tab
          </summary>
          {List && isOpen.value && <List model={model} />}
          {isMissing.value && (
            <p class="try-note" role="alert">
              The list could not be loaded. Close it and open it again.
            </p>
          )}
        </details>
      )}
    </div>
  )
}
