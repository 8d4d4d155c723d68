import { useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'

/** The history of this tab and the link to a request, loaded once the panel is used. */
export function Past({ model }: { model: PanelModel }) {
  const place = useRef<HTMLDivElement>(null)
  const parts = useSignal<typeof import('./HistoryBar.tsx') | undefined>(undefined)
  const load = () => {
    import('./HistoryBar.tsx').then(
      (loaded) => {
        parts.value = loaded
      },
      () => {
        // Without it the panel still sends.
      },
    )
  }
  useSignalEffect(() => {
    if (model.history.calls.value.length > 0) load()
  })
  useEffect(() => {
    const panel = place.current?.closest('.try-panel')
    for (const use of ['pointerover', 'keydown', 'input']) {
      panel?.addEventListener(use, load, { once: true })
    }
  }, [])
  const Bar = parts.value?.HistoryBar
  return <div ref={place}>{Bar && <Bar model={model} />}</div>
}
