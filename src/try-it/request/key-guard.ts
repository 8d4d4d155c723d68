import { looksLikeApiKey } from '../../request/index.ts'
import type { PanelModel } from '../panel-model.ts'

type Typed = HTMLInputElement | HTMLTextAreaElement

/**
 * Listeners that keep API keys out of every field below them, those inside a shadow root included:
 * what is pasted or dropped is stopped before it gets in, what is typed is wiped as soon as it can
 * be recognised. The JSON editor, which is no field, watches what is typed into it by itself.
 */
export function guardAgainstKeys(model: PanelModel) {
  return {
    onPasteCapture: (event: ClipboardEvent) => stop(model, event, event.clipboardData),
    onDropCapture: (event: DragEvent) => stop(model, event, event.dataTransfer),
    onInputCapture: (event: Event) => {
      const field = typedField(event)
      if (!field || !looksLikeApiKey(field.value)) return
      event.stopPropagation()
      wipe(field)
      model.request.refuseKey()
    },
  }
}

function stop(model: PanelModel, event: Event, data: DataTransfer | null): void {
  const texts = ['text/plain', 'text/html', 'text/uri-list'].map((type) => data?.getData(type))
  if (!texts.some((text) => text && looksLikeApiKey(text))) return
  event.preventDefault()
  event.stopPropagation()
  const field = typedField(event)
  if (field) wipe(field)
  model.request.refuseKey()
}

/** The field itself, wherever it lies: of a shadow root, `target` names but the host. */
function typedField(event: Event): Typed | undefined {
  const [target] = event.composedPath()
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? target
    : undefined
}

/** Empties a field, and lets whoever follows it know. */
function wipe(field: Typed): void {
  field.value = ''
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
