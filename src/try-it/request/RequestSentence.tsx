import { useComputed } from '@preact/signals'
import type { PanelModel } from '../panel-model.ts'
import { addressPieces } from './address-pieces.ts'

/** Method and address as they go on the wire, what was typed set off from what is fixed. */
export function RequestSentence({ model }: { model: PanelModel }) {
  const { operation, form } = model
  const pieces = useComputed(() =>
    addressPieces(operation, form.fields, model.environment.value.api),
  )
  return (
    <p class="try-sentence">
      <span class={`method ${operation.method.toLowerCase()}`}>{operation.method}</span>{' '}
      <span>
        {pieces.value.map(({ text, field, isOpen }, index) =>
          field === undefined ? (
            text.replace(/^https?:\/\//, '')
          ) : (
            <span key={index} class={isOpen ? 'try-slot try-slot-open' : 'try-slot'}>
              {text}
            </span>
          ),
        )}
      </span>
    </p>
  )
}
