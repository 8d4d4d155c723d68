import { looksLikeApiKey } from '../../request/index.ts'
import type { PanelModel } from '../panel-model.ts'

type Typed = HTMLInputElement | HTMLTextAreaElement

/**
 * Listeners that keep API keys out of every field below them: what is pasted or dropped is stopped
 * before it gets in, what is typed is wiped as soon as it can be recognised.
 */
export function guardAgainstKeys(model: PanelModel) {
  return {
    onPasteCapture: (event: ClipboardEvent) => stop(model, event, event.clipboardData),
    onDropCapture: (event: DragEvent) => stop(model, event, event.dataTransfer),
    onInputCapture: (event: Event) => {
      const field = typedField(event.target)
      if (!field || !looksLikeApiKey(field.value)) return
      event.stopPropagation()
      wipe(field)
      model.request.refuseKey()
    },
  }
}

function stop(model: PanelModel, event: Event, data: DataTransfer | null): void {
  if (!looksLikeApiKey(data?.getData('text/plain') ?? '')) return
  event.preventDefault()
  event.stopPropagation()
  const field = typedField(event.target)
  if (field) wipe(field)
  model.request.refuseKey()
}

function typedField(target: EventTarget | null): Typed | undefined {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? target
    : undefined
}

/** Empties a field, and lets whoever follows it know. */
function wipe(field: Typed): void {
  field.value = ''
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
