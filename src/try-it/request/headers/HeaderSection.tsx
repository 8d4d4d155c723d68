import { useSignal } from '@preact/signals'
import type { PanelModel } from '../../panel-model.ts'
import { Later } from '../Later.tsx'

/** Further headers, folded away until they are wanted. */
export function HeaderSection({ model }: { model: PanelModel }) {
  const wanted = useSignal(false)
  const { list, accept } = model.form.extra
  const isOpen = wanted.value || list.value.length > 0 || accept.value !== ''
  const accepts = model.operation.accepts ?? []
  return (
    <div class="try-field try-more">
      {isOpen ? (
        <Later
          load={async () => (await import('./HeaderEditor.tsx')).HeaderEditor}
          props={{ model }}
        />
      ) : (
        <button
          type="button"
          class="try-fold"
          aria-expanded="false"
          onClick={() => {
            wanted.value = true
          }}
        >
          {accepts.length > 1 ? 'Headers and Accept' : 'Headers'}
        </button>
      )}
    </div>
  )
}
