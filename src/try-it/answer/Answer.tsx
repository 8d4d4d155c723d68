import { useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { PanelModel } from '../panel-model.ts'
import type { AnswerView } from './answer-view.ts'

/** What came back: the status first, then the rest. How it is shown is loaded with the first call. */
export function Answer({ model }: { model: PanelModel }) {
  const region = useRef<HTMLElement>(null)
  const shown = useSignal<typeof import('./ShownAnswer.tsx') | undefined>(undefined)
  const isStuck = useSignal(false)
  const { view: current } = model.answer
  useSignalEffect(() => {
    if (model.phase.value !== 'sending' && current.value === undefined) return
    import('./ShownAnswer.tsx').then(
      (loaded) => {
        shown.value = loaded
      },
      () => {
        isStuck.value = true
      },
    )
  })
  const seen = useRef<unknown>(undefined)
  useSignalEffect(() => {
    const view = current.value
    const which = view?.kind === 'answer' ? view.head : view
    // The answer lies under the form, and may lie under the window's edge.
    if (which && shown.value && seen.current !== which) {
      seen.current = which
      region.current?.scrollIntoView({ block: 'nearest' })
    }
  })
  const view = current.value
  const parts = shown.value
  const isSending = model.phase.value === 'sending'
  return (
    <section class="try-answer" aria-label="Response" aria-busy={isSending} ref={region}>
      {view && parts ? (
        <parts.ShownAnswer view={view} model={model} />
      ) : (
        <p class="try-status try-quiet" role="status">
          {isSending
            ? 'Waiting for the answer.'
            : view
              ? inShort(view, isStuck.value)
              : 'Nothing sent yet.'}
        </p>
      )}
    </section>
  )
}

/** For as long as the rest is not there; without a network it may never come. */
function inShort(view: AnswerView, isStuck: boolean): string {
  const said = view.kind === 'failure' ? view.failure.message : `${view.head.status}`
  return isStuck ? `${said} How to show more could not be loaded.` : said
}
